import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const URL = "/bphs_resident/import/upload";

/** Sends a roll as it is: a field would send it in base64, a third larger. Shows how much is on its way. */
export class RollUpload extends Component {
    static template = "bphs_resident.RollUpload";
    static props = {...standardWidgetProps, emptySheet: {type: String, optional: true}};
    static defaultProps = {emptySheet: "/bphs_resident/import/template"};

    setup() {
        this.input = useRef("input");
        this.state = useState({sent: null, error: "", over: false});
    }

    onChoose() {
        this.input.el.click();
    }

    onDrop(ev) {
        this.state.over = false;
        this.send(ev.dataTransfer.files[0]);
    }

    async send(file) {
        if (!file || this.state.sent !== null) {
            return;
        }
        Object.assign(this.state, {sent: 0, error: ""});
        const {record} = this.props;
        try {
            if (!record.isNew || (await record.save())) {
                const answer = await this.post(record.resId, file);
                this.state.error = answer.error || "";
            }
        } catch {
            this.state.error = _t(
                "The file did not arrive. Check the connection and choose it again."
            );
        }
        this.state.sent = null;
        this.input.el && (this.input.el.value = "");
        await record.load();
    }

    post(id, file) {
        const form = new FormData();
        form.append("csrf_token", odoo.csrf_token);
        form.append("import_id", id);
        form.append("model", this.props.record.resModel);
        form.append("file", file);
        return new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            request.upload.onprogress = (ev) => {
                this.state.sent = Math.floor((100 * ev.loaded) / ev.total);
            };
            request.onload = () => {
                if (request.status === 413) {
                    resolve({
                        error: _t(
                            "The file is too large: at most 100 MB are accepted."
                        ),
                    });
                } else {
                    request.status === 200
                        ? resolve(JSON.parse(request.response))
                        : reject(request.status);
                }
            };
            request.onerror = reject;
            request.open("POST", URL);
            request.send(form);
        });
    }
}

registry.category("view_widgets").add("bphs_roll_upload", {
    component: RollUpload,
    // Where the empty sheet comes from, of an import that is not the register's own.
    extractProps: ({attrs}) =>
        attrs.empty_sheet ? {emptySheet: attrs.empty_sheet} : {},
});
