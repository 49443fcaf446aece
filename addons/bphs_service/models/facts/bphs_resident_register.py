from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.facts import CONDITION_GROUPS, SENSITIVE, SOCIAL_GROUPS, SOCIAL_MARKS

GROUPS = {"bphs.condition": CONDITION_GROUPS, "bphs.social.fact": SOCIAL_GROUPS}
# What the register says and no fact does becomes a fact, since when nobody knows.
TAKE_IN = """
    INSERT INTO %(table)s AS fact (resident_id, kind, date_to, state, source, entered_on, entered_by_id %(more)s,
                                   create_uid, create_date, write_uid, write_date)
    SELECT said.resident_id, said.kind, said.date_to, 'recorded', 'register', %(today)s, %(uid)s %(values)s,
           %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM (%(said)s) said
     WHERE NOT EXISTS (SELECT FROM %(table)s f WHERE f.resident_id = said.resident_id AND f.kind = said.kind
                          AND f.state = 'recorded' AND (f.date_to IS NULL OR f.date_to > %(today)s))
     ORDER BY said.resident_id, said.kind
    RETURNING resident_id
"""
MEMBERS = """
    SELECT resident_id, kind, date_to FROM bphs_resident_group
     WHERE kind = ANY(%(kinds)s) AND (date_to IS NULL OR date_to > %(today)s) AND %(whose)s
"""
MARKED = "SELECT id, %(kind)s, NULL::date FROM bphs_resident WHERE %(mark)s AND status <> 'merged' AND %(whose)s"


class BphsResident(models.Model):
    """Key groups and marks of the register follow from dated facts; what is entered there becomes a fact of its own."""

    _inherit = "bphs.resident"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        residents = super().create(vals_list)
        residents._take_in_facts()
        return residents

    def write(self, vals):
        result = super().write(vals)
        if marks := SOCIAL_MARKS & set(vals):
            self._match_marks(marks)
        return result

    # === FROM FACTS TO THE REGISTER === #

    def _follow_facts(self, model, kinds):
        """Bring the register to what the facts of these kinds say. Callers are the system.

        :param str model: `bphs.condition` or `bphs.social.fact`
        """
        today = self._county_today()
        facts = self.env[model].search(
            [("resident_id", "in", self.ids), ("kind", "in", list(kinds)), ("state", "=", "recorded")]
        )
        going_on = {(f.resident_id, f.kind): f for f in facts if not f.date_to or f.date_to > today}
        over = {(f.resident_id, f.kind): f.date_to for f in facts.sorted("date_to") if f.date_to}
        for resident in self:
            for kind in sorted(kinds & GROUPS[model]):
                resident._follow_group(kind, going_on.get((resident, kind)), over.get((resident, kind), today))
            if model == "bphs.social.fact":
                marks = {mark: (resident, mark) in going_on for mark in kinds & SOCIAL_MARKS}
                if changed := {mark: is_so for mark, is_so in marks.items() if resident[mark] != is_so}:
                    resident.write(changed)

    def _follow_group(self, kind, fact, over_on):
        today = self._county_today()
        standing = self.group_ids.filtered(
            lambda member: member.kind == kind and (not member.date_to or member.date_to > today)
        )
        if not fact:
            for member in standing:
                member.date_to = max(over_on, member.date_from)
        elif not standing:
            # It is looked after from now on; since when it is so, the fact tells.
            basis = fact.place if fact._name == "bphs.condition" else fact.note
            values = {"resident_id": self.id, "kind": kind, "date_to": fact.date_to, "basis": basis}
            self.env["bphs.resident.group"].create(values)
        elif standing[:1].date_to != fact.date_to:
            standing[:1].date_to = fact.date_to

    # === FROM THE REGISTER TO FACTS === #

    def _take_in_facts(self):
        """Make facts of what the register says of these residents. Done again it changes nothing."""
        if self:
            self._take_in_where(list(self._origin.ids))

    @api.model
    def _cron_take_in_facts(self):
        """Every night the county: rolls are loaded past the single file."""
        self._take_in_where(None)

    @api.model
    def _take_in_where(self, ids):
        """:param ids: of residents; None for all"""
        for model in (self._name, "bphs.resident.group", "bphs.condition", "bphs.social.fact"):
            self.env[model].flush_model()
        today = self._county_today()

        def whose(column):
            return SQL("TRUE") if ids is None else SQL("%s = ANY(%s)", SQL.identifier(column), ids)

        def members(kinds):
            return SQL(MEMBERS, kinds=sorted(kinds), today=today, whose=whose("resident_id"))

        marked = [SQL(MARKED, kind=mark, mark=SQL.identifier(mark), whose=whose("id")) for mark in sorted(SOCIAL_MARKS)]
        sensitive = SQL(", said.kind = ANY(%s), FALSE", sorted(SENSITIVE))
        conditions = ("bphs.condition", members(CONDITION_GROUPS), SQL(", sensitive, is_complication"), sensitive)
        social = ("bphs.social.fact", SQL(" UNION ALL ").join([members(SOCIAL_GROUPS), *marked]), SQL(), SQL())
        taken = set()
        for model, said, more, values in (conditions, social):
            table = SQL.identifier(self.env[model]._table)
            stamp = {"today": today, "uid": self.env.uid, "now": fields.Datetime.now()}
            query = SQL(TAKE_IN, table=table, said=said, more=more, values=values, **stamp)
            taken.update(id_ for (id_,) in self.env.execute_query(query))
            self.env[model].invalidate_model(flush=False)
        residents = self.browse(sorted(taken))
        residents.invalidate_recordset(["condition_ids", "social_ids"], flush=False)
        # sudo: gradings follow from facts, whoever entered them
        residents.sudo()._on_facts_changed()

    def _match_marks(self, marks):
        """Facts after the marks of the register: one begins with a mark, and ends with it."""
        today = self._county_today()
        # sudo: a mark is a fact, whoever may write the file
        social = self.env["bphs.social.fact"].sudo()
        going_on = social.search(
            [("resident_id", "in", self.ids), ("kind", "in", sorted(marks)), *social._going_on(today)]
        )
        for fact in going_on:
            if not fact.resident_id[fact.kind]:
                fact.date_to = max(today, fact.date_from or today)
        self._take_in_facts()

    def _end_facts_off_register(self, memberships):
        """End what these memberships said, where no other goes on saying so.

        :param memberships: (kind, last day; None: it never was) of this resident
        """
        today = self._county_today()
        said = self.group_ids.filtered(lambda member: not member.date_to or member.date_to > today)
        for kind, date_to in memberships:
            if kind in said.mapped("kind"):
                continue
            for model, kinds in GROUPS.items():
                # sudo: a membership is a fact, whoever may write the file
                facts = self.env[model].sudo()
                going_on = [("resident_id", "=", self.id), ("kind", "=", kind), *facts._going_on(today)]
                for fact in facts.search(going_on) if kind in kinds else ():
                    if date_to is None:
                        fact.action_void(self.env._("Taken off the register."))
                    else:
                        fact.date_to = max(date_to, fact.date_from or date_to)

    # === MERGING === #

    def _merge_into(self, survivor, reason):
        merge = super()._merge_into(survivor, reason)
        survivor._take_in_facts()
        return merge


class BphsResidentGroup(models.Model):
    _inherit = "bphs.resident.group"

    @api.model_create_multi
    def create(self, vals_list):
        memberships = super().create(vals_list)
        memberships.resident_id._take_in_facts()
        return memberships

    def write(self, vals):
        before = {member: (member.resident_id, member.kind) for member in self}
        result = super().write(vals)
        if {"kind", "date_to"} & set(vals):
            for member, (resident, kind) in before.items():
                if member.kind != kind:
                    resident._end_facts_off_register([(kind, None)])
                elif member.date_to:
                    resident._end_facts_off_register([(kind, member.date_to)])
            self.resident_id._take_in_facts()
        return result

    def unlink(self):
        before = [(member.resident_id, member.kind) for member in self]
        result = super().unlink()
        for resident, kind in before:
            resident._end_facts_off_register([(kind, None)])
        return result


class BphsResidentMerge(models.Model):
    _inherit = "bphs.resident.merge"

    def action_undo(self, reason=None):
        result = super().action_undo(reason)
        self.env.invalidate_all()
        both = self.survivor_id | self.merged_id
        both._match_marks(SOCIAL_MARKS)
        return result
