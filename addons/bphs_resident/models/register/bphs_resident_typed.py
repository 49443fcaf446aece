import logging
from functools import partial

from psycopg2 import Error

from odoo import api, models
from odoo.exceptions import ConcurrencyError, ValidationError

from ...tools import sealing
from ...tools.identity import normalise, normalise_phone

_logger = logging.getLogger(__name__)

HIDDEN = "*"
TRIES = 5
TYPED = {"id_number": (sealing.ID_NUMBER, normalise), "phone": (sealing.PHONE, normalise_phone)}


class BphsResident(models.Model):
    """Numbers that are typed into a file, and what that must not tell.

    A document stands once in the county, so typing the number of somebody else's is refused: a question about the
    number like a search for it, and counted like one. What ends in an error of any kind leaves nothing in the
    database, so the question is entered when it is undone.
    """

    _inherit = "bphs.resident"

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        for vals in vals_list:
            self._fill_from_id_number(vals)  # what cannot be a number is refused before it is asked about
        self._ask_numbers(self._typed_numbers(vals_list))
        return super().create(vals_list)

    def write(self, vals):
        asked = self._typed_numbers([vals])
        if asked:
            self.check_access("write")
            for id_type in {vals.get("id_type") or resident.id_type for resident in self}:
                self._fill_from_id_number({**vals, "id_type": id_type})  # as above
            self._ask_numbers(asked)
        result = super().write(vals)
        log = self.env["bphs.resident.access"]
        for resident in self if asked else ():
            again = log._was_typed(resident)
            for kind, number in asked:
                log._record_number(kind, number, not again, resident=resident)
        return result

    def _typed_numbers(self, vals_list):
        """:return: list of (kind, whole number) a client typed; masks are no numbers"""
        if self.env.su:
            return []
        return [
            (kind, normalised(str(vals[name])))
            for vals in vals_list
            for name, (kind, normalised) in TYPED.items()
            if vals.get(name) and HIDDEN not in str(vals[name])
        ]

    def _ask_numbers(self, asked):
        """Refuse a document that another file holds, and see to it that asking is entered whatever becomes of it.

        :raise UserError: too many numbers led to nobody today
        :raise ValidationError: the document stands in another file
        """
        if not asked:
            return
        documents = [(kind, number) for kind, number in asked if kind == sealing.ID_NUMBER]
        self.env["bphs.resident.access"]._check_numbers(len(set(documents)))
        keys = self.env["bphs.resident.keyring"]._keys()
        entered = [(kind, keys.index(kind, number)) for kind, number in documents]
        self.env.cr.postrollback.add(partial(_enter_undone, self.env.registry, self.env.uid, entered))
        lookups = [index for kind, number in documents for index in keys.lookups(kind, number)]
        # A document is once in the county; nothing is told of the file that holds it but that there is one.
        others = [("id", "not in", self.ids), ("id_index", "in", lookups), ("status", "!=", "merged")]
        if lookups and self.sudo().with_context(active_test=False).search_count(others, limit=1):  # sudo: as said
            raise ValidationError(self._number_taken())

    @api.model
    def _number_taken(self):
        return self.env._(
            "A file with this document number exists already in the county. Search for the number; where you do not "
            "find it, another institution keeps the file: have the resident moved here instead."
        )


def _enter_undone(registry, uid, entered):
    """Enter numbers that were asked for in a transaction that was undone, each once a day.

    It runs while a cursor is being closed, where no error may come out.
    """
    for kind, fingerprint in entered:
        for _try in range(TRIES):
            try:
                with registry.cursor() as cr:
                    api.Environment(cr, uid, {})["bphs.resident.access"]._record_undone(kind, fingerprint)
                break
            except ConcurrencyError:
                continue  # counted by another request at this moment: the next try sees it
            except Error as error:
                _logger.error("A number that was asked for is not in the access log: %s", error)
                break
