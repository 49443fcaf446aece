import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";

const MESSAGE = "bphs_base/waiting";
// Several changes of one moment are one question to the server, in milliseconds.
const TOGETHER = 300;

/**
 * How many things wait for the user. The server says when something changed; what then waits is asked anew.
 * `changes` grows with every such word, so that an open first page knows it is to load again.
 */
export const waitingService = {
    dependencies: ["bus_service", "orm"],
    start(env, {bus_service: bus, orm}) {
        let timer = null;
        const waiting = reactive({
            count: 0,
            changes: 0,
            async refresh() {
                waiting.count = await orm.silent.call("bphs.waiting", "count", []);
            },
            // The first page has counted them by itself.
            told(count) {
                waiting.count = count;
            },
        });
        bus.subscribe(MESSAGE, () => {
            clearTimeout(timer);
            timer = setTimeout(() => {
                waiting.changes += 1;
                waiting.refresh();
            }, TOGETHER);
        });
        bus.start();
        return waiting;
    },
};

registry.category("services").add("bphs_waiting", waitingService);
