import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {SearchModel} from "@web/search/search_model";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";

/** What is late or waits for the user, in a row above the board; a press shows it. */
export class BoardNotices extends Component {
    static template = "bphs_rectification.BoardNotices";
    static props = {list: Object};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({notices: []});
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    async load() {
        this.state.notices = await this.orm.call(
            "bphs.rectification",
            "board_notices",
            []
        );
    }

    show(notice) {
        if (notice.action) {
            return this.action.doAction(notice.action, {
                additionalContext: {[`search_default_${notice.filter}`]: 1},
            });
        }
        const {searchModel} = this.env;
        const [filter] = searchModel.getSearchItems(
            (item) => item.name === notice.filter
        );
        searchModel.query = []; // not `clearQuery`, which would load the board once for nothing
        searchModel.toggleSearchItem(filter.id);
    }
}

export class BoardRenderer extends KanbanRenderer {
    static template = "bphs_rectification.BoardRenderer";
    static components = {...KanbanRenderer.components, BoardNotices};
}

/** On a phone a column fills the screen, and what is urgent would stand in the next: there all tasks are one list. */
export class BoardSearchModel extends SearchModel {
    load(config) {
        return super.load(
            this.env.isSmall ? {...config, defaultGroupBy: null} : config
        );
    }
}

registry.category("views").add("bphs_rectification_board", {
    ...kanbanView,
    Renderer: BoardRenderer,
    SearchModel: BoardSearchModel,
});
