from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.bphs_base.tools.money import to_decimal

from ...tools.floors import LEAST, NOTICES, Floor, floor_of, ratio_words


class BphsFundFloor(models.Model):
    """The least part of what is needed that is prepaid, from a year on (最低预拨比例), and the document that says so.

    What notices say is brought along (`tools/floors.py`); a county adds a row where it asks for more. A published
    scheme keeps the floor it was published under.
    """

    _name = "bphs.fund.floor"
    _description = "Least Share Prepaid"
    _order = "year desc"
    _rec_name = "document_number"

    year = fields.Integer(
        string="From Year", required=True, aggregator=None, default=lambda self: self._county_today().year
    )
    ratio = fields.Float(
        string="Least Share", digits=(5, 4), required=True, aggregator=None, default=LEAST,
        help="Of what is needed. It holds until the next row's year.",
    )  # fmt: skip
    document_number = fields.Char(required=True, help="Of the document that says so.")

    _year_uniq = models.Constraint("UNIQUE(year)", "From this year on a least share is laid down already.")
    _year_range = models.Constraint("CHECK(year BETWEEN 2000 AND 2100)", "A year has four digits.")
    _ratio_range = models.Constraint(
        f"CHECK(ratio >= {LEAST} AND ratio <= 1)",
        f"The least share lies between {LEAST} and 1: no notice says less than {LEAST * 100:.0f} %.",
    )
    _number_given = models.Constraint("CHECK(btrim(document_number) <> '')", "Name the document that says so.")

    # === CONSTRAINTS === #

    @api.constrains("year", "ratio")
    def _check_notice(self):
        for floor in self:
            least = floor_of(floor.year, NOTICES)
            if to_decimal(floor.ratio) < least:
                raise ValidationError(
                    self.env._(
                        "%(year)s: the notice says at least %(ratio)s.",
                        year=floor.year,
                        ratio=ratio_words(least),
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        floors = super().create(vals_list)
        if floors:
            self._renew_drafts()
        return floors

    def write(self, vals):
        self.check_access("write")
        self._check_unused()
        result = super().write(vals)
        self._check_unused()
        self._renew_drafts()
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        self._check_unused()

    def unlink(self):
        result = super().unlink()
        self._renew_drafts()
        return result

    # === HELPERS === #

    @api.model
    def _of_year(self, period):
        """:return Decimal: the least ratio of a budget year; where no year is chosen yet, the least of all"""
        if not period:
            return LEAST
        year = period.date_start.year
        # sudo: it holds for the whole county, whoever may see the rows
        rows = self.sudo().search([("year", ">", 0)])
        said = [Floor(row.year, to_decimal(row.ratio), row.document_number) for row in rows]
        return max(floor_of(year, said or NOTICES), floor_of(year, NOTICES))

    def _check_unused(self):
        """:raise UserError: a notice says it, or a scheme was published under it"""
        noticed = {notice.year for notice in NOTICES}
        schemes = self.env["bphs.fund.scheme"].sudo()  # sudo: the question is whether there is any
        for floor in self:
            if floor.year in noticed:
                raise UserError(
                    self.env._(
                        "%(number)s says so, and stays. Add a row from a later year.", number=floor.document_number
                    )
                )
            # sudo: as for the schemes
            later = self.sudo().search([("year", ">", floor.year)], order="year", limit=1)
            ruled = Domain("period_id.date_start", ">=", f"{floor.year}-01-01")
            if later:
                ruled &= Domain("period_id.date_start", "<", f"{later.year}-01-01")
            of_it = Domain("state", "!=", "draft") & Domain("prepay_floor", "=", floor.ratio)
            published = schemes.search(ruled & of_it, limit=1)
            if published:
                raise UserError(
                    self.env._(
                        "%(scheme)s was published under it. Add a row from a later year.",
                        scheme=published.display_name,
                    )
                )

    @api.model
    def _renew_drafts(self):
        """Drafts of schemes follow; what is published keeps the floor it was published under."""
        schemes = self.env["bphs.fund.scheme"].sudo()  # sudo: no person sets it, and drafts of all years follow
        drafts = schemes.search([("state", "=", "draft")])
        self.env.add_to_compute(schemes._fields["prepay_floor"], drafts)

    @api.model
    def _load_notices(self):
        """Bring what notices say, but for years of which the county said so itself."""
        said = set(self.search([("year", ">", 0)]).mapped("year"))
        self.create(
            [
                {"year": notice.year, "ratio": notice.ratio, "document_number": notice.number}
                for notice in NOTICES
                if notice.year not in said
            ]
        )
