import {
    Component,
    markup,
    onWillStart,
    onMounted,
    onWillUpdateProps,
    useEffect,
    useState,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {makeContext} from "@web/core/context";
import {user} from "@web/core/user";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {HomeChart} from "./home_chart";
import {ownChanges} from "./own_changes";

function nothing(title) {
    const words = _t("%(what)s: none now", {what: title});
    return markup`<p class="o_view_nocontent_smiling_face">${words}</p>`;
}

/** The first page of a person: what waits for them, then the cards of their work. */
export class Home extends Component {
    static template = "bphs_base.Home";
    static components = {HomeChart};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useState(useService("ui"));
        this.waiting = useState(useService("bphs_waiting"));
        this.state = useState({page: null});
        onWillStart(() => this.load(!ownChanges.any));
        onWillUpdateProps(() => this.load(!ownChanges.any));
        // Once this page stands: one action does not begin another while it begins itself.
        onMounted(() => {
            if (this.instead) {
                this.action.doAction(this.instead, {clearBreadcrumbs: true});
            }
        });
        useEffect(
            (changes) => {
                if (changes) {
                    this.load();
                }
            },
            () => [this.waiting.changes]
        );
        this.env.config.setDisplayName(_t("Workbench"));
    }

    /** A page that the server kept will do where its user changed nothing, and did not ask for another. */
    async load(kept = false) {
        ownChanges.any = ownChanges.any && kept;
        const page = await this.orm.silent.call("bphs.home", "load", [], {kept});
        if (page.instead) {
            this.instead = page.instead;
            return;
        }
        this.state.page = page;
        this.waiting.told(page.waiting.reduce((sum, row) => sum + row.count, 0));
    }

    /** Where cards stand in columns those as wide as the page come first: between others they would tear holes. */
    get cards() {
        const cards = this.state.page.cards;
        return this.ui.isSmall
            ? cards
            : [
                  ...cards.filter((card) => card.wide),
                  ...cards.filter((card) => !card.wide),
              ];
    }

    get asOf() {
        return _t("As of %(time)s", {time: this.state.page.as_of});
    }

    /** Until when, as a person says it. */
    due(row) {
        if (row.since) {
            return _t("since %(date)s", {date: row.since});
        }
        if (!row.date) {
            return "";
        }
        if (row.days < 0) {
            return _t("earliest %(date)s, %(days)s days ago", {
                date: row.date,
                days: -row.days,
            });
        }
        return row.days
            ? _t("earliest %(date)s", {date: row.date})
            : _t("earliest today");
    }

    /** The list behind a figure: the records that were counted, and no filter besides. */
    async open(action, domain, title) {
        if (!action) {
            return;
        }
        const window = await this.action.loadAction(action);
        const context = makeContext([window.context || {}, {}], user.context);
        const kept = Object.entries(context).filter(
            ([name]) => !name.startsWith("search_default_")
        );
        const name = title || window.name;
        return this.action.doAction({
            ...window,
            name,
            display_name: name,
            // What the whole list says of itself when empty, that none was ever made, is not what a figure of zero says.
            help: title ? nothing(title) : window.help,
            domain,
            context: Object.fromEntries(kept),
        });
    }
}

registry.category("actions").add("bphs_base.home", Home);
