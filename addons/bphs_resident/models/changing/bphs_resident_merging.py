from psycopg2 import IntegrityError

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...tools import merging

# Machinery of merging itself; what else stays is written once (append-only) and tells what happened to that file then.
_NOT_MOVED = {"bphs.resident.merge", "bphs.resident.merge.row", "bphs.resident.duplicate"}


class Base(models.AbstractModel):
    _inherit = "base"

    def _stay_behind(self, name, survivor):
        """The linked records that stay with the closed file, as its history or because the other has the same already.

        Asked before the merge, to foretell what it does, and by it. A model with such records overrides it.

        :param str name: the many2one field to the resident
        :param survivor: bphs.resident
        """
        return self.browse()

    def _move_to_resident(self, name, survivor):
        """Move linked records to the file that stays. A model whose records need more than that overrides it.

        :param str name: the many2one field to the resident
        :param survivor: bphs.resident
        :return: the records that stay with the closed file, because the other has the same already
        """
        stayed = self._stay_behind(name, survivor)
        for record in self - stayed:
            try:
                with self.env.cr.savepoint():
                    record.write({name: survivor.id})
                    record.flush_recordset()
            except (IntegrityError, ValidationError):
                record.invalidate_recordset()
                stayed |= record
        return stayed


class BphsResidentGroup(models.Model):
    _inherit = "bphs.resident.group"

    def _in_force_of(self, survivor):
        return {membership.kind: membership for membership in survivor.group_ids if not membership.date_to}

    def _stay_behind(self, name, survivor):
        own = self._in_force_of(survivor)
        return self.filtered(lambda membership: not membership.date_to and membership.kind in own)

    def _move_to_resident(self, name, survivor):
        """Where both files hold a membership in force, the file that stays keeps its own, from the earlier day on."""
        own = self._in_force_of(survivor)
        stayed = self._stay_behind(name, survivor)
        for membership in stayed:
            same = own[membership.kind]
            same.date_from = min(same.date_from, membership.date_from)
        return stayed | super(BphsResidentGroup, self - stayed)._move_to_resident(name, survivor)


class BphsResident(models.Model):
    """Making two files one: the survivor keeps its own facts, takes what it lacks, and gets every linked record."""

    _inherit = "bphs.resident"

    def _merge_into(self, survivor, reason):
        """Close this file and make everything of it the survivor's.

        :param survivor: the file that stays
        :param str reason: why the two are one person
        :return: bphs.resident.merge
        :raise AccessError: the role does not decide, or a file is not for this user to change
        :raise UserError: the two cannot be one file, or no reason is given
        """
        self.ensure_one()
        survivor.ensure_one()
        self.env["bphs.resident.duplicate"]._check_decider()
        both = survivor | self
        both.check_access("write")
        reason = self._checked_reason(reason, self.env._("Say in words why the two files are of one person."))
        if len(both) != 2 or "merged" in both.mapped("status"):
            raise UserError(self.env._("Two different files are needed, none of them merged already."))
        both._lock_rows()
        # sudo: linked records of any module move with the person; the right to both files was checked
        merge = self.sudo()._merge_all(survivor.sudo(), reason, self.env.user)
        self.env["bphs.resident.access"]._record(both, "change", reason=reason, what=self.env._("Files merged"))
        self.env["bphs.resident.duplicate"]._close(survivor, self, reason)
        return merge.with_env(self.env)

    def _merge_all(self, survivor, reason, user):
        rows = self.env["bphs.resident.merge.row"]
        links = self._resident_links()
        touched = [survivor, self, *links.values(), *survivor._resident_links().values()]
        touched += self._merge_touched(survivor)
        before = rows._rows_of(touched)
        decided = merging.choices(survivor._merge_facts(), self._merge_facts())
        # The closed file first: what is unique in the register comes free with its status.
        self.write(
            {
                "status": "merged",
                "status_date": self._county_today(),
                "status_evidence": reason,
                "merged_into_id": survivor.id,
                "active": False,
            }
        )
        self.flush_recordset()
        taken = {column: value for choice in decided for column, value in choice.values.items()}
        if "household_id" in taken and self.division_id != survivor.division_id:
            # A household of another village is not this person's.
            del taken["household_id"], taken["relation"]
        linked = []
        for (__, name), records in links.items():
            stayed = records._move_to_resident(name, survivor)
            linked.append({"model": records._name, "moved": (records - stayed).ids, "stayed": stayed.ids})
        # Then what it lacks: what stands behind it has come along, and is not made up anew.
        if taken:
            survivor.write(taken)
        self.env.flush_all()
        after = rows._rows_of(touched)
        merge = self.env["bphs.resident.merge"].create(
            {
                "survivor_id": survivor.id,
                "merged_id": self.id,
                "institution_id": survivor.institution_id.id,
                "reason": reason,
                "user_id": user.id,
                "date": fields.Datetime.now(),
                "decided": [
                    {"column": choice.column, "why": choice.why, "taken": choice.column in taken} for choice in decided
                ],
                "linked": linked,
            }
        )
        rows.create(
            [
                {
                    "merge_id": merge.id,
                    "res_model": model,
                    "res_id": id_,
                    "before": {column: row[column] for column in changed},
                    "after": {column: after[model, id_][column] for column in changed},
                }
                for (model, id_), row in before.items()
                if (changed := merging.changed_columns(row, after[model, id_]))
            ]
        )
        self._on_resident_ended("merged")
        return merge

    def _merge_touched(self, survivor):
        """Hook: records that change with a merge without being linked to a resident, so that undoing restores them too.

        :return: list of recordsets
        """
        return []

    def _resident_links(self):
        """Every record of any module that is linked to these residents by a stored many2one.

        Rows that are written once (logs, decisions, moves) stay with the file they were written for: they tell what
        happened to that file, and the timeline of the survivor shows them.

        :return: dict of (model name, field name) -> records, archived ones too
        """
        links = {}
        for model_name in sorted(self.env.registry):
            model = self.env[model_name]
            if model._abstract or model._transient or not model._auto or model_name in _NOT_MOVED:
                continue
            if isinstance(model, self.env.registry["bphs.append.only.mixin"]):
                continue
            for name, field in model._fields.items():
                if field.type == "many2one" and field.comodel_name == self._name and field.store and not field.related:
                    found = model.sudo().with_context(active_test=False).search([(name, "in", self.ids)])  # sudo: all
                    if found:
                        links[model_name, name] = found
        return links

    def _merge_facts(self):
        """The stored columns of this file that merging decides on, ciphers included: for the server alone.

        :return: dict
        """
        self.ensure_one()
        self.flush_recordset()
        names = sorted(
            {column for columns in merging.BUNDLES.values() for column in columns}
            | merging.FILLED
            | merging.EARLIER
            | merging.LATER
            | merging.EITHER
            | {"name"}
        )
        columns = SQL(", ").join(SQL.identifier(name) for name in names)
        ((*values,),) = self.env.execute_query(SQL("SELECT %s FROM bphs_resident WHERE id = %s", columns, self.id))
        return dict(zip(names, values, strict=True))

    def _merge_words(self, why, taken):
        """What becomes of a fact on which two files differ.

        :param str why: of `tools.merging.choices`
        :param bool taken: whether the other file's was taken
        """
        words = {
            "kept": self.env._("the file that stays keeps its own"),
            "filled": self.env._("taken from the closed file, the other had none"),
            "earlier": self.env._("the earlier day holds"),
            "later": self.env._("the later day holds"),
            "either": self.env._("holds, as one of the files says so"),
        }
        return words["kept"] if why == "filled" and not taken else words[why]

    def _merge_field(self, column):
        """:return: the field a column of `tools.merging` is known by on the screen"""
        return self._fields[{"id_index": "id_number", "phone_index": "phone"}.get(column, column)]
