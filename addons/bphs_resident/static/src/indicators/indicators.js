import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {DivisionSelect} from "../division_select/division_select";
import {FiguresMark} from "../figures/figures_mark";

/** Files of a division and of those below it: how many, how good, how much used, each rate with its fraction. */
export class RegisterIndicators extends Component {
    static template = "bphs_resident.Indicators";
    static components = {DivisionSelect, FiguresMark};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({
            divisions: [],
            divisionId: false,
            basis: "file",
            whole: true,
            told: null,
        });
        this.rates = [
            ["filed", _t("Filing Rate")],
            ["standardised", _t("Standard Rate")],
            ["in_use", _t("Use Rate")],
            ["opened", _t("Opening Rate")],
        ];
        onWillStart(async () => {
            this.state.divisions = await this.orm.call(
                "bphs.resident",
                "pyramid_divisions",
                []
            );
            if (this.state.divisions.length) {
                await this.choose(this.state.divisions[0].id);
            }
        });
    }

    get shownRates() {
        // Files over the files say nothing.
        return this.rates.filter(
            ([name]) => name !== "filed" || this.state.basis !== "file"
        );
    }

    mayOpen(divisionId) {
        return this.state.divisions.some((division) => division.id === divisionId);
    }

    async choose(divisionId, basis = this.state.basis, whole = this.state.whole) {
        const told = await this.orm.call("bphs.resident", "indicators", [
            divisionId,
            basis,
            whole,
        ]);
        Object.assign(this.state, {divisionId, basis, whole, told});
    }
}

registry.category("actions").add("bphs_resident.indicators", RegisterIndicators);
