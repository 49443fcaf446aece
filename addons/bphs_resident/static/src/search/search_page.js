import {Component, onWillStart, useExternalListener, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {KeepLast} from "@web/core/utils/concurrency";
import {useDebounced} from "@web/core/utils/timing";
import {useSetupAction} from "@web/search/action_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ReasonDialog} from "../reason/reason_dialog";
import {ResidentRow} from "./resident_row";

const PAUSE = 120; // ms between the last key and the question
// Numbers that lead to nobody are counted: half of one, as it is typed, is no question yet.
const NUMBER_PAUSE = 700;
const NAME = /^\p{Script=Han}[\p{Script=Han}·]+$/u;
const EMPTY = {rows: [], more: false, recent: false, villages: [], hint: false};

/** The first screen of the register: one box that finds a resident by whatever is known of them. */
export class ResidentSearchPage extends Component {
    static template = "bphs_resident.SearchPage";
    static components = {ResidentRow};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.box = useAutofocus({refName: "box", selectAll: true, mobile: true});
        this.list = useRef("list");
        this.last = new KeepLast();
        const kept = this.props.state || {};
        this.state = useState({
            query: kept.query || "",
            village: kept.village || false,
            group: kept.group || "",
            page: EMPTY,
            asked: "",
            selected: 0,
            busy: false,
        });
        this.debouncedAsk = useDebounced(() => this.ask(), PAUSE);
        this.debouncedNumber = useDebounced(() => this.askNumber(), NUMBER_PAUSE);
        useExternalListener(window, "keydown", (ev) => this.onWindowKeydown(ev));
        useSetupAction({
            getLocalState: () => ({
                query: this.state.query,
                village: this.state.village,
                group: this.state.group,
            }),
        });
        onWillStart(async () => {
            this.words = await this.orm.call("bphs.resident", "search_words", []);
            await this.ask();
        });
    }

    get filters() {
        const {village, group} = this.state;
        return {...(village && {division_id: village.id}), ...(group && {group})};
    }

    get isEmptyBox() {
        return !this.state.asked && !this.state.village && !this.state.group;
    }

    /** What may be typed, by example. */
    get examples() {
        const names = this.words.reason
            ? [[["张三丰", "zhangsanfeng"], _t("the whole name, or all of its pinyin")]]
            : [
                  [["张三丰", "三丰"], _t("name, or part of it")],
                  [["zsf", "zhangsf"], _t("initials or pinyin")],
              ];
        return [
            ...names,
            [["140499 …"], _t("ID number, all eighteen characters")],
            ...(this.words.last4
                ? [[["王 0014"], _t("name and the last four of the ID number")]]
                : []),
            [["138 …"], _t("phone, all eleven digits")],
            [["荫城 王"], _t("village and name")],
        ];
    }

    /** What is wanting for an answer: in a few words, and at length. */
    get hint() {
        return {
            more: [
                _t("Type more"),
                _t(
                    "The whole name, all of its pinyin, or a whole ID number or phone: whoever works for the whole county searches for one person at a time."
                ),
            ],
            person: [
                _t("Search for the person"),
                _t(
                    "Whoever works for the whole county finds people by the whole name, the whole ID number or the phone, not by file or household numbers."
                ),
            ],
            number: [
                _t("Press Enter to search by this number"),
                _t("Searches by ID number or phone are entered in the access log."),
            ],
            one: [
                _t("One number at a time"),
                _t("Search by one ID number or phone, and by the next one afterwards."),
            ],
            name: [
                _t("Type the name too"),
                _t(
                    "The last four of an ID number find somebody only together with the name or part of it."
                ),
            ],
            whole: [
                _t("Type the whole number"),
                _t("Your role searches by the whole ID number or the whole phone."),
            ],
            names: [
                _t("No more names today"),
                _t(
                    "Whoever works for the whole county searches for so many people a day. More can be searched for tomorrow; the auditor sees it in the access log."
                ),
            ],
            blocked: [
                _t("No more numbers today"),
                _t(
                    "Too many numbers led to nobody. They can be used again tomorrow; names can be searched for as before. The auditor sees it in the access log."
                ),
            ],
        }[this.state.page.hint];
    }

    /** What stands over the rows. */
    get summary() {
        const {rows, recent, more} = this.state.page;
        if (!rows.length) {
            return "";
        }
        if (recent) {
            return _t("Files you opened last");
        }
        return more
            ? _t(
                  "The first %s are shown. Type more of the name, or a village beside it, to narrow down.",
                  rows.length
              )
            : _t("%s found", rows.length);
    }

    get nobody() {
        return this.state.asked
            ? _t("Nobody found for “%s”", this.state.asked)
            : _t("Nobody found");
    }

    villageLabel(village) {
        return _t("Residents of %s", village.name);
    }

    async ask() {
        this.debouncedNumber.cancel();
        await this.askBy("search_page");
        if (this.waitsForNumber) {
            this.debouncedNumber();
        }
    }

    askNumber() {
        return this.askBy("search_number");
    }

    async askBy(method) {
        const query = this.state.query.trim();
        this.state.busy = true;
        try {
            const page = await this.last.add(
                this.orm.call("bphs.resident", method, [query, this.filters])
            );
            Object.assign(this.state, {page, asked: query, selected: 0});
        } finally {
            this.state.busy = false;
        }
    }

    get waitsForNumber() {
        return this.state.page.hint === "number";
    }

    /** Ask now: what a pause in typing would have asked is overtaken by it. */
    async askNow() {
        this.debouncedAsk.cancel();
        await this.ask();
        if (this.waitsForNumber) {
            this.debouncedNumber.cancel();
            await this.askNumber();
        }
    }

    async open(row) {
        if (!this.words.reason) {
            return this.action.doAction({
                type: "ir.actions.act_window",
                res_model: "bphs.resident",
                res_id: row.id,
                views: [[false, "form"]],
                name: row.name,
            });
        }
        this.dialog.add(ReasonDialog, {
            title: _t("Open the file of %s", row.name),
            confirm: async (reason) => {
                const action = await this.orm.call("bphs.resident", "action_open", [
                    [row.id],
                    reason,
                ]);
                await this.action.doAction(action);
            },
        });
    }

    /** A new file, of the village that is looked at, or of the only one the user works for; of whom nobody found. */
    async create() {
        const village = this.state.village || (await this.onlyVillage());
        const {asked, page} = this.state;
        this.action.doAction("bphs_resident.bphs_resident_action_new", {
            additionalContext: {
                ...(village && {default_division_id: village.id}),
                ...(!page.rows.length && NAME.test(asked) && {default_name: asked}),
            },
        });
    }

    async onlyVillage() {
        const divisions = await this.orm.call("bphs.resident", "pyramid_divisions", []);
        const villages = divisions.filter((division) => division.level === "village");
        return villages.length === 1 && villages[0];
    }

    // --- What is narrowed down ---

    chooseVillage(village) {
        Object.assign(this.state, {village, query: ""});
        this.box.el?.focus();
        this.askNow();
    }

    dropVillage() {
        this.state.village = false;
        this.askNow();
    }

    chooseGroup(ev) {
        this.state.group = ev.target.value;
        this.askNow();
    }

    clear() {
        Object.assign(this.state, {query: "", village: false, group: ""});
        this.box.el?.focus();
        this.askNow();
    }

    // --- Keys ---

    onInput(ev) {
        this.state.query = ev.target.value;
        if (!ev.isComposing) {
            this.debouncedAsk(); // half a syllable in the input method is no question yet
        }
    }

    onCompositionEnd(ev) {
        this.state.query = ev.target.value;
        this.debouncedAsk();
    }

    async onKeydown(ev) {
        if (ev.isComposing) {
            return;
        }
        const {key} = ev;
        if (key === "ArrowDown" || key === "ArrowUp") {
            ev.preventDefault();
            this.move(key === "ArrowDown" ? 1 : -1);
        } else if (key === "Enter") {
            ev.preventDefault();
            if (this.state.query.trim() !== this.state.asked || this.waitsForNumber) {
                await this.askNow();
            }
            const row = this.state.page.rows[this.state.selected];
            if (row) {
                this.open(row);
            }
        } else if (key === "Escape") {
            ev.preventDefault();
            this.clear();
        }
    }

    onWindowKeydown(ev) {
        const typing = ev.target.closest?.(
            "input, textarea, select, [contenteditable=true], .modal"
        );
        if (ev.key === "/" && !typing) {
            ev.preventDefault();
            this.box.el?.focus();
            this.box.el?.select();
        }
    }

    move(step) {
        const count = this.state.page.rows.length;
        if (count) {
            this.state.selected = (this.state.selected + step + count) % count;
            this.list.el?.children[this.state.selected]?.scrollIntoView({
                block: "nearest",
            });
        }
    }
}

registry.category("actions").add("bphs_resident.search", ResidentSearchPage);
