const DATABASE = "bphs_rectification";
const TABLE = "evidence";

function asPromise(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

/**
 * Evidence that waits on this device until the server has it: a page closed, a phone that ran empty, loses nothing.
 *
 * Where the browser keeps nothing (private windows), the page itself is the store, and `lasting` is false.
 */
export class UploadStore {
    constructor() {
        this.memory = new Map();
        this.lasting = true;
    }

    async open() {
        try {
            const request = indexedDB.open(DATABASE, 1);
            request.onupgradeneeded = () =>
                request.result.createObjectStore(TABLE, {keyPath: "key"});
            this.database = await asPromise(request);
        } catch {
            this.lasting = false;
        }
        return this;
    }

    async put(item) {
        if (this.lasting) {
            try {
                await asPromise(this.table("readwrite").put(item));
                return;
            } catch {
                this.lasting = false; // full, or taken away meanwhile
            }
        }
        this.memory.set(item.key, item);
    }

    async delete(key) {
        this.memory.delete(key);
        if (this.database) {
            await asPromise(this.table("readwrite").delete(key));
        }
    }

    /** All that waits of one person, oldest first. Another who signs in on this device never sends it as their own. */
    async of(owner) {
        const kept = this.database
            ? await asPromise(this.table("readonly").getAll())
            : [];
        return [...kept, ...this.memory.values()]
            .filter((item) => item.owner === owner)
            .sort((one, other) => one.addedAt - other.addedAt);
    }

    table(mode) {
        return this.database.transaction(TABLE, mode).objectStore(TABLE);
    }
}
