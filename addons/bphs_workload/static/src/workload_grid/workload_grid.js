import {Component, onPatched, useRef, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {localization} from "@web/core/l10n/localization";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
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

/**
 * One item of a statement on a narrow screen: its name, the plan, and the quantities the user may type.
 *
 * What is typed stays in its box whatever the server answers meanwhile, be it to the figure before, or to a save. Each figure
 * is given to the record once nothing is under way, and in the order in which they were typed.
 */
export class WorkloadGridLine extends Component {
    static template = "bphs_workload.WorkloadGridLine";
    // `find` gives the line as it is by then: a save puts another in its place.
    static props = {line: Object, find: Function, rights: Object};

    setup() {
        this.dialog = useService("dialog");
        this.typed = {}; // text of a box its person has not left yet
        this.underWay = new Set();
        this.state = useState({
            asked: {}, // text of which its person is asked whether it is meant
            wrong: {}, // text that is no number
            given: {}, // what left its box, and stands in the record once the answers are here
        });
        this.model = this.props.line.model;
        useBus(this.model.bus, "NEED_LOCAL_CHANGES", ({detail}) => {
            Object.keys(this.typed).forEach((name) => this.leave(name));
            detail.proms.push(...this.underWay);
        });
        useBus(this.model.bus, "WILL_SAVE_URGENTLY", () => this.giveAtOnce());
        this.line = useRef("line");
        onPatched(() => this.putBack());
    }

    /** What was drawn may have been reckoned before the last key was pressed: then that key would be lost. */
    putBack() {
        for (const [name, text] of Object.entries(this.typed)) {
            const box = this.line.el.querySelector(`input[data-field=${name}]`);
            if (box && box.value !== text) {
                box.value = text;
            }
        }
    }

    get data() {
        return {...this.props.line.data, ...this.state.given};
    }

    isWrong(name) {
        return (
            name in this.state.wrong &&
            (this.underWay.size > 0 || this.props.line.isFieldInvalid(name))
        );
    }

    get wrong() {
        return Object.keys(this.state.wrong).some((name) => this.isWrong(name));
    }

    /**
     * What stands in the box of this field: a 0 somebody typed is shown, one nobody typed is not.
     *
     * @param {string} name of the field
     * @returns {string|number}
     */
    shown(name) {
        const wrong = this.isWrong(name) ? this.state.wrong[name] : undefined;
        const text = this.typed[name] ?? this.state.asked[name] ?? wrong;
        if (text !== undefined) {
            return text;
        }
        return (
            this.data[name] || (name === "reported" && this.data.answered ? "0" : "")
        );
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

    onInput(name, ev) {
        this.typed[name] = ev.target.value;
        this.model.bus.trigger("FIELD_IS_DIRTY", true);
    }

    /** What the text of a box means for the record; null where it is no whole number. */
    changes(name) {
        const text = this.typed[name].trim();
        if (name === "invalid_reason") {
            return {invalid_reason: text};
        }
        const value = wholeNumber(text);
        if (value === null) {
            return null;
        }
        return name === "reported"
            ? {reported: value, answered: Boolean(text)}
            : {[name]: value};
    }

    differs(changes) {
        return Object.entries(changes).some(
            ([name, value]) => (this.data[name] || false) !== (value || false)
        );
    }

    /**
     * The person has left the box: what they typed is given to the record, or marked.
     *
     * @param {string} name of the field
     * @param {HTMLInputElement} [input] to go back to where the figure was a slip
     */
    async leave(name, input) {
        if (!(name in this.typed)) {
            return;
        }
        const step = this.take(name, input);
        this.underWay.add(step);
        try {
            await step;
        } finally {
            this.underWay.delete(step);
            if (!this.underWay.size) {
                this.state.given = {}; // and the box is drawn anew: 012 becomes 12
                this.model.bus.trigger("FIELD_IS_DIRTY", false);
            }
        }
    }

    async take(name, input) {
        for (const thrown of Object.keys(this.state.wrong).filter(
            (key) => !this.isWrong(key)
        )) {
            delete this.state.wrong[thrown];
        }
        const changes = this.changes(name);
        const text = this.typed[name];
        delete this.typed[name];
        if (changes === null) {
            this.state.wrong[name] = text; // It stays, beside a word on what is wrong with it.
            await this.model.mutex.getUnlockedDef();
            const held = this.props.find();
            // Told to the statement as a change, so that it is refused when saved, and goes where changes are thrown away.
            await held?.update({[name]: held.data[name]});
            if (this.state.wrong[name] === text) {
                held?.setInvalidField(name); // unless another figure was typed meanwhile
            }
            return;
        }
        delete this.state.wrong[name];
        const differs = this.differs(changes);
        if (differs && this.isUnlikely(changes)) {
            this.state.asked[name] = text;
            const meant = await this.isMeant(changes.reported);
            delete this.state.asked[name];
            if (!meant) {
                input?.focus();
                return;
            }
        }
        Object.assign(this.state.given, changes);
        await this.model.mutex.getUnlockedDef();
        const line = this.props.find();
        if (line?.isFieldInvalid(name)) {
            line.resetFieldValidity(name);
        }
        if (differs) {
            await line?.update(changes);
        }
    }

    /** The page goes away: no question and no answer is waited for. */
    giveAtOnce() {
        const changes = {...this.state.given};
        for (const name of Object.keys(this.typed)) {
            Object.assign(changes, this.changes(name));
        }
        if (Object.keys(changes).length) {
            this.props.find()?.update(changes);
        }
    }

    /** Far over the plan? Then the person says whether it is so before it counts. */
    isUnlikely({reported}) {
        const {planned} = this.data;
        return reported > HANDFUL && planned && reported > UNLIKELY * planned;
    }

    isMeant(value) {
        const {item_id: item, planned} = this.data;
        return new Promise((resolve) => {
            let meant = false;
            this.dialog.add(
                ConfirmationDialog,
                {
                    title: _t("Is this right?"),
                    body: _t("%(item)s: planned %(planned)s, you entered %(value)s.", {
                        item: item.display_name,
                        planned,
                        value,
                    }),
                    confirmLabel: _t("It is right"),
                    cancelLabel: _t("Enter it anew"),
                    confirm: () => {
                        meant = true;
                    },
                    cancel: () => {},
                },
                {onClose: () => resolve(meant)}
            );
        });
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

    /** `key(line)`: the same for a line before and after a save. */
    key(line) {
        return line.resId || line.id;
    }

    find(key) {
        return this.lines.find((line) => this.key(line) === key);
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

    /**
     * What the lines come to, each unit apart: nobody can add papers to visits.
     *
     * @param {string} name of the field
     * @returns {string}
     */
    totals(name) {
        const sums = new Map();
        for (const {data} of this.lines.filter((line) => line.data[name])) {
            sums.set(data.unit, (sums.get(data.unit) || 0) + data[name]);
        }
        const code = localization.code.replace("_", "-");
        const told = [...sums].map(
            ([unit, sum]) => `${sum.toLocaleString(code)} ${unit}`
        );
        return told.join("、") || "0";
    }
}

export const workloadGridField = {...x2ManyField, component: WorkloadGridField};

registry.category("fields").add("workload_grid", workloadGridField);
