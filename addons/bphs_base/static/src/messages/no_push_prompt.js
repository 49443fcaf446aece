/**
 * Nobody is asked to let the browser push: a push goes through the browser maker's service, to which this system sends
 * no text. The question counted as a message, so that everybody had one unread for ever.
 */
import {MessagingMenu} from "@mail/core/public_web/messaging_menu";
import "@mail/core/web/messaging_menu_patch";
import {patch} from "@web/core/utils/patch";

patch(MessagingMenu.prototype, {
    get shouldAskPushPermission() {
        return false;
    },
});
