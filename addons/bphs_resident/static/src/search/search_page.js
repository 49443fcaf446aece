import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** The first screen of the register: one box that finds a resident. */
export class ResidentSearchPage extends Component {
    static template = "bphs_resident.SearchPage";
    static props = { ...standardActionServiceProps };
}

registry.category("actions").add("bphs_resident.search", ResidentSearchPage);
