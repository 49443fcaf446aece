import {reactive} from "@odoo/owl";

// Milliseconds until the next attempt after the first, second, ... failure; the last goes on.
export const PAUSES = [3000, 6000, 15000, 30000, 60000];

/**
 * Sends evidence one file after the other, until the server has confirmed each.
 *
 * States of an item: `waiting` (on this device), `sending`, `done` (the server has it), `refused` (the server said no,
 * `reason` says why). Each carries a key of its own from the start: sent twice after a lost answer, it is one record.
 */
export class UploadQueue {
    /**
     * @param {Object} parts
     * @param {UploadStore} parts.store
     * @param {(item: Object) => Promise} parts.send rejects with `lost: true` where the connection failed
     * @param {string} parts.owner whose items these are
     * @param {(todo: () => void, pause: number) => any} [parts.later]
     */
    constructor({
        store,
        send,
        owner,
        later = (todo, pause) => setTimeout(todo, pause),
    }) {
        Object.assign(this, {
            store,
            send,
            owner,
            later,
            failures: 0,
            running: false,
            armed: false,
        });
        this.items = reactive([]);
        this.listeners = new Set();
    }

    /** Take up what an earlier page left. */
    async resume() {
        for (const item of await this.store.of(this.owner)) {
            this.items.push({...ofTask(item), state: "waiting"});
        }
        return this.run();
    }

    /**
     * @param {Object} piece
     * @param {string} piece.page the record it was chosen at, "model,id"
     * @param {string} piece.model what keeps it
     * @param {Object} piece.target what it is told of its owner, by argument of `upload`
     */
    async add({page, model, target, name, blob, takenOn}) {
        const item = {
            key: newKey(),
            owner: this.owner,
            addedAt: Date.now() + this.items.length / 1000,
            page,
            model,
            target,
            name,
            blob,
            takenOn,
        };
        await this.store.put(item);
        this.items.push({...item, state: "waiting"});
        this.run();
        return item.key;
    }

    /** Send what waits. The one entry: called after adding, by the timer, and when the connection is back. */
    async run() {
        if (this.running) {
            return;
        }
        this.running = true;
        try {
            for (
                let item;
                (item = this.items.find(({state}) => state === "waiting"));

            ) {
                if (!(await this.attempt(item))) {
                    break;
                }
            }
        } finally {
            this.running = false;
        }
    }

    /** @returns {Promise<boolean>} whether the connection holds, so that the next may follow */
    async attempt(item) {
        item.state = "sending";
        item.reason = "";
        try {
            await this.send(item);
        } catch (error) {
            if (error.lost) {
                item.state = "waiting";
                this.tryAgainLater();
                return false;
            }
            item.state = "refused";
            item.reason = error.message;
            return true;
        }
        this.failures = 0;
        item.state = "done";
        await this.store.delete(item.key);
        this.listeners.forEach((listener) => listener(item));
        return true;
    }

    tryAgainLater() {
        if (this.armed) {
            return;
        }
        this.armed = true;
        const pause = PAUSES[Math.min(this.failures++, PAUSES.length - 1)];
        this.later(() => {
            this.armed = false;
            this.run();
        }, pause);
    }

    retry(item) {
        item.state = "waiting";
        return this.run();
    }

    async remove(item) {
        await this.store.delete(item.key);
        // By its key: whoever shows the items holds another proxy of the same item.
        const at = this.items.findIndex(({key}) => key === item.key);
        if (at >= 0) {
            this.items.splice(at, 1);
        }
    }

    /** Drop from sight what has arrived: it stands among the evidence now. */
    forgetDone(page) {
        for (let at = this.items.length - 1; at >= 0; at--) {
            if (this.items[at].state === "done" && this.items[at].page === page) {
                this.items.splice(at, 1);
            }
        }
    }
}

/** What an earlier release left on this device belonged to a task, and said no more. */
function ofTask({taskId, ...item}) {
    return taskId
        ? {
              page: `bphs.rectification,${taskId}`,
              model: "bphs.rectification.evidence",
              target: {rectification_id: taskId},
              ...item,
          }
        : item;
}

/** A key no other device draws; `crypto.randomUUID` exists only over https, which a pilot's first server may lack. */
export function newKey() {
    return [...crypto.getRandomValues(new Uint8Array(16))]
        .map((byte) => byte.toString(16).padStart(2, "0"))
        .join("");
}
