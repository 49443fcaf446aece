import {onWillUnmount, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {CharField, charField} from "@web/views/fields/char/char_field";
import {ReasonDialog} from "../reason/reason_dialog";

const SHOWN_FOR = 30; // seconds

/** A sealed number: its mask, typed over to correct it, and the whole of it for half a minute to whoever says why. */
export class SealedField extends CharField {
    static template = "bphs_resident.SealedField";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.whole = useState({text: ""});
        onWillUnmount(() => this.hide());
    }

    get canUnmask() {
        const {record, name} = this.props;
        return Boolean(
            record.resId && record.data[name] && record.data.may_unmask && !record.dirty
        );
    }

    get notice() {
        return _t("hidden in %s seconds", SHOWN_FOR);
    }

    unmask() {
        const {record, name} = this.props;
        this.dialog.add(ReasonDialog, {
            title: _t("Show the whole number"),
            confirm: async (reason) => {
                this.whole.text = await this.orm.call(
                    "bphs.resident",
                    "action_unmask",
                    [[record.resId], name, reason]
                );
                clearTimeout(this.timer);
                this.timer = setTimeout(() => this.hide(), SHOWN_FOR * 1000);
            },
        });
    }

    hide() {
        clearTimeout(this.timer);
        this.whole.text = "";
    }
}

registry.category("fields").add("bphs_sealed", {...charField, component: SealedField});
