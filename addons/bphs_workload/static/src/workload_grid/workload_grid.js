import {Component, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {localization} from "@web/core/l10n/localization";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {X2ManyField, x2ManyField} from "@web/views/fields/x2many/x2many_field";

const LONGEST = 9; // digits: what the database's integer holds with room to spare
// So many times the plan, and more than a handful: a finger that slipped, or a number meant for another line.
const UNLIKELY = 3;
const HANDFUL = 20;

/**
 * What was typed, as a whole number; blank is none. Nothing is guessed: 3.7 or -5 is no quantity, and no 37 or 5.
 *
 * @param {string} text full-width digits count as digits
 * @returns {number|null} null where it is no whole number from 0 on
 */
export function wholeNumber(text) {
    const typed = text.normalize("NFKC").trim();
    if (!typed) {
        return 0;
    }
    return /^[0-9]+$/.test(typed) && typed.length <= LONGEST ? Number(typed) : null;
}

/** One item of a statement on a narrow screen: its name, the plan, and the quantities the user may type. */
export class WorkloadGridLine extends Component {
    static template = "bphs_workload.WorkloadGridLine";
    static props = {line: Object, rights: Object};

    setup() {
        this.dialog = useService("dialog");
        this.state = useState({wrong: {}});
    }

    get data() {
        return this.props.line.data;
    }

    get wrong() {
        return Object.values(this.state.wrong).some(Boolean);
    }

    /** What stands in the box: a 0 somebody typed is shown, one nobody typed is not. */
    get reported() {
        return this.data.reported || (this.data.answered ? "0" : "");
    }

    get verified() {
        return this.data.reported - this.data.invalid - this.data.false_qty;
    }

    get overRefused() {
        return this.verified < 0;
    }

    get showsFindings() {
        return this.props.rights.check || this.data.invalid || this.data.false_qty;
    }

    onNumber(name, ev) {
        const value = wholeNumber(ev.target.value);
        this.state.wrong[name] = value === null ? ev.target.value : "";
        if (value === null) {
            return; // What was typed stays, beside a word on what is wrong with it.
        }
        const changes = {[name]: value};
        if (name === "reported") {
            changes.answered = Boolean(ev.target.value.trim());
            if (
                value > HANDFUL &&
                this.data.planned &&
                value > UNLIKELY * this.data.planned
            ) {
                this.askBack(value, changes, ev.target);
                return;
            }
        }
        this.keep(changes);
    }

    /** Far over the plan: the person says whether it is so before it counts. */
    askBack(value, changes, input) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Is this right?"),
            body: _t("%(item)s: planned %(planned)s, you entered %(value)s.", {
                item: this.data.item_id.display_name,
                planned: this.data.planned,
                value,
            }),
            confirmLabel: _t("It is right"),
            cancelLabel: _t("Enter it anew"),
            confirm: () => this.keep(changes),
            cancel: () => {
                input.value = this.reported;
                input.focus();
            },
        });
    }

    keep(changes) {
        if (
            Object.entries(changes).some(([name, value]) => this.data[name] !== value)
        ) {
            this.props.line.update(changes);
        }
    }

    onText(name, ev) {
        this.props.line.update({[name]: ev.target.value.trim()});
    }

    /** The keyboard's "next" key goes to the next quantity, as it does in a paper form. */
    onKeydown(ev) {
        if (ev.key !== "Enter") {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        const inputs = [
            ...ev.target.closest(".o_workload_grid").querySelectorAll("input"),
        ];
        const next = inputs[inputs.indexOf(ev.target) + 1];
        next ? next.focus() : ev.target.blur();
    }
}

/** The lines of a statement: an editable list on a wide screen, one touch-sized form on a narrow one. */
export class WorkloadGridField extends X2ManyField {
    static template = "bphs_workload.WorkloadGridField";
    static components = {...X2ManyField.components, WorkloadGridLine};

    setup() {
        super.setup();
        this.ui = useService("ui");
    }

    get lines() {
        return this.list.records;
    }

    get rights() {
        const {can_plan, can_report, can_check} = this.props.record.data;
        const open = !this.props.readonly && this.props.record.isInEdition;
        return {
            plan: open && can_plan,
            report: open && can_report,
            check: open && can_check,
        };
    }

    get filled() {
        return this.lines.filter(({data}) => data.reported > 0 || data.answered).length;
    }

    /** Names of the items nobody said anything of: they would count as none. */
    get empty() {
        return this.lines
            .filter(({data}) => !data.reported && !data.answered)
            .map(({data}) => data.item_id.display_name)
            .join("、");
    }

    total(name) {
        const sum = this.lines.reduce((total, line) => total + line.data[name], 0);
        return sum.toLocaleString(localization.code.replace("_", "-"));
    }
}

export const workloadGridField = {...x2ManyField, component: WorkloadGridField};

registry.category("fields").add("workload_grid", workloadGridField);
