import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** Chooses a division of the user's scope: the county and townships first, then the villages by township. */
export class DivisionSelect extends Component {
    static template = "bphs_resident.DivisionSelect";
    static props = {
        divisions: {type: Array, element: Object},
        divisionId: {type: [Number, Boolean]},
        choose: Function,
    };

    get groups() {
        const groups = new Map();
        for (const division of this.props.divisions) {
            const name = division.township || _t("Townships and County");
            groups.set(name, [...(groups.get(name) || []), division]);
        }
        return [...groups].map(([name, divisions]) => ({name, divisions}));
    }
}
