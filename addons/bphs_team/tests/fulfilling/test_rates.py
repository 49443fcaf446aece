import random
from datetime import date, timedelta
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.fulfilling.bphs_contract_rates import Count
from ...tools.promises import instances, kept_by
from ...tools.terms import Term, is_renewed, run_start
from ..contract_case import TODAY, ContractCase

YEAR = (date(2026, 1, 1), TODAY)


@tagged("post_install", "-at_install")
class TestRates(ContractCase):
    def rate(self, rate, by="county", first=YEAR[0], last=TODAY, key="team_leader_a"):
        counts = self.as_user(key, "bphs.contract")._rate(rate, by, first, last)
        return {(count.key, count.group): (count.counted, count.over) for count in counts}

    def one(self, rate, **of):
        return self.rate(rate, **of).get((None, None), (0, 0))

    # === SERVICES AND WHAT THEY KEEP === #

    def test_saved_twice_is_one_link(self):
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        record = self.serve(self.zhang, date(2026, 2, 1))
        links = self.env["bphs.service.link"]
        self.assertEqual(links.search([("contract_id", "=", contract.id)]).item_id.name, "血压随访")
        links._link_records(record)
        links._link_contracts(contract)
        self.assertEqual(links.search_count([("contract_id", "=", contract.id)]), 1)
        with mute_logger("odoo.sql_db"), self.refused("bphs_service_record_once_a_day", kind=UniqueViolation):
            self.serve(self.zhang, date(2026, 2, 1))
        self.assertEqual(self.one("item"), (0, 1), "due so far is the examination alone")
        self.assertEqual(self.one("item", last=TODAY + timedelta(30)), (1, 2))

    def test_a_void_service_keeps_nothing(self):
        self.sign(self.zhang, date_from=date(2026, 1, 1))
        record = self.serve(self.zhang, date(2026, 2, 1), kind="management")
        self.assertEqual(self.one("item"), (1, 1))
        self.assertEqual(self.one("person"), (1, 1))
        with self.refused("Say why"):
            self.as_user("team_leader_a", record).action_void("")
        self.as_user("team_leader_a", record).action_void("录错了人")
        self.assertEqual(self.one("item"), (0, 1))
        with self.refused("a void service stays as it is"):
            self.as_user("village_doctor_a1", record).note = "改"

    def test_a_service_given_before_the_signing_was_entered(self):
        self.serve(self.zhang, date(2026, 1, 20), kind="management")
        self.serve(self.zhang, date(2025, 12, 20), kind="management")
        self.sign(self.zhang, date_from=date(2026, 1, 1))
        self.assertEqual(self.one("item"), (1, 1), "within the term it counts, before it does not")

    def test_what_a_service_is_of(self):
        self.sign(self.zhang, date_from=date(2026, 1, 1))
        for words, day in (("this day is to come", TODAY + timedelta(1)), ("before the birth", date(1940, 1, 1))):
            with self.subTest(words), self.refused(words):
                self.serve(self.zhang, day)
        record = self.serve(self.zhang, TODAY)
        with self.refused("Make it void"):
            record.sudo().unlink()
        with self.denied("not within your scope"):
            self.serve(self.zhang_b, TODAY)
        self.assertEqual(self.zhang.last_service_on, TODAY)

    def test_promised_and_kept_of_one_contract(self):
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        self.serve(self.zhang, date(2026, 2, 1))
        rows = self.as_user("team_leader_a", contract)._promise_rows()[contract.id]
        self.assertEqual(
            [(row["name"], row["due"], row["kept"]) for row in rows[:2]],
            [("年度体检", date(2026, 2, 26), None), ("血压随访", date(2026, 3, 31), date(2026, 2, 1))],
        )
        self.assertIn("年度体检", contract.promise_lines)

    # === RATES === #

    def test_signed_and_never_served_are_two_figures(self):
        self.sign(self.zhang | self.wang, date_from=date(2025, 11, 1))
        self.assertEqual(self.one("signed"), (2, 2))
        self.assertEqual(self.one("never"), (2, 2))
        self.serve(self.zhang, date(2026, 1, 5), kind="care")
        self.serve(self.wang, date(2026, 1, 5), kind="signing")
        self.assertEqual(self.one("never"), (1, 2), "signing is no service")
        found = self.as_user("team_leader_a", "bphs.contract").search([("never_served", "=", True)])
        self.assertEqual(found.resident_id, self.wang)

    def test_a_renewal_does_not_make_served_again(self):
        """Never served looks over the run of renewed contracts: signed a year ago, renewed a week ago."""
        self.sign(self.zhang | self.wang, date_from=date(2025, 3, 3))
        self.Contract._cron_expire()
        self.sign(self.zhang | self.wang, date_from=date(2026, 3, 3))
        self.assertEqual(self.one("never"), (2, 2), "the new term is a week old, the promise a year")
        self.serve(self.zhang, date(2025, 6, 1), kind="care")
        self.assertEqual(self.one("never"), (1, 2), "served in the term before")
        self.assertEqual(self.one("never", last=date(2025, 5, 1)), (0, 0), "of that day")

    def test_key_groups(self):
        groups = self.env["bphs.resident.group"]
        for resident in (self.zhang, self.wang):
            groups.create({"resident_id": resident.id, "kind": "hypertension", "date_from": "2025-01-01"})
        groups.create(
            {"resident_id": self.li.id, "kind": "hypertension", "date_from": "2024-01-01", "date_to": "2025-01-01"}
        )
        self.sign(self.zhang)
        self.assertEqual(self.rate("group"), {(None, "hypertension"): (1, 2)})

    def test_renewed_within_sixty_days(self):
        contracts = self.sign(self.zhang | self.wang, date_from=date(2025, 1, 10))
        self.env["bphs.contract"]._cron_expire()
        self.assertEqual(self.one("renewed"), (0, 2))
        self.sign(self.zhang, date_from=date(2026, 3, 10))
        self.assertEqual(self.one("renewed"), (1, 2))
        self.assertEqual(self.one("renewed", first=date(2026, 2, 1)), (0, 0))
        self.assertEqual(set(contracts.mapped("state")), {"ended"})

    def test_death_leaves_the_denominators_and_a_wish_does_not(self):
        contracts = self.sign(self.zhang | self.wang, date_from=date(2026, 1, 1))
        self.assertEqual(self.one("item"), (0, 2))
        contracts[1].sudo()._end("wish", date(2026, 2, 1), "不再需要")
        self.assertEqual(self.one("item"), (0, 2))
        contracts[0].resident_id.sudo()._move("died", date(2026, 2, 10), evidence="死亡证明 3")
        self.assertEqual(self.one("item"), (0, 1))
        self.assertEqual(self.one("signed"), (0, 0))

    def test_every_figure_is_its_list(self):
        self.sign(self.zhang | self.wang | self.li, date_from=date(2025, 11, 1))
        self.serve(self.zhang, date(2025, 12, 1), kind="management")
        self.serve(self.zhang, date(2026, 1, 5))
        leader = self.as_user("team_leader_a", "bphs.contract.rates")
        for by in ("county", "township", "institution", "village", "team"):
            page = leader.create({"date_from": date(2025, 11, 1), "date_to": TODAY, "by_what": by})
            page.action_show()
            self.assertTrue(page.line_ids)
            for line in page.line_ids.filtered(lambda one: one.rate != "item"):
                action = line.action_counted()
                found = self.as_user("team_leader_a", "bphs.contract").search(action["domain"])
                self.assertEqual(len(found), line.counted, f"{by} {line.rate} {line.name}")
        persons = page.line_ids.filtered(lambda one: one.rate == "person").sorted("name")
        self.assertEqual(persons.mapped(lambda one: (one.counted, one.over)), [(1, 2), (0, 1)])
        for wrong in ("", "x|y", "item|open|county|0||2026-01-01|nie", "item|open|nowhere|0||2026-01-01|2026-02-01"):
            self.assertFalse(self.env["bphs.contract"].search([("rate_list", "=", wrong)]))

    def test_the_bases_have_names(self):
        self.sign(self.zhang, date_from=date(2026, 1, 1))
        population = self.env["bphs.population"].create(
            {"name": "签约人口", "basis": "signing", "division_id": self.division_a.id, "number": 4,
             "source": "卫健局", "date": "2026-01-01"}
        )  # fmt: skip
        population.sudo()._write_state({"state": "approved"})
        told = self.as_user("team_leader_a", "bphs.contract")._told_rates("township", *YEAR)
        signed = next(one for one in told if one["rate"] == "signed")
        self.assertEqual((signed["counted"], signed["over"], signed["shown"]), (1, 4, "25.00%"))
        self.assertIn("签约人口", signed["base"])
        by_team = self.as_user("team_leader_a", "bphs.contract")._told_rates("team", *YEAR, rates=["signed"])
        self.assertEqual([(one["counted"], one["over"]) for one in by_team], [(1, 2)])

    def test_the_rate_of_the_notice(self):
        """248,859 signed of 271,000: 91.83 % where it is rounded, 91.82 % where it is cut off."""
        population = self.env["bphs.population"].create(
            {"name": "签约人口", "basis": "signing", "division_id": self.county.id, "number": 271000,
             "source": "卫健局", "date": "2026-01-01"}
        )  # fmt: skip
        population.sudo()._write_state({"state": "approved"})
        signed = population._rate(248859)
        self.assertEqual((signed.shown(), signed.shown(2, "truncate"), signed.alert), ("91.83%", "91.82%", ""))
        # The same on the page of rates and in the months, each beside the other.
        page = self.as_user("primary_care_officer", "bphs.contract.rates").create(
            {"date_from": YEAR[0], "date_to": TODAY, "by_what": "county"}
        )
        counted = [Count(None, None, 248859, 248859)]
        with patch.object(self.env.registry["bphs.contract"], "_rates", lambda *_of: {"signed": counted}):
            page.action_show()
            self.env["bphs.contract.figure"]._fix(date(2026, 2, 1))
        line = page.line_ids
        self.assertEqual((line.counted, line.over, line.shown, line.alert), (248859, 271000, "91.83%", ""))
        self.assertEqual(line.cut, "91.82%")
        self.assertIn("签约人口 271,000", line.base)
        figure = self.env["bphs.contract.figure"].search([("month", "=", "2026-02-01"), ("by_what", "=", "county")])
        self.assertEqual((figure.counted, figure.over, figure.shown), (248859, 271000, "91.83%"))
        self.assertEqual(figure.cut, "91.82%")

    def test_a_month_is_fixed_and_stays(self):
        self.sign(self.zhang, date_from=date(2026, 1, 1))
        figures = self.env["bphs.contract.figure"]
        figures._cron_fix()
        of = [("by_what", "=", "team"), ("rate", "=", "item"), ("month", "=", "2026-02-01")]
        self.assertEqual([(one.counted, one.over, one.shown) for one in figures.search(of)], [(0, 1, "0.00%")])
        self.serve(self.zhang, date(2026, 2, 20), kind="management")
        figures._fix(date(2026, 2, 1))
        self.assertEqual([(one.counted, one.over) for one in figures.search(of)], [(0, 1)], "told is told")
        self.assertEqual(self.one("item", first=date(2026, 2, 1), last=date(2026, 2, 28)), (1, 1))

    # === THE STATEMENTS ARE THE RULES === #

    def test_county_statements_say_what_the_rules_say(self):
        """Histories by chance: every rate as SQL reckons it is that of the rules, and no part exceeds its whole."""
        chance = random.Random(7)  # noqa: S311 no secret hangs on it
        people = self.zhang | self.wang | self.li
        people |= self.make("赵一", self.village_a1, "19600101", 11)
        start = date(2024, 1, 1)
        package = self.make_package("OLD", "旧基础包", date_from="2023-01-01")
        extra = self.make_package("X", "个性化包", date_from="2023-01-01")
        for resident in people:
            day = start + timedelta(chance.randrange(200))
            for __ in range(3):
                if day > TODAY:
                    break
                terms = {"months": chance.choice((12, 18)), "extras": chance.choice((package.browse(), extra))}
                contract = self.sign(resident, date_from=day, package=package, team=self.team_a1, **terms)
                reason = chance.choice(("wish", "moved", "changed", None, None))
                if reason:
                    ended = min(contract.date_to, day + timedelta(chance.randrange(300)))
                    contract.sudo()._write_state({"state": "ended", "end_reason": reason, "until": ended})
                day = contract.until + timedelta(chance.choice((0, 0, 30, 61)))
            for __ in range(chance.randrange(9)):
                served = start + timedelta(chance.randrange((TODAY - start).days))
                kind = chance.choice(("monitoring", "management"))
                if not self.env["bphs.service.record"].search_count(
                    [("resident_id", "=", resident.id), ("date", "=", served), ("kind", "=", kind)]
                ):
                    self.serve(resident, served, kind=kind, key="team_leader_a")
        for __ in range(12):
            first = start + timedelta(chance.randrange(700))
            last = min(TODAY, first + timedelta(chance.randrange(400)))
            with self.subTest(first=first, last=last):
                expected = self.reckoned(people, first, last)
                for rate, (counted, over) in expected.items():
                    self.assertEqual(self.one(rate, first=first, last=last), (counted, over), rate)
                    self.assertLessEqual(counted, over)

    def reckoned(self, people, first, last):
        """The rates as `tools` reckons them, contract by contract."""
        item, renewed, persons, never = [0, 0], [0, 0], {}, [0, 0]
        for contract in self.Contract.search([("resident_id", "in", people.ids)]):
            term = self.term(contract)
            others = self.Contract.search(
                [("resident_id", "=", contract.resident_id.id), ("id", "!=", contract.id)]
            ).filtered(lambda one: one.until > one.date_from)
            if term.in_force(last):
                since = run_start(term, map(self.term, others))
                never[1] += since < last - timedelta(90)
                never[0] += since < last - timedelta(90) and not self.served(contract, since, last)
            if term.term_ended_in(first, last):
                renewed[1] += 1
                renewed[0] += is_renewed(term.planned, others.mapped("date_from"))
            due, kept = self.promised(contract, term, first, last)
            item[0] += kept
            item[1] += due
            sums = persons.setdefault(contract.resident_id.id, [0, 0])
            sums[0] += kept
            sums[1] += due
        over = [sums for sums in persons.values() if sums[1]]
        return {
            "item": tuple(item),
            "renewed": tuple(renewed),
            "never": tuple(never),
            "person": (sum(kept == due for kept, due in over), len(over)),
        }

    def term(self, contract):
        planned = contract.date_to + timedelta(1)
        return Term(contract.date_from, planned, contract.until, contract.end_reason or None)

    def served(self, contract, first, last):
        given = [("resident_id", "=", contract.resident_id.id), ("date", ">=", first), ("date", "<=", last)]
        return self.env["bphs.service.record"].search_count([*given, ("kind", "!=", "signing")])

    def promised(self, contract, term, first, last):
        due = kept = 0
        for item in (contract.package_id | contract.extra_ids).item_ids:
            promised = instances(item._rule(), term.date_from, term.planned)
            served = [
                fields.Date.to_date(day)
                for (day,) in self.env.execute_query(
                    SQL(
                        "SELECT date FROM bphs_service_record WHERE resident_id = %s AND kind = %s"
                        " AND state = 'recorded' AND date >= %s AND date < %s",
                        contract.resident_id.id,
                        item.record_kind,
                        term.date_from,
                        term.until,
                    )
                )
            ]
            for instance, done in zip(promised, kept_by(promised, served, last), strict=True):
                if first <= instance.due <= last and instance.due < term.counted_until:
                    due += 1
                    kept += done
        return due, kept
