from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

from ...tools import columns, file_state, tokens
from ..sealing.integer_list import IntegerList


class BphsResident(models.Model):
    """What follows from a resident's facts, by the same functions that the bulk writers use."""

    _inherit = "bphs.resident"

    institution_id = fields.Many2one(
        compute="_compute_institution_id", store=True, precompute=True, readonly=True, string="Responsible Institution"
    )
    township_id = fields.Many2one(
        "bphs.institution",
        string="Township Institution",
        compute="_compute_institution_id",
        store=True,
        precompute=True,
        ondelete="restrict",
    )
    pinyin = fields.Char(compute="_compute_spelt", store=True, precompute=True)
    initials = fields.Char(compute="_compute_spelt", store=True, precompute=True)
    # Not computed before the row is made: then it would be the client who writes it.
    search_tokens = IntegerList(compute="_compute_search_tokens", store=True, groups=NO_ACCESS)
    standardised = fields.Boolean(string="Up to Standard", compute="_compute_judged", store=True)
    failures = fields.Char(
        string="Wanting (codes)", compute="_compute_judged", store=True, help="What keeps it from being up to standard."
    )
    # Whoever may not see such a file is not told that there is one.
    restricted = fields.Boolean(
        compute="_compute_restricted", store=True, recursive=True, groups="bphs_resident.group_sensitive"
    )
    dynamic = fields.Boolean(
        string="In Use",
        compute="_compute_dynamic",
        search="_search_dynamic",
        help="A service within twelve months, or a file made within them.",
    )

    # A search reads the postings of one township only. Little may wait unsorted: every search reads that too.
    _search_index = models.Index("USING gin (search_tokens) WITH (gin_pending_list_limit = 512)")

    @api.depends("division_id")
    def _compute_institution_id(self):
        self.env["bphs.institution"]._set_responsible(self)

    @api.depends("name")
    def _compute_spelt(self):
        for resident in self:
            spelt = columns.spelt(resident.name or "")
            resident.pinyin, resident.initials = spelt["pinyin"], spelt["initials"]

    @api.depends("name", "township_id")
    def _compute_search_tokens(self):
        for resident in self:
            resident.search_tokens = tokens.tokens_of(resident.township_id.id, resident.name)

    @api.depends(
        "id_cipher",
        "birth_date",
        "sex",
        "phone_cipher",
        "household_id",
        "relation",
        "last_service_on",
        "file_created_on",
        "group_ids.kind",
    )
    def _compute_judged(self):
        today = self._county_today()
        for resident in self:
            judged = columns.judged(
                {
                    "id_number": resident.id_cipher,
                    "phone": resident.phone_cipher,
                    "groups": resident.group_ids.mapped("kind"),
                    **{
                        name: resident[name]
                        for name in (
                            "birth_date",
                            "sex",
                            "household_id",
                            "relation",
                            "last_service_on",
                            "file_created_on",
                        )
                    },
                },
                today,
            )
            resident.standardised = judged["standardised"]
            resident.failures = judged["failures"]

    @api.depends("group_ids.kind", "merged_into_id.restricted")
    def _compute_restricted(self):
        for resident in self:
            # A closed file tells of the same person as the file that stays.
            resident.restricted = (
                file_state.is_restricted(resident.group_ids.mapped("kind")) or resident.merged_into_id.restricted
            )

    @api.model
    def _cron_judge_files(self):
        """Mark the files whose last record has grown too old: time alone changes them, and no write tells."""
        today = self._county_today()
        self.flush_model(["failures", "standardised", "last_service_on", "file_created_on"])
        self.env["bphs.resident.group"].flush_model(["kind"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE bphs_resident r
                   SET standardised = FALSE, failures = concat_ws(',', nullif(r.failures, ''), 'not_dynamic')
                 WHERE (r.failures IS NULL OR r.failures NOT LIKE %(marked)s)
                   AND greatest(r.last_service_on, r.file_created_on) <= %(newest)s
                   AND (greatest(r.last_service_on, r.file_created_on) <= %(oldest)s OR %(by_age)s OR EXISTS (
                       SELECT FROM bphs_resident_group g WHERE g.resident_id = r.id AND g.kind = ANY(%(groups)s)))
                """,
                marked="%not_dynamic",
                newest=file_state.oldest_record(file_state.KEY_GROUPS, today),
                oldest=file_state.oldest_record((), today),
                by_age=SQL(" OR ").join(
                    SQL("(r.birth_date > %s AND r.birth_date <= %s)", *file_state.birth_dates(group, today))
                    for group in file_state.AGE_GROUPS
                ),
                groups=sorted(file_state.KEY_GROUPS),
            )
        )
        self.invalidate_model(["failures", "standardised"])

    @api.depends("last_service_on", "file_created_on")
    def _compute_dynamic(self):
        today = self._county_today()
        for resident in self:
            resident.dynamic = file_state.is_dynamic(resident.last_service_on, resident.file_created_on, today)

    def _search_dynamic(self, operator, value):
        if operator != "in":
            return NotImplemented
        since = file_state.months_before(self._county_today(), file_state.DYNAMIC_MONTHS)
        return ["|", ("last_service_on", ">", since), ("file_created_on", ">", since)]
