import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.orm.models import NO_ACCESS

from odoo.addons.bphs_base.tools.masking import mask_id, mask_phone

from ...tools import columns, sealing
from ...tools.identity import IdentityError, is_phone, normalise, read_id_number

_logger = logging.getLogger(__name__)

ID_TYPES = [
    ("resident_id", "Resident ID Card"),
    ("passport", "Passport"),
    ("hk_macao", "Hong Kong and Macao Permit"),
    ("taiwan", "Taiwan Permit"),
    ("other", "Other Document"),
    ("none", "None Yet"),
]
HIDDEN = "*"
CIPHERS = ("id_cipher", "phone_cipher")


class BphsResident(models.Model):
    """What is sealed of a resident: the number of the document and the telephone.

    A client reads masks and writes numbers; ciphers and fingerprints are for the server alone.
    """

    _inherit = "bphs.resident"

    id_type = fields.Selection(ID_TYPES, string="ID Document", required=True, default="resident_id")
    id_reason = fields.Char(string="Why There Is None", size=200)
    id_number = fields.Char(
        string="ID Document Number", compute="_compute_id_number", inverse="_inverse_id_number", copy=False, size=40
    )
    id_masked = fields.Char(string="ID Document Number (masked)", compute="_compute_id_number")
    phone = fields.Char(compute="_compute_phone", inverse="_inverse_phone", copy=False, size=40)
    phone_masked = fields.Char(string="Phone (masked)", compute="_compute_phone")
    id_cipher = fields.Char(groups=NO_ACCESS, readonly=True, copy=False, prefetch=False)
    id_index = fields.Char(groups=NO_ACCESS, readonly=True, copy=False, prefetch=False)
    id_last4_index = fields.Char(groups=NO_ACCESS, readonly=True, copy=False, prefetch=False)
    phone_cipher = fields.Char(groups=NO_ACCESS, readonly=True, copy=False, prefetch=False)
    phone_index = fields.Char(groups=NO_ACCESS, readonly=True, copy=False, prefetch=False)

    # A merged file keeps the number it had: the survivor bears it now.
    _id_index_uniq = models.UniqueIndex(
        "(id_index) WHERE id_index IS NOT NULL AND status <> 'merged'",
        "A file with this document number exists already in the county. Search for the number; where you do not find "
        "it, another institution keeps the file: have the resident moved here instead.",
    )
    # A search asks for merged files too, which the index above leaves out.
    _id_merged_index = models.Index("(id_index) WHERE status = 'merged'")
    _last4_index = models.Index("(id_last4_index, township_id) WHERE id_last4_index IS NOT NULL")
    _phone_index = models.Index("(phone_index) WHERE phone_index IS NOT NULL")

    # === COMPUTE METHODS === #

    @api.depends("id_cipher")
    def _compute_id_number(self):
        for resident, number in self._opened(sealing.ID_NUMBER, "id_cipher", refuse=False):
            resident.id_number = resident.id_masked = mask_id(number)

    def _inverse_id_number(self):
        keys = self.env["bphs.resident.keyring"]._keys()
        for resident in self:
            number = self._typed(resident.id_number)
            # sudo: no client writes ciphers; the right to the record was checked by the write that led here.
            resident.sudo().write(columns.sealed_id(number, keys))

    @api.depends("phone_cipher")
    def _compute_phone(self):
        for resident, number in self._opened(sealing.PHONE, "phone_cipher", refuse=False):
            resident.phone = resident.phone_masked = mask_phone(number)

    def _inverse_phone(self):
        keys = self.env["bphs.resident.keyring"]._keys()
        for resident in self:
            number = self._typed(resident.phone)
            if number and not is_phone(number):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a telephone number: 11 digits of a mobile, or a fixed number with its area "
                        "code.",
                        number=number,
                    )
                )
            # sudo: as above
            resident.sudo().write(columns.sealed_phone(number, keys))

    @api.onchange("id_number", "id_type")
    def _onchange_id_number(self):
        if self.id_type == "resident_id" and self.id_number and HIDDEN not in self.id_number:
            identity = self._read_id_number(self.id_number)
            self.birth_date, self.sex = identity.birth_date, identity.sex

    # === HELPERS === #

    def _opened(self, kind, column, refuse=True):
        """The clear texts of a sealed column, for server code that masks them or logs their use.

        :param bool refuse: raise where a number does not open; else it is all stars, so that people are still found
            by name where a key file is wrong
        :return: list of (resident, clear text)
        :raise UserError: a number does not open
        """
        stored = self.sudo()  # sudo: ciphers are no one's to read; the record itself was checked for reading
        if len(stored) == 1:
            stored.fetch(CIPHERS)  # a page shows both
        if not any(resident[column] for resident in stored):
            return [(resident, "") for resident in self]
        keys = self.env["bphs.resident.keyring"]._keys()
        opened = []
        for resident, sealed in zip(self, stored, strict=True):
            try:
                number = keys.open(kind, sealed[column])
            except sealing.SealError as error:
                if refuse:
                    raise UserError(
                        self.env._(
                            "A sealed number cannot be opened with the key file in use: %(reason)s", reason=error
                        )
                    ) from error
                _logger.warning("Resident %s: %s does not open: %s", resident.id, column, error)
                number = HIDDEN * 4
            opened.append((resident, number))
        return opened

    def _forget_typed(self):
        """Show masks again after a number was typed."""
        self.invalidate_recordset(["id_number", "id_masked", "phone", "phone_masked"], flush=False)

    def _typed(self, text):
        """A number as a person typed it; a mask that was changed is no number."""
        if text and HIDDEN in text:
            raise ValidationError(
                self.env._("%(number)s is the masked number. Type the whole new one, or leave it.", number=text)
            )
        return text

    def _read_id_number(self, text):
        """:raise ValidationError: the number cannot be right, with the reason"""
        try:
            return read_id_number(text, self._county_today())
        except IdentityError as error:
            reasons = {
                "characters": self.env._("ID number: 17 digits and a check character are needed."),
                "check_digit": self.env._("ID number: the last character does not fit the others. Check each digit."),
                "birth_date": self.env._("ID number: digits 7 to 14 are no date of birth."),
                "future": self.env._("ID number: the date of birth in it is in the future."),
            }
            raise ValidationError(reasons[error.code]) from error

    def _fill_from_id_number(self, vals):
        """:return: a copy of the values, with the birth date and sex an ID number tells where they are not given"""
        vals = dict(vals)
        number = str(vals.get("id_number") or "")
        if number and HIDDEN not in number and vals.get("id_type", "resident_id") == "resident_id":
            identity = self._read_id_number(number)
            vals["birth_date"] = vals.get("birth_date") or identity.birth_date
            if vals.get("sex", "unknown") == "unknown":
                vals["sex"] = identity.sex
        return vals

    def _check_documents(self):
        """Refuse a document that does not fit its person.

        :raise ValidationError: with the resident's name
        """
        for resident, number in self._opened(sealing.ID_NUMBER, "id_cipher"):
            if resident.id_type == "none":
                problem = not (resident.id_reason or "").strip() and self.env._("Say why there is no document yet.")
            elif not number:
                problem = self.env._("The number of the document is wanting. Where there is none yet, say so and why.")
            elif resident.id_type == "resident_id":
                identity = self._read_id_number(number)
                problem = (
                    resident.birth_date != identity.birth_date
                    and self.env._("The date of birth is not that of the ID number.")
                ) or (resident.sex != identity.sex and self.env._("The sex is not that of the ID number."))
            else:
                problem = len(normalise(number)) < 5 and self.env._("The number of the document is too short.")
            if problem:
                raise ValidationError(self.env._("%(name)s: %(problem)s", name=resident.name, problem=problem))
