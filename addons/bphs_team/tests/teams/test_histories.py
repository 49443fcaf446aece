import random
from collections import Counter
from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.contracting.bphs_contract_signing import Signing
from ..contract_case import ContractCase

BEGIN, DAYS = date(2025, 1, 1), 900


class NothingToDoError(UserError):
    """What was tried found nobody."""

    def __init__(self):
        super().__init__("")


@tagged("post_install", "-at_install")
class TestHistories(ContractCase):
    """Whatever is done in whatever order: on any day a village has one team at most, a resident one contract."""

    def setUp(self):
        super().setUp()
        self.chance = random.Random(20260310)  # noqa: S311 no secret hangs on it
        today = type(self).today
        self.addCleanup(setattr, type(self), "today", today)

    def some_day(self, spread=DAYS):
        return BEGIN + timedelta(self.chance.randrange(spread))

    def tried(self, deed):
        """Do it, or be refused; either leaves a county that keeps the rules."""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                deed()
                self.env.flush_all()
        except UserError:
            self.env.invalidate_all()
            return False
        return True

    # === VILLAGES === #

    def holders(self, village, day):
        return [
            team for division, team in self.env.execute_query(self.Team._villages_on(day)) if division == village.id
        ]

    def test_a_village_has_one_team_on_any_day(self):
        villages = self.village_a1 | self.village_a2
        teams = self.team_a1 | self.team_a2 | self.team("A3", "甲镇三队", self.township_a)
        done, last = Counter(), dict.fromkeys(villages, BEGIN)
        for __ in range(120):
            village = self.chance.choice(villages)
            # Mostly onwards: what lies before a later giving is refused.
            day = last[village] + timedelta(self.chance.randrange(-10, 20))
            team = self.chance.choice([*teams, self.Team])
            seen = self.Team.browse(self.holders(village, day))
            # Every third time somebody has decided on what they saw an hour ago.
            believed = seen if self.chance.randrange(3) else self.chance.choice([*teams, self.Team])
            if self.tried(
                lambda team=team, village=village, day=day, seen=believed: team._take_village(village, day, seen)
            ):
                done["given"] += 1
                last[village] = day
                self.assertEqual(self.holders(village, day), team.ids)
                self.assertEqual(believed, seen)
            else:
                done["refused"] += 1
                self.assertEqual(self.Team.browse(self.holders(village, day)), seen)
            for probe in [day - timedelta(1), day, *(self.some_day() for __ in range(5))]:
                self.assertLessEqual(len(self.holders(village, probe)), 1)
                then = self.holders(self.village_a1, probe)
                self.assertEqual(self.zhang._team_on(probe).get(self.zhang.id), then[0] if then else None)
        self.assertGreater(min(done["given"], done["refused"]), 10, done)

    def test_a_proposal_loses_no_village(self):
        villages = self.village_a1 | self.village_a2
        balances = self.as_user("team_leader_a", "bphs.team.balance").with_context(
            default_institution_id=self.township_a.id
        )
        accepted = 0
        for __ in range(25):
            for village in villages:
                team, day = self.chance.choice([self.team_a1, self.team_a2, self.Team]), self.today
                seen = self.Team.browse(self.holders(village, day))
                self.tried(
                    lambda team=team, village=village, day=day, seen=seen: team._take_village(village, day, seen)
                )
            held = {village: self.holders(village, self.today) for village in villages}
            dialog = balances.create(balances.default_get(["institution_id", "line_ids"]))
            proposed = dialog.line_ids.mapped("division_id")
            self.assertLessEqual(proposed, villages)
            free = self.env["bphs.division"].union(*(village for village in villages if not held[village]))
            self.assertLessEqual(free, proposed, "who has nobody is proposed to somebody")
            for line in dialog.line_ids:
                line.chosen = self.chance.randrange(4) > 0
            chosen = {line.division_id: line.team_id for line in dialog.line_ids.filtered("chosen")}
            if not chosen:
                continue
            dialog.action_accept()
            accepted += 1
            for village in villages:
                team = chosen[village].ids if village in chosen else held[village]
                self.assertEqual(self.holders(village, self.today), team)
        self.assertGreater(accepted, 5)

    # === CONTRACTS === #

    def test_a_resident_has_one_contract_on_any_day(self):
        people = self.zhang | self.wang | self.make("赵一", self.village_a1, "19600101", 11)
        self.make_package("OLD", "旧基础包", date_from="2020-01-01")
        done = Counter()
        type(self).today = BEGIN
        for __ in range(150):
            type(self).today += timedelta(self.chance.randrange(25))
            self.Contract._cron_expire()
            deed = self.chance.choice(("sign", "sign", "renew", "end", "change", "village", "refuse"))
            done[deed] += self.tried(lambda deed=deed: getattr(self, f"do_{deed}")(self.chance.choice(people)))
            self.env.flush_all()
            twice = self.env.execute_query(
                SQL(
                    "SELECT a.id, b.id FROM bphs_contract a JOIN bphs_contract b ON a.resident_id = b.resident_id"
                    " AND a.id < b.id AND a.state <> 'refused' AND b.state <> 'refused'"
                    " AND daterange(a.date_from, a.until, '[)') && daterange(b.date_from, b.until, '[)')"
                )
            )
            self.assertFalse(twice)
            for resident in people:
                on = self.Contract._in_force_on(self.some_day(1200)) & Domain("resident_id", "=", resident.id)
                self.assertLessEqual(self.Contract.search_count(on), 1)
        self.assertEqual(
            set(+done), {"sign", "renew", "end", "change", "village", "refuse"}, "each was done at least once"
        )

    def terms(self, **vals):
        day = max(BEGIN, self.today - timedelta(self.chance.randrange(40)))
        return Signing(
            package=self.package, extras=self.package.browse(), signed_on=day, date_from=day,
            months=self.chance.choice((12, 13, 24)), source="home", worker=self.env["bphs.worker"], **vals,
        )  # fmt: skip

    def as_signer(self):
        return self.as_user(self.chance.choice(("team_leader_a", "village_doctor_a1")), "bphs.contract")

    def of(self, resident, *states):
        return self.as_signer().search([("resident_id", "=", resident.id), ("state", "in", states)], limit=1)

    def do_sign(self, resident):
        if not self.as_signer()._sign(Domain("id", "=", resident.id), self.terms()):
            raise NothingToDoError

    def do_renew(self, resident):
        if not self.as_signer()._renew(Domain("resident_id", "=", resident.id)):
            raise NothingToDoError

    def do_end(self, resident):
        contract = self._found(self.of(resident, "running", "renewed"))
        contract.action_end("wish", self.today - timedelta(self.chance.randrange(60)), "不再需要")

    def do_change(self, resident):
        contract = self._found(self.of(resident, "running"))
        team = (self.team_a1 | self.team_a2) - contract.team_id
        contract._change(self.terms(team=team))

    def do_village(self, resident):
        team = self.chance.choice((self.team_a1, self.team_a2))
        team._take_village(self.village_a1, self.today, self.Team.browse(self.holders(self.village_a1, self.today)))

    def do_refuse(self, resident):
        contract = self._found(self.of(resident, "review"))
        deed = self.as_user("township_public_health_a", contract)
        deed.action_accept() if self.chance.randrange(2) else deed.action_refuse("照片看不清")

    def _found(self, contract):
        if not contract:
            raise NothingToDoError
        return contract
