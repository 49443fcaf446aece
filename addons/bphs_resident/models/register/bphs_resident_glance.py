from odoo import api, fields, models

from ...tools.file_state import groups_by_age


class BphsResident(models.Model):
    """What the form shows at a glance, in words. Other modules add theirs to `_glance_words`."""

    _inherit = "bphs.resident"

    glance = fields.Json(compute="_compute_glance", help="Key groups in force and social facts, in words.")
    wanting = fields.Json(compute="_compute_wanting", help="What keeps the file from being up to standard, in words.")
    may_unmask = fields.Boolean(compute="_compute_may_unmask")
    access_count = fields.Integer(string="Entries", compute="_compute_access_count")

    @api.depends(
        "birth_date",
        "group_ids.kind",
        "group_ids.date_to",
        "living_alone",
        "empty_nest",
        "extreme_poverty",
        "minimum_living",
        "disability_card",
    )
    @api.depends_context("uid", "lang")
    def _compute_glance(self):
        for resident in self:
            resident.glance = resident._glance_words()

    def _glance_words(self):
        """:return: list of str"""
        self.ensure_one()
        kinds = dict(self.env["bphs.resident.group"]._fields["kind"]._description_selection(self.env))
        today = self._county_today()
        in_force = groups_by_age(self.birth_date, today) + [
            membership.kind
            for membership in self.group_ids
            if membership.kind and (not membership.date_to or membership.date_to >= today)
        ]
        return [kinds[kind] for kind in dict.fromkeys(in_force)] + [
            self._fields[name]._description_string(self.env)
            for name in ("living_alone", "empty_nest", "extreme_poverty", "minimum_living", "disability_card")
            if self[name]
        ]

    @api.depends("failures")
    @api.depends_context("lang")
    def _compute_wanting(self):
        words = self._failure_words()
        for resident in self:
            resident.wanting = [words[code] for code in (resident.failures or "").split(",") if code]

    @api.model
    def _failure_words(self):
        """:return: dict of code (`tools/file_state.py`) -> what it means"""
        return {
            "no_id": self.env._("no document number"),
            "no_birth_date": self.env._("no date of birth"),
            "no_sex": self.env._("sex not known"),
            "no_phone": self.env._("no phone"),
            "no_household": self.env._("no household"),
            "no_relation": self.env._("no relation to the head"),
            "not_dynamic": self.env._("no recent record"),
        }

    @api.depends_context("uid")
    def _compute_may_unmask(self):
        self.may_unmask = self._may_unmask()

    @api.depends_context("uid")
    def _compute_access_count(self):
        counts = dict(
            self.env["bphs.resident.access"]._read_group(
                [("resident_id", "in", self.ids)], ["resident_id"], ["__count"]
            )
        )
        for resident in self:
            resident.access_count = counts.get(resident._origin, 0)
