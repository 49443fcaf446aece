import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

LEVELS = [
    ("province", "Province"),
    ("city", "City"),
    ("county", "County"),
    ("township", "Township"),
    ("village", "Village"),
]
# How many digits of the 12-digit code (2+2+2+3+3) identify a division of each level.
SIGNIFICANT_DIGITS = {"province": 2, "city": 4, "county": 6, "township": 9, "village": 12}


class BphsDivision(models.Model):
    """Administrative division (行政区划), province down to village.

    The 12-digit statistical code is 2+2+2+3+3 digits; the part of a level that is not used is
    zeros.
    """

    _name = "bphs.division"
    _description = "Administrative Division"
    _parent_store = True
    _order = "code"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    code = fields.Char(required=True, size=12, index=True)
    level = fields.Selection(LEVELS, required=True)
    type_name = fields.Char(help="How this level is called on paper: district, county, town, township ...")
    parent_id = fields.Many2one("bphs.division", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("bphs.division", "parent_id")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "A division with this code exists already.")

    @api.depends("name", "parent_id.name")
    @api.depends_context("formatted_display_name")
    def _compute_display_name(self):
        # Where one is chosen from a list a village is told with its township: many bear the same name.
        in_a_list = self.env.context.get("formatted_display_name")
        for division in self:
            township = division.level == "village" and in_a_list and division.parent_id.name
            division.display_name = f"{division.name} \t --{township}--" if township else division.name

    @api.constrains("code", "level", "parent_id")
    def _check_code(self):
        levels = [level for level, __ in LEVELS]
        for division in self:
            if not re.fullmatch(r"[0-9]{12}", division.code):
                raise ValidationError(
                    self.env._("Division code %(code)s: twelve digits are needed.", code=division.code)
                )
            digits = SIGNIFICANT_DIGITS[division.level]
            if division.code[digits:].strip("0") or not division.code[:digits].strip("0"):
                raise ValidationError(
                    self.env._(
                        "Division code %(code)s does not fit its level: after digit %(digits)s only zeros may follow.",
                        code=division.code,
                        digits=digits,
                    )
                )
            parent = division.parent_id
            if not parent:
                continue
            if levels.index(parent.level) >= levels.index(division.level):
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot lie within %(parent)s, which is not of a higher level.",
                        name=division.name,
                        parent=parent.name,
                    )
                )
            prefix = parent.code[: SIGNIFICANT_DIGITS[parent.level]]
            if not division.code.startswith(prefix):
                raise ValidationError(
                    self.env._(
                        "Division code %(code)s does not begin with %(prefix)s, the code of %(parent)s.",
                        code=division.code,
                        prefix=prefix,
                        parent=parent.name,
                    )
                )
