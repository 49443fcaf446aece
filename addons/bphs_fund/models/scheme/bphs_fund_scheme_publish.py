from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import to_decimal

from ...tools.terms import Scheme


class BphsFundScheme(models.Model):
    """Publishing a scheme: what must hold, and what it then means for each clinic."""

    _inherit = "bphs.fund.scheme"

    def _terms(self):
        """Return this scheme as the settlement rules read it."""
        self.ensure_one()
        return Scheme(
            prepay_ratio=to_decimal(self.prepay_ratio),
            full_score=to_decimal(self.full_score),
            hold_score=to_decimal(self.hold_score),
            annual_mode=self.annual_mode,
            year_periods=tuple(self.env["bphs.fund.plan"]._quarters(self.period_id).mapped("code")),
        )

    def action_publish(self):
        """Show what the scheme means for each clinic; publishing is confirmed there."""
        self.ensure_one()
        self._check_publishable()
        wizard = self.env["bphs.fund.scheme.publish"]._prepare_for(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish Settlement Scheme"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _check_publishable(self):
        """:raise UserError: says what is lacking"""
        self._check_step("publish")
        if not self.document_id:
            raise UserError(
                self.env._(
                    "%(scheme)s cites no document: name the one that lays it down.",
                    scheme=self.display_name,
                )
            )
        if not any(price.price for price in self.price_ids):
            raise UserError(self.env._("%(scheme)s has no prices.", scheme=self.display_name))
        if self._uses("capitation") and not self.capitation_standard:
            raise UserError(
                self.env._(
                    "%(scheme)s settles township institutions by persons served: enter the standard per person.",
                    scheme=self.display_name,
                )
            )
        later = self._earlier_versions().filtered(
            lambda version: version.period_from_id.date_start >= self.period_from_id.date_start
        )
        if later:
            raise UserError(
                self.env._(
                    "%(version)s is published from %(quarter)s: a new version must begin in a later quarter.",
                    version=later[0].display_name,
                    quarter=later[0].period_from_id.display_name,
                )
            )
        # sudo: the question is whether any entry exists, whoever may see it
        entries = self.env["bphs.fund.entry"].sudo()
        granted = entries.search(
            [
                ("kind", "in", ("prepayment", "settlement")),
                ("institution_id", "child_of", self.institution_id.id),
                ("period_id.parent_id", "=", self.period_id.id),
                ("period_id.date_start", ">=", self.period_from_id.date_start),
            ],
            limit=1,
        )
        if granted:
            raise UserError(
                self.env._(
                    "%(quarter)s has been prepaid or settled already: publish from a later quarter.",
                    quarter=granted.period_id.display_name,
                )
            )

    def _township_method(self, kind):
        """The method by which institutions of `kind` (township_hospital or community_centre) are settled."""
        self.ensure_one()
        return (kind == "community_centre" and self.centre_method) or self.township_method

    def _uses(self, method):
        """Whether any township institution is settled by this method."""
        self.ensure_one()
        return method in (self.township_method, self.centre_method)

    def _earlier_versions(self):
        """Versions of the same bureau and year that are published or were."""
        return self.search(
            [
                ("institution_id", "=", self.institution_id.id),
                ("period_id", "=", self.period_id.id),
                ("state", "!=", "draft"),
                ("id", "!=", self.id),
            ]
        )

    def _compared_with(self):
        """The version that would rule without this one: the one before, or the last of the year
        before."""
        self.ensure_one()
        earlier = self._earlier_versions().sorted(lambda version: version.period_from_id.date_start)[-1:]
        last_year = self.env["bphs.fund.plan"]._previous_year(self.period_id)
        return earlier or (last_year and self._for_period(self.institution_id, last_year)) or self.browse()

    def _publish(self):
        """Publish for good: rules and prices are fixed, the version before keeps the quarters
        before."""
        self.ensure_one()
        self._check_publishable()
        earlier = self._earlier_versions()
        self._take_step(
            "publish",
            {
                "version": max(earlier.mapped("version"), default=0) + 1,
                "previous_id": earlier.sorted(lambda version: version.period_from_id.date_start)[-1:].id,
                "published_by_id": self.env.uid,
                "published_at": fields.Datetime.now(),
            },
        )
        earlier.filtered(lambda version: version.state == "published")._take_step("supersede")
