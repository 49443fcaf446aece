/**
 * A dialog takes the focus to the first thing in it that takes any. Where the form in it asks for no focus, as one that
 * begins with a date does, that would lay a calendar over the questions, and on a phone the keyboard as well.
 */
import {onMounted, useRef} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {FormRenderer} from "@web/views/form/form_renderer";

patch(FormRenderer.prototype, {
    setup() {
        super.setup();
        if (!this.env.inDialog || this.shouldAutoFocus) {
            return;
        }
        const root = useRef("compiled_view_root");
        onMounted(() => {
            if (root.el) {
                root.el.tabIndex = -1;
                root.el.style.outline = "none";
                root.el.focus({preventScroll: true});
            }
        });
    },
});
