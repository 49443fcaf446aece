// A photo that proves a repaired shelf needs no more: a phone's 12 megapixels become some 300 KB.
export const LONGEST_SIDE = 1600;
export const QUALITY = 0.8;

/** The size a picture is sent in: its own where it fits, else scaled so that the longer side does. */
export function scaledSize(width, height, longest = LONGEST_SIDE) {
    const factor = Math.min(1, longest / Math.max(width, height));
    return {
        width: Math.max(1, Math.round(width * factor)),
        height: Math.max(1, Math.round(height * factor)),
    };
}

/**
 * The file to send for a chosen one: a photo as a JPEG of at most LONGEST_SIDE, upright; anything else, and a picture
 * this browser cannot read, as it is.
 *
 * @param {File} file
 * @returns {Promise<{name: string, blob: Blob}>}
 */
export async function prepared(file) {
    const untouched = {name: file.name, blob: file};
    if (!file.type.startsWith("image/")) {
        return untouched;
    }
    let picture;
    try {
        picture = await createImageBitmap(file, {imageOrientation: "from-image"});
    } catch {
        return untouched;
    }
    const {width, height} = scaledSize(picture.width, picture.height);
    const canvas = Object.assign(document.createElement("canvas"), {width, height});
    const pen = canvas.getContext("2d");
    pen.fillStyle = "white"; // JPEG has no transparency: it would turn black
    pen.fillRect(0, 0, width, height);
    pen.drawImage(picture, 0, 0, width, height);
    picture.close();
    const blob = await new Promise((resolve) =>
        canvas.toBlob(resolve, "image/jpeg", QUALITY)
    );
    // A small drawing may grow by turning JPEG.
    if (!blob || blob.size >= file.size) {
        return untouched;
    }
    return {name: file.name.replace(/\.[^.]*$/, "") + ".jpg", blob};
}

/** The content of a file in base64. */
export function base64Of(blob) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () =>
            resolve(reader.result.slice(reader.result.indexOf(",") + 1));
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(blob);
    });
}
