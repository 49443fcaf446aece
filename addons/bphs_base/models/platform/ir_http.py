from functools import cache

import polib

from odoo import api, models
from odoo.tools import file_path

PLAIN_WORDS = "bphs_base/i18n_extra/plain_words/zh_CN.po"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @api.model
    def _get_translations_for_webclient(self, modules, lang):
        """Odoo's own Chinese jests where something goes wrong or is deleted: a government office gets plain words.

        A module's terms win over those of others in the browser, so they are exchanged where they stand.
        """
        per_module, parameters = super()._get_translations_for_webclient(modules, lang)
        if (lang or self.env.context.get("lang")) != "zh_CN":
            return per_module, parameters
        plain = _plain_words()
        return {name: _exchanged(terms, plain) for name, terms in per_module.items()}, parameters


def _exchanged(terms, plain):
    known = [message for message in terms.get("messages", ()) if message["id"] not in plain]
    exchanged = [{"id": message["id"], "string": plain[message["id"]]}
                 for message in terms.get("messages", ()) if message["id"] in plain]  # fmt: skip
    return {**terms, "messages": (*known, *exchanged)}


@cache
def _plain_words():
    entries = polib.pofile(file_path(PLAIN_WORDS))
    return {entry.msgid: entry.msgstr for entry in entries}
