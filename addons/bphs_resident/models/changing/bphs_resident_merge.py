import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

from ...tools import merging
from ..sealing.late_constraint import check_late_constraints

UNDO_DAYS = 30


class BphsResidentMerge(models.Model):
    """Two files made one (合并): which, why, what was kept of each, and every row it touched as it stood before.

    For 30 days the rows are kept, so that undoing puts every one of them back; then only the fact remains.
    """

    _name = "bphs.resident.merge"
    _description = "Merge of Two Files"
    _inherit = ["bphs.asked.mixin", "bphs.scope.mixin", "bphs.logged.reading.mixin"]
    _order = "id desc"

    survivor_id = fields.Many2one("bphs.resident", required=True, readonly=True, index=True, ondelete="restrict")
    merged_id = fields.Many2one(
        "bphs.resident", string="Closed File", required=True, readonly=True, index=True, ondelete="restrict"
    )
    institution_id = fields.Many2one(readonly=True, string="Responsible Institution")
    reason = fields.Char(required=True, readonly=True, size=200)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime(required=True, readonly=True)
    # [{"column", "why", "taken"}]: which facts differed, and by which rule they were decided; no personal data.
    decided = fields.Json(readonly=True)
    # [{"model", "moved", "stayed"}]: ids of linked records that moved to the survivor, and of those that could not; of
    # older merges how many. Nobody reads it: of somebody whom everybody sees some records are for named persons.
    linked = fields.Json(readonly=True, groups=NO_ACCESS)
    explanation = fields.Text(compute="_compute_explanation")
    row_ids = fields.One2many("bphs.resident.merge.row", "merge_id", readonly=True)
    undone_on = fields.Datetime(readonly=True)
    undone_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    undo_reason = fields.Char(readonly=True, size=200)
    undo_until = fields.Date(compute="_compute_undo_until", help="Until this day every row can be put back.")
    can_undo = fields.Boolean(compute="_compute_undo_until")

    # === COMPUTE METHODS === #

    @api.depends("survivor_id", "date")
    def _compute_display_name(self):
        for merge in self:
            merge.display_name = self.env._(
                "Merge of %(day)s", day=fields.Date.to_string(merge.date) if merge.date else ""
            )

    @api.depends("decided", "linked")
    @api.depends_context("uid", "lang")
    def _compute_explanation(self):
        resident = self.env["bphs.resident"]
        for merge in self:
            lines = [
                self.env._(
                    "%(field)s: %(result)s",
                    field=resident._merge_field(entry["column"])._description_string(self.env),
                    result=resident._merge_words(entry["why"], entry["taken"]),
                )
                for entry in merge.decided or []
            ]
            for entry in merge.sudo().linked or []:  # sudo: of what moved one is told what one sees
                if entry["model"] not in self.env:
                    continue
                model = self.env["ir.model"]._get(entry["model"]).name
                moved, stayed = (self._how_many_seen(entry["model"], entry[what]) for what in ("moved", "stayed"))
                if moved:
                    lines.append(
                        self.env._("%(model)s: %(count)s moved to the file that stays", model=model, count=moved)
                    )
                if stayed:
                    lines.append(
                        self.env._(
                            "%(model)s: %(count)s stay with the closed file, the other has the same already",
                            model=model,
                            count=stayed,
                        )
                    )
            merge.explanation = "\n".join(lines)

    @api.depends("date", "undone_on")
    def _compute_undo_until(self):
        today = self._county_today()
        for merge in self:
            merge.undo_until = merge.date and merge.date.date() + timedelta(days=UNDO_DAYS)
            merge.can_undo = not merge.undone_on and bool(merge.undo_until) and merge.undo_until >= today

    def _how_many_seen(self, model, told):
        """:param told: ids of records, or how many they were: of these nobody knows which were for named persons
        :return int: how many of them this user sees
        """
        if isinstance(told, int):
            named = self.env.su or self.env.user.has_group("bphs_resident.group_sensitive")
            return told if named else 0
        return len(self.env[model].browse(told).exists()._filtered_access("read"))

    def _read_format(self, fnames, load="_classic_read"):
        self._log_reading_of(self.survivor_id | self.merged_id)
        return super()._read_format(fnames, load=load)

    # === ACTIONS === #

    def action_undo(self, reason=None):
        """Put every row back as it stood before the merge.

        :param str reason: kept in the log
        :raise AccessError: the role does not decide, or the file is not for this user to change
        :raise UserError: undone already, too late, or someone has changed since what the merge had changed
        """
        self.ensure_one()
        self.env["bphs.resident.duplicate"]._check_decider()
        resident = self.env["bphs.resident"]
        reason = resident._checked_reason(reason, self.env._("Say in words why the merge is undone."))
        self.check_access("read")
        self.survivor_id.check_access("write")
        self._lock_rows()
        if not self.can_undo:
            raise UserError(self.env._("This merge is undone already, or the 30 days for it are over."))
        # sudo: rows of any module are put back as they were; the right to both files was checked
        merge = self.sudo()
        rows = merge.row_ids
        rows._check_unchanged()
        merge.write({"undone_on": fields.Datetime.now(), "undone_by_id": self.env.uid, "undo_reason": reason})
        self.env["bphs.resident.duplicate"]._reopen(self.survivor_id, self.merged_id)
        rows._restore()
        log = self.env["bphs.resident.access"]
        log._record(self.survivor_id | self.merged_id, "change", reason=reason, what=self.env._("Merge undone"))

    def _asked_steps(self):
        hint = self.env._("Every record goes back to the file it came from, as it stood before the merge.")
        return {"undo": (self.env._("Undo the Merge"), hint, True)}

    def _take_asked_step(self, step, dialog):
        super()._take_asked_step(step, dialog)
        return self._notification(
            self.env._(
                "The merge is undone: both files stand as before, and are under “Possible Duplicates” to compare."
            ),
            next={"type": "ir.actions.act_window_close"},
        )

    @api.autovacuum
    def _gc_rows(self):
        """After the time for undoing, what stood in the rows is nobody's business any more."""
        last = fields.Datetime.now() - timedelta(days=UNDO_DAYS + 1)
        self.env["bphs.resident.merge.row"].search([("merge_id.date", "<", last)]).unlink()


class BphsResidentMergeRow(models.Model):
    """One row a merge has changed: the changed columns before and after. For the server alone."""

    _name = "bphs.resident.merge.row"
    _description = "Row Changed by a Merge"
    _order = "id"

    merge_id = fields.Many2one("bphs.resident.merge", required=True, index=True, ondelete="cascade")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    before = fields.Json(required=True)
    after = fields.Json(required=True)

    @api.model
    def _rows_of(self, records):
        """The rows of some records as they stand in the database.

        :return: dict of (model name, id) -> dict of column -> JSON value
        """
        rows = {}
        for record in records:
            if not record:
                continue
            record.env.flush_all()
            table = SQL.identifier(record._table)
            for id_, row in self.env.execute_query(
                SQL("SELECT id, to_jsonb(t) FROM %s AS t WHERE id = ANY(%s)", table, list(record.ids))
            ):
                rows[record._name, id_] = row
        return rows

    def _check_unchanged(self):
        """:raise UserError: naming the first row whose change would be lost"""
        rows = self._rows_of([self.env[model].browse(ids) for model, ids in self._by_model().items()])
        for row in self:
            now = rows.get((row.res_model, row.res_id))
            model = self.env[row.res_model]
            if now is None:
                raise UserError(
                    self.env._(
                        "%(model)s: a record the merge had moved has been deleted since. It cannot be undone.",
                        model=self.env["ir.model"]._get(row.res_model).name,
                    )
                )
            drifted = merging.drifted_columns(row.before, row.after, now, ignored=_following_columns(model))
            if drifted:
                # sudo(False): back to who undoes it
                record = model.browse(row.res_id).sudo(False)._filtered_access("read")
                if not record:
                    raise UserError(self.env._("What the merge had moved has been changed since. It cannot be undone."))
                raise UserError(
                    self.env._(
                        "%(name)s: %(field)s has been changed since the merge. Note the new value, set it back, and "
                        "try again.",
                        name=record.display_name,
                        field=model._fields[drifted[0]]._description_string(self.env),
                    )
                )

    def _restore(self):
        """Write the changed columns back, in the order in which unique numbers come free."""
        self.env.flush_all()
        for row in self:
            table = self.env[row.res_model]._table
            columns = SQL(", ").join(SQL.identifier(column) for column in sorted(row.before))
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET (%(columns)s) = (SELECT %(columns)s FROM"
                    " jsonb_populate_record(NULL::%(table)s, %(before)s::jsonb)) WHERE id = %(id)s",
                    table=SQL.identifier(table),
                    columns=columns,
                    before=json.dumps(row.before),
                    id=row.res_id,
                )
            )
        check_late_constraints(self.env.cr)
        self.env.invalidate_all(flush=False)

    def _by_model(self):
        found = {}
        for row in self:
            found.setdefault(row.res_model, []).append(row.res_id)
        return found


def _following_columns(model):
    """Columns that follow from others, or say who wrote last: no person's change is lost with them."""
    return {"write_uid", "write_date"} | {
        name for name, field in model._fields.items() if field.store and field.compute and field.readonly
    }
