import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {useAutofocus} from "@web/core/utils/hooks";

// A reason has words: two different letters or characters, as the server asks.
const LETTER = /\p{L}/gu;

/** Asks why; the answer goes into the access log. */
export class ReasonDialog extends Component {
    static template = "bphs_resident.ReasonDialog";
    static components = {Dialog};
    static props = {close: Function, title: String, confirm: Function};

    setup() {
        this.state = useState({reason: "", busy: false});
        this.box = useAutofocus({refName: "reason"});
        this.common = [
            _t("Follow-up visit"),
            _t("At the resident's request"),
            _t("Checking the file"),
            _t("Complaint or petition"),
        ];
    }

    get ready() {
        const letters = new Set(this.state.reason.match(LETTER) || []);
        return letters.size >= 2 && !this.state.busy;
    }

    choose(reason) {
        this.state.reason = reason;
        this.box.el?.focus();
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing) {
            ev.preventDefault();
            this.confirm();
        }
    }

    async confirm() {
        if (!this.ready) {
            return;
        }
        this.state.busy = true;
        try {
            await this.props.confirm(this.state.reason.trim());
            this.props.close();
        } finally {
            this.state.busy = false;
        }
    }
}
