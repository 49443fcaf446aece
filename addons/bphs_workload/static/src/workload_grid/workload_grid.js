import {Component} from "@odoo/owl";
import {localization} from "@web/core/l10n/localization";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {X2ManyField, x2ManyField} from "@web/views/fields/x2many/x2many_field";

const LONGEST = 9; // digits: what the database's integer holds with room to spare

/** What was typed, as a whole number: full-width digits count, everything else is dropped. */
export function wholeNumber(text) {
    const digits = text.normalize("NFKC").replace(/[^0-9]/g, "");
    return Number(digits.slice(0, LONGEST));
}

/** One item of a statement on a narrow screen: its name, the plan, and the quantities the user may type. */
export class WorkloadGridLine extends Component {
    static template = "bphs_workload.WorkloadGridLine";
    static props = {line: Object, rights: Object};

    get data() {
        return this.props.line.data;
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
        ev.target.value = value || "";
        if (value !== this.data[name]) {
            this.props.line.update({[name]: value});
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
        return this.lines.filter((line) => line.data.reported > 0).length;
    }

    total(name) {
        const sum = this.lines.reduce((total, line) => total + line.data[name], 0);
        return sum.toLocaleString(localization.code.replace("_", "-"));
    }
}

export const workloadGridField = {...x2ManyField, component: WorkloadGridField};

registry.category("fields").add("workload_grid", workloadGridField);
