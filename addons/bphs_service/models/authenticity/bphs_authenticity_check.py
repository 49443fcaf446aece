import csv

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import file_open

from .statements import STATEMENTS


class BphsAuthenticityCheck(models.Model):
    """A check of authenticity (真实性核查规则): what is looked for, from how many records on, over which limit.

    Hard: an honest record cannot show it. Soft: it may be chance, and asks for a look. Its own limits hold until a row
    of `bphs.authenticity.limit` says otherwise.
    """

    _name = "bphs.authenticity.check"
    _description = "Check of Authenticity"
    _order = "hard desc, sequence, id"

    sequence = fields.Integer(default=1000)
    active = fields.Boolean(default=True)
    code = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Rule of Checking", required=True)
    words = fields.Char(string="What Is Looked For", required=True)
    hard = fields.Boolean(readonly=True, help="An honest record cannot show it.")
    least = fields.Integer(
        string="At Least, at First", readonly=True, aggregator=None, help="Records or people; fewer say nothing."
    )
    most = fields.Float(string="Limit at First", readonly=True, digits=(8, 2), aggregator=None)
    chance = fields.Float(
        string="By Chance at Most, at First",
        readonly=True,
        digits=(8, 6),
        aggregator=None,
        help="How likely the figure of a unit may be by chance, beside the county's others, and still be doubted."
        " 0: not asked.",
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "A check stands once.")
    _limits_check = models.Constraint("CHECK(least >= 0 AND most >= 0)", "Limits are not below zero.")
    _chance_check = models.Constraint("CHECK(chance >= 0 AND chance <= 1)", "A chance is between 0 and 1.")

    @api.constrains("code")
    def _check_code(self):
        for check in self:
            if check.code not in STATEMENTS:
                raise ValidationError(self.env._("There is no check %(code)s.", code=check.code))

    # Whatever the context says: what was found is told by it.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise ValidationError(self.env._("A check is never deleted. Archive it."))

    @api.model
    def _load_shipped(self):
        """Make the checks that are shipped, from `data/authenticity`."""
        with file_open("bphs_service/data/authenticity/checks.csv") as file:
            rows = list(csv.DictReader(file))
        self.create(
            [
                {
                    **row,
                    "sequence": at,
                    "hard": bool(row["hard"]),
                    "least": int(row["least"]),
                    "most": float(row["most"]),
                    "chance": float(row["chance"]),
                }
                for at, row in enumerate(rows, start=1)
            ]
        )
