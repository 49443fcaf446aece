import {browser} from "@web/core/browser/browser";
import {rpcBus} from "@web/core/network/rpc";

const KEY = "bphs_base.own_changes";
// What the client asks of itself while somebody looks around. Whatever else is called may have changed something.
const READING = new Set([
    "count",
    "fields_get",
    "formatted_read_group",
    "formatted_read_grouping_sets",
    "get_formview_action",
    "get_views",
    "has_access",
    "has_group",
    "load",
    "name_search",
    "onchange",
    "read",
    "read_progress_bar",
    "search_count",
    "search_panel_select_range",
    "search_panel_select_multi_range",
    "search_read",
    "web_name_search",
    "web_read",
    "web_read_group",
    "web_search_read",
]);

/** Whether the user has changed something since the first page was made anew; known when the page is reloaded, too. */
export const ownChanges = {
    get any() {
        return Boolean(browser.sessionStorage.getItem(KEY));
    },
    set any(changed) {
        if (changed) {
            browser.sessionStorage.setItem(KEY, "1");
        } else {
            browser.sessionStorage.removeItem(KEY);
        }
    },
};

rpcBus.addEventListener("RPC:RESPONSE", ({detail}) => {
    const method = detail.data.params.method;
    if (method && !READING.has(method)) {
        ownChanges.any = true;
    }
});
