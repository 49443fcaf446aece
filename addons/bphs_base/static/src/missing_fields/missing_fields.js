/** What is not filled in is named, and stays named until it is: in a long form nobody finds a red frame by chance. */
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {Record} from "@web/model/relational_model/record";

patch(Record.prototype, {
    _checkValidity(...options) {
        const isValid = super._checkValidity(...options);
        if (isValid) {
            this._closeInvalidFieldsNotification();
        }
        return isValid;
    },

    _displayInvalidFieldNotification() {
        this._closeInvalidFieldsNotification(); // said once, however often it is saved
        const names = [...this._invalidFields].map((name) => this.fields[name].string);
        return this.model.notification.add(
            _t("Still to be filled in, or not right: %s", names.join("、")),
            {type: "danger", sticky: true}
        );
    },
});
