import {Component, onWillDestroy, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {checkFileSize} from "@web/core/utils/files";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {prepared} from "./photo";

const {DateTime} = luxon;

// Whose evidence it is -> the model that keeps it, and what it is told of its owner. Other modules add theirs.
export const KEEPERS = {
    "bphs.rectification": (record) => ({
        model: "bphs.rectification.evidence",
        target: {rectification_id: record.resId},
    }),
    "bphs.problem": (record) => ({
        model: "bphs.problem.evidence",
        target: {problem_id: record.resId},
    }),
    "bphs.problem.line": (record) => ({
        model: "bphs.problem.evidence",
        target: {problem_id: record.data.problem_id.id, line_id: record.resId},
    }),
};

/** Evidence straight from the camera, or from a file; what waits, is under way or was refused stands below. */
export class EvidenceUpload extends Component {
    static template = "bphs_rectification.EvidenceUpload";
    static props = {...standardWidgetProps};

    setup() {
        this.queue = useService("bphs_evidence_queue");
        this.notification = useService("notification");
        this.items = useState(this.queue.items);
        this.state = useState({online: browser.navigator.onLine, preparing: 0});
        this.pictures = new Map();
        const online = () => (this.state.online = browser.navigator.onLine);
        const arrived = ({page}) => page === this.page && this.reload();
        browser.addEventListener("online", online);
        browser.addEventListener("offline", online);
        this.queue.listeners.add(arrived);
        onWillDestroy(() => {
            browser.removeEventListener("online", online);
            browser.removeEventListener("offline", online);
            this.queue.listeners.delete(arrived);
            this.queue.forgetDone(this.page);
            this.pictures.forEach((url) => URL.revokeObjectURL(url));
        });
    }

    /** Which record's page this is: what was chosen here is shown here. */
    get page() {
        const {resModel, resId} = this.props.record;
        return `${resModel},${resId}`;
    }

    get shown() {
        return this.items.filter((item) => item.page === this.page);
    }

    get waiting() {
        return this.shown.filter((item) => item.state === "waiting").length;
    }

    get lasting() {
        return this.queue.store.lasting;
    }

    stateOf(item) {
        return {
            waiting: {text: _t("Waiting to upload"), style: "text-bg-warning"},
            sending: {text: _t("Uploading ..."), style: "text-bg-info"},
            done: {text: _t("Uploaded"), style: "text-bg-success"},
            refused: {text: _t("Not accepted"), style: "text-bg-danger"},
        }[item.state];
    }

    pictureOf(item) {
        if (!item.blob.type.startsWith("image/")) {
            return "";
        }
        if (!this.pictures.has(item.key)) {
            this.pictures.set(item.key, URL.createObjectURL(item.blob));
        }
        return this.pictures.get(item.key);
    }

    sizeOf(item) {
        return `${Math.max(1, Math.round(item.blob.size / 1024))} KB`;
    }

    async onChosen(ev) {
        const files = [...ev.target.files];
        ev.target.value = ""; // the same photo may be chosen again after it was removed
        // A new problem is kept first, so that its photos have somewhere to go.
        const {record} = this.props;
        if (!record.resId && !(await record.save())) {
            return;
        }
        for (const file of files) {
            this.state.preparing++;
            try {
                const {name, blob} = await prepared(file);
                if (checkFileSize(blob.size, this.notification)) {
                    const takenOn = DateTime.fromMillis(
                        file.lastModified || Date.now()
                    ).toUTC();
                    await this.queue.add({
                        page: this.page,
                        ...KEEPERS[record.resModel](record),
                        name,
                        blob,
                        takenOn: takenOn.toFormat("yyyy-MM-dd HH:mm:ss"),
                    });
                }
            } finally {
                this.state.preparing--;
            }
        }
    }

    async reload() {
        // Words typed and not yet saved are worth more than a list that is up to date.
        if (!(await this.props.record.isDirty())) {
            await this.props.record.load();
        }
    }
}

registry
    .category("view_widgets")
    .add("bphs_evidence_upload", {component: EvidenceUpload});
