import {browser} from "@web/core/browser/browser";
import {ConnectionAbortedError, ConnectionLostError, rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {session} from "@web/session";
import {base64Of} from "./photo";
import {UploadQueue} from "./upload_queue";
import {UploadStore} from "./upload_store";

// A request that got stuck between two radio cells would hold up the queue for ever.
const LONGEST_WAIT = 90000;
const ROUTE = "/web/dataset/call_kw";
// The person must sign in again; what waits then goes by itself.
const SIGNED_OUT = "odoo.http.SessionExpiredException";
// What the server takes for a photo.
const PHOTOS = new Set(["image/jpeg", "image/png", "image/webp"]);

async function send({model, target, key, name, blob, takenOn}) {
    const params = {
        model,
        method: "upload",
        args: [],
        kwargs: {
            ...target,
            upload_key: key,
            name,
            kind: PHOTOS.has(blob.type) ? "photo" : "file",
            attachment: await base64Of(blob),
            taken_on: takenOn,
            context: user.context, // or what is refused is said in English
        },
    };
    const sending = rpc(`${ROUTE}/${model}/upload`, params, {silent: true});
    const clock = browser.setTimeout(() => sending.abort(), LONGEST_WAIT);
    try {
        return await sending;
    } catch (error) {
        const lost =
            error instanceof ConnectionLostError ||
            error instanceof ConnectionAbortedError ||
            error.exceptionName === SIGNED_OUT;
        throw {lost, message: error.data?.message || error.message};
    } finally {
        browser.clearTimeout(clock);
    }
}

export const evidenceQueueService = {
    start() {
        const queue = new UploadQueue({
            store: new UploadStore(),
            send,
            owner: `${session.db}/${user.userId}`,
        });
        // Not awaited: no page waits for this.
        queue.store.open().then(() => queue.resume());
        browser.addEventListener("online", () => queue.run());
        return queue;
    },
};

registry.category("services").add("bphs_evidence_queue", evidenceQueueService);
