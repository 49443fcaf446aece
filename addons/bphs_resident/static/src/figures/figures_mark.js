import {Component} from "@odoo/owl";

/** Says beside a figure whether the files for named persons are in it; one of these may have it either way. */
export class FiguresMark extends Component {
    static template = "bphs_resident.FiguresMark";
    static props = {figures: Object, choose: Function};
}
