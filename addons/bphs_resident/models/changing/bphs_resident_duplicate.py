from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.masking import mask_name
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.likeness import sound_steps

KINDS = [("exact", "Same Document"), ("probable", "Same Name and Birth Date"), ("close", "Sounds Alike")]
STATES = [("open", "To Decide"), ("merged", "Merged"), ("distinct", "Two Persons")]
DECIDERS = ("township_public_health", "primary_care_officer", "administrator")
STEPS = {
    "compare": Step(("open",), None, DECIDERS, access="read"),
    # Taken in the window that lays the two files side by side; files are made one wherever they were compared.
    "merge": Step(("open", "merged", "distinct"), "merged", by_system=True),
    "set_distinct": Step(("open",), "distinct", by_system=True),
    # The merge was undone.
    "reopen": Step(("open", "merged", "distinct"), "open", by_system=True),
}


class BphsResidentDuplicate(models.Model):
    """Two files that may be of one person (疑似重复): a list to work through, found anew every night.

    A pair that a person has decided on stays decided. A pair nobody has decided on goes when it is no longer alike.
    """

    _name = "bphs.resident.duplicate"
    _description = "Possible Duplicate"
    _inherit = ["bphs.steps.mixin", "bphs.logged.reading.mixin"]
    _order = "rank, id"
    _steps = STEPS
    _step_sets = ("reason", "decided_by_id", "decided_on")

    kind = fields.Selection(KINDS, string="Alike In", required=True, readonly=True, index=True)
    # The surest first: the order of KINDS.
    rank = fields.Integer(required=True, readonly=True, default=2)
    # The file with the lower id is the first, so that a pair stands here once.
    first_id = fields.Many2one("bphs.resident", required=True, readonly=True, index=True, ondelete="restrict")
    second_id = fields.Many2one("bphs.resident", required=True, readonly=True, index=True, ondelete="restrict")
    first_text = fields.Char(string="First File", compute="_compute_texts")
    second_text = fields.Char(string="Second File", compute="_compute_texts")
    state = fields.Selection(STATES, required=True, readonly=True, default="open", index=True)
    reason = fields.Char(readonly=True, size=200, help="Why these are two persons, or one.")
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_on = fields.Datetime(readonly=True)
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _pair_uniq = models.Constraint("UNIQUE(first_id, second_id)", "This pair stands in the list already.")
    _pair_order = models.Constraint("CHECK(first_id < second_id)", "The first file of a pair is the older one.")

    # === COMPUTE METHODS === #

    @api.depends("first_id", "second_id")
    @api.depends_context("uid")
    def _compute_texts(self):
        # sudo: the rule of pairs let these through; whoever may not read a file itself gets its name masked
        residents = (self.sudo().first_id | self.sudo().second_id).with_context(active_test=False)
        # Odoo asks for names as superuser of whoever searches: their own rights count.
        readable = set(residents.with_env(self.env).sudo(False)._filtered_access("read").ids)
        texts = {resident.id: resident._pair_text(resident.id in readable) for resident in residents}
        for pair in self.sudo():  # sudo: as above
            plain = pair.with_env(self.env)
            plain.first_text, plain.second_text = texts.get(pair.first_id.id), texts.get(pair.second_id.id)

    @api.depends_context("lang")
    def _compute_display_name(self):
        # Nothing of the two persons: a name is given out by searches, past the log.
        for pair in self:
            pair.display_name = self.env._("Pair %(number)s", number=pair.id or "")

    @api.depends("allowed_steps")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for pair in self:
            pair.can_decide = "compare" in pair.allowed_steps

    def _read_format(self, fnames, load="_classic_read"):
        # Whoever may not read a file gets a mask of it, which is no reading.
        self._log_reading_of((self.first_id | self.second_id)._filtered_access("read"))
        return super()._read_format(fnames, load=load)

    # === ACTIONS === #

    def action_compare(self):
        """Lay the two files side by side.

        :return: the action that opens the dialog
        :raise AccessError: the role does not decide, or one of the files is not for this user to change
        :raise UserError: the pair is decided already
        """
        self.ensure_one()
        self._check_decider()
        self._check_in_state(STEPS["compare"].sources)
        first, second = self._files()
        dialog = self.env["bphs.resident.merging"].create({"first_id": first.id, "second_id": second.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare Two Files"),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # === BUSINESS METHODS === #

    def _files(self):
        """The two files, opened for comparison and checked for writing.

        :raise AccessError: one of them is not for this user to change
        """
        self.check_access("read")
        pair = self.sudo()  # sudo: opening and checking below ask for the rights of each file
        files = [resident.with_env(self.env) for resident in (pair.first_id, pair.second_id)]
        for resident in files:
            resident.action_open(self.env._("Comparing two files that may be of one person"))
            resident.check_access("write")
        return files

    def _decide(self, step, reason):
        # The role and both files were checked by the step that led here.
        self._take_step(
            step, {"reason": reason, "decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()}, reason
        )

    def _step_words(self):
        return super()._step_words() | {"state": self.env._("%(name)s is decided already.")}

    @api.model
    def _close(self, survivor, merged, reason):
        """Enter in the list that two files have been made one."""
        self._pair(survivor, merged)._decide("merge", reason)

    @api.model
    def _reopen(self, survivor, merged):
        """Put a pair back among those to decide, when a merge has been undone."""
        self._pair(survivor, merged)._take_step(
            "reopen", {"reason": False, "decided_by_id": False, "decided_on": False}
        )

    @api.model
    def _set_distinct(self, first, second, reason):
        """Enter in the list that two files are of two persons: the search leaves the pair alone from now on."""
        pair = self._pair(first, second)
        pair._check_in_state(STEPS["set_distinct"].sources)
        pair._decide("set_distinct", reason)

    @api.model
    def _pair(self, one, other):
        """The entry of two files, made where they were compared without standing in the list."""
        first, second = sorted((one.id, other.id))
        # sudo: nobody makes pairs; the files themselves were checked by the step that led here
        pairs = self.sudo()
        pair = pairs.search([("first_id", "=", first), ("second_id", "=", second)])
        pair = pair or pairs.create({"first_id": first, "second_id": second, "kind": "probable"})
        return pair.with_env(self.env)

    @api.model
    def _is_decider(self):
        return self.env.user._holds_role(DECIDERS)

    @api.model
    def _check_decider(self):
        if not self._is_decider():
            raise AccessError(
                self.env._("Whether two files are of one person is decided by the public-health officers.")
            )

    # === SEARCHING === #

    def action_search(self):
        """Search the county for files that are alike, now instead of tonight.

        A button of the list: it comes with the records that are ticked, and does without them.

        :return: the action that says so and shows the list anew
        """
        self._check_decider()
        self._search_pairs()
        count = self.search_count([("state", "=", "open")])
        return self._notification(
            self.env._("Searched. Pairs to decide: %(count)s", count=count),
            next={"type": "ir.actions.client", "tag": "soft_reload"},
        )

    @api.model
    def _cron_search(self):
        self._search_pairs()

    @api.model
    def _search_pairs(self):
        """Bring the list up to date: one set query for each kind, whatever the size of the county.

        :return int: pairs that are open now
        """
        for name in ("bphs.resident", "bphs.household", self._name):
            self.env[name].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH found AS MATERIALIZED (
                    SELECT DISTINCT ON (first_id, second_id) first_id, second_id, kind, rank FROM (
                        SELECT first_id, second_id, 'exact' AS kind, 1 AS rank FROM (%(exact)s) AS exact
                         UNION ALL
                        SELECT first_id, second_id, 'probable', 2 FROM (%(probable)s) AS probable
                         UNION ALL
                        SELECT first_id, second_id, 'close', 3 FROM (%(close)s) AS close
                    ) AS pairs ORDER BY first_id, second_id, rank
                ), gone AS (
                    DELETE FROM bphs_resident_duplicate d
                     WHERE state = 'open'
                       AND NOT EXISTS (
                           SELECT FROM found f WHERE f.first_id = d.first_id AND f.second_id = d.second_id)
                )
                INSERT INTO bphs_resident_duplicate AS d
                       (first_id, second_id, kind, rank, state, create_uid, create_date, write_uid, write_date)
                SELECT first_id, second_id, kind, rank, 'open', %(uid)s, %(now)s, %(uid)s, %(now)s FROM found
                    ON CONFLICT (first_id, second_id) DO UPDATE SET kind = excluded.kind, rank = excluded.rank
                 WHERE d.state = 'open' AND d.kind <> excluded.kind
                """,
                exact=self._exact_pairs(),
                probable=self._probable_pairs(),
                close=self._close_pairs(),
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        self.invalidate_model()
        return self.sudo().search_count([("state", "=", "open")])  # sudo: how many in the county, for the log

    def _exact_pairs(self):
        """The same document number: only where rows came in past the unique index."""
        return SQL(
            """
            SELECT a.id AS first_id, b.id AS second_id
              FROM bphs_resident a JOIN bphs_resident b ON b.id_index = a.id_index AND b.id > a.id
             WHERE a.status <> 'merged' AND b.status <> 'merged'
            """
        )

    def _probable_pairs(self):
        """The same name and birth date, and the same village or telephone."""
        return SQL(
            """
            SELECT a.id AS first_id, b.id AS second_id
              FROM bphs_resident a
              JOIN bphs_resident b ON b.name = a.name AND b.birth_date = a.birth_date AND b.id > a.id
               AND (b.division_id = a.division_id OR b.phone_index = a.phone_index)
             WHERE a.status <> 'merged' AND b.status <> 'merged'
            """
        )

    def _close_pairs(self):
        """Names that sound alike, of one village, birth year and sex.

        Two people who both show a document are two people: only where one of them has none may a name have been written
        down twice by ear.
        """
        sound = SQL("split_part(pinyin, '|', 1)")
        for pattern, replacement in sound_steps():
            sound = SQL("regexp_replace(%s, %s, %s, 'g')", sound, pattern, replacement)
        return SQL(
            """
            WITH heard AS MATERIALIZED (
                SELECT id, name, birth_date, extract(year FROM birth_date)::int AS year, division_id, sex, id_index,
                       %(sound)s AS sound
                  FROM bphs_resident
                 WHERE status <> 'merged' AND birth_date IS NOT NULL AND pinyin <> ''
            )
            SELECT a.id AS first_id, b.id AS second_id
              FROM heard a
              JOIN heard b ON b.division_id = a.division_id AND b.year = a.year AND b.sex = a.sex
               AND b.sound = a.sound AND b.id > a.id
             WHERE a.id_index IS NULL OR b.id_index IS NULL
            """,
            sound=sound,
        )


class BphsResident(models.Model):
    _inherit = "bphs.resident"

    def _pair_text(self, readable):
        """One file of a pair in a line: name, sex, birth date, village, masked number."""
        self.ensure_one()
        born = fields.Date.to_string(self.birth_date) or ""
        parts = [
            self.name if readable else mask_name(self.name),
            dict(self._fields["sex"]._description_selection(self.env))[self.sex],
            born if readable else born[:4],
            self.division_id.name,
            self.id_masked,
        ]
        return " ".join(filter(None, parts))
