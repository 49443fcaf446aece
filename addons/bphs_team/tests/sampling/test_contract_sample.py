import random
from datetime import date, timedelta

from odoo import Command
from odoo.tests import tagged

from odoo.addons.bphs_base.tests.home import check_page

from ..contract_case import TODAY, ContractCase
from .drawing import Drawing


@tagged("post_install", "-at_install")
class TestContractSample(Drawing, ContractCase):
    """Contracts drawn by chance that anybody can draw again, and what people say of theirs on the telephone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["bphs.resident"].browse(
            cls.make(f"签约{at}", cls.village_a1, "19700101", 2 * at + 301, phone="13900000001").id for at in range(8)
        )
        cls.contracts = cls.sign(cls.people).with_env(cls.env)

    def sample(self, key="township_public_health_a", draw_it=True, **vals):
        unit = self.bureau if key == "primary_care_officer" else self.township_a
        sample = self.as_user(key, "bphs.contract.sample").create({"institution_id": unit.id, "size": 4, **vals})
        if draw_it:
            sample.action_draw()
        return sample

    def page(self, key):
        page = check_page(self, self.env(user=self.user[key]))
        return {row["key"]: row for row in page["waiting"]}, {card["key"]: card for card in page["cards"]}

    # === THE DRAW === #

    def test_seed_and_frame_are_kept_and_give_the_same_again(self):
        sample = self.sample()
        self.assertEqual(len(self.contracts), 8)
        again = self.check_drawn(sample, self.contracts, 4)
        self.assertEqual([str(line.contract_id.id) for line in sample.line_ids], again)

    def test_whatever_is_drawn_is_running_once_and_of_the_plan(self):
        """Property: of any plan, what comes out lies in the frame, each once, as many as were asked for."""
        others = self.make("乙", self.village_a2, "19700101", 401) | self.make("丙", self.village_a2, "19700101", 403)
        self.sign(others, date_from=date(2026, 1, 10), signed_on=date(2026, 1, 10))
        ended = self.contracts[0]
        self.as_user("team_leader_a", ended)._end("wish", TODAY, "本人要求")
        chance = random.Random(13)
        for _turn in range(12):
            village, team = chance.choice(
                ((False, False), (self.village_a1, False), (self.village_a2, False), (False, self.team_a2))
            )
            since = chance.choice((date(2026, 1, 1), TODAY))
            plan = {
                "size": chance.randint(1, 12),
                "method": chance.choice(("systematic", "random")),
                "date_from": since,
                "team_id": team and team.id,
                "division_id": village and village.id,
            }
            mine = self.Contract.search(
                [("state", "=", "running"), ("resident_id.institution_id", "child_of", self.township_a.id)]
            ).filtered(
                lambda one, since=since, village=village, team=team: (
                    one.signed_on >= since
                    and (not village or one.resident_id.division_id == village)
                    and (not team or one.team_id == team)
                )
            )
            with self.subTest(plan):
                if not mine:
                    with self.refused("no running contracts to draw from"):
                        self.sample(**plan)
                    continue
                sample = self.sample(**plan)
                drawn = sample.line_ids.contract_id
                self.assertEqual(sample.frame_size, len(mine))
                self.assertEqual(len(sample.line_ids), min(plan["size"], len(mine)))
                self.assertEqual(len(drawn), len(sample.line_ids))
                self.assertFalse(drawn - mine)
                self.assertEqual(sum(sample.unit_ids.mapped("drawn_count")), len(drawn))

    def test_days_to_come_and_named_persons_are_not_drawn(self):
        with self.refused("of days to come"):
            self.sample(date_to=TODAY + timedelta(1))
        self.people[0].group_ids = [Command.create({"kind": "smi", "date_from": TODAY})]
        sample = self.sample(size=9)
        self.assertEqual(sample.frame_size, 7)
        self.people[1].group_ids = [Command.create({"kind": "smi", "date_from": TODAY})]
        self.env.flush_all()
        sample.invalidate_recordset()
        self.assertEqual(len(sample.line_ids), 6, "hidden once they are ones")
        self.assertEqual(sample.reached_words, "0/6 0.0%", "as the list, which it stands beside")
        self.assertEqual(sample.unit_ids.drawn_count, 6)
        with self.refused("6 people have not been called yet"):
            sample.action_finish()
        named = self.as_user("primary_care_officer", sample)
        self.name_person("primary_care_officer")
        self.assertEqual(
            (named.left_count, named.unit_ids.drawn_count), (7, 7), "all that was drawn, for named persons"
        )

    # === THE CALLS === #

    def test_what_is_said_is_the_confirmation_of_the_contract(self):
        sample = self.sample()
        knows, unaware, unreached, wrong = sample.line_ids
        call = knows.action_call()
        self.assertEqual((call["url"], call["target"]), ("tel:13900000001", "self"))
        logged = self.log(knows.sudo().resident_id, kind="unmask")
        self.assertIn("Sampled call about the contract", logged.reason)
        knows.action_knows()
        contract = knows.contract_id
        self.assertEqual((contract.confirmed, contract.confirmed_way, contract.confirmed_on), ("yes", "call", TODAY))
        window = unaware.action_ask_unaware()
        dialogs = self.as_user("township_public_health_a", window["res_model"]).with_context(**window["context"])
        dialog = dialogs.create({"reason": "本人称从未签过"})
        dialog.action_confirm()
        self.assertEqual((unaware.contract_id.confirmed, unaware.outcome), ("no", "unaware"))
        unreached.action_unreached()
        unreached.action_unreached()
        wrong.action_wrong()
        self.assertEqual(sample.line_ids.mapped("outcome"), ["knows", "unaware", "unreached", "wrong"])
        self.assertEqual(sample.line_ids.mapped("tries"), [1, 1, 2, 1])
        self.assertFalse(unreached.contract_id.confirmed)
        # The rate is over those reached: who could not be asked says nothing.
        self.assertEqual((sample.reached_words, sample.knows_words), ("2/4 50.0%", "1/2 50.0%"))
        unit = sample.unit_ids
        self.assertEqual(unit.township_id, self.township_a)
        self.assertEqual((unit.knows_count, unit.unaware_count, unit.knows_words), (1, 1, "1/2 50.0%"))
        # Pressed twice it is entered once; and what was said does not become an empty line.
        knows.action_knows()
        self.assertEqual(knows.tries, 1)
        with self.refused("What the person said stands"):
            knows.action_unreached()
        sample.action_finish()
        with self.refused("was drawn and stays"):
            unreached.action_knows()

    def test_all_are_called_before_it_ends(self):
        sample = self.sample()
        with self.refused("4 people have not been called yet"):
            sample.action_finish()

    def test_who_signed_somebody_does_not_ask_them(self):
        own = self.make("自签", self.village_a1, "19700101", 501)
        self.sign(own, key="township_public_health_a")
        line = self.sample(size=9).line_ids.filtered(lambda line: line.resident_id == own)
        self.assertFalse(line.may_ask)
        for step in ("action_knows", "action_unreached", "action_wrong", "action_ask_unaware", "action_call"):
            with self.denied("does not ask them as well"):
                getattr(line, step)()
        # On the contract itself it is entered all the same, and answers no sample.
        self.as_user("township_public_health_a", line.contract_id).action_confirm_call()
        self.assertFalse(line.outcome)

    def test_what_a_township_hears_does_not_answer_the_county(self):
        county = self.sample("primary_care_officer", size=9)
        own = self.sample(size=9)
        own.line_ids[0].action_knows()
        lines = self.env["bphs.contract.sample.line"].search([("contract_id", "=", own.line_ids[0].contract_id.id)])
        self.assertEqual(lines.filtered(lambda one: one.sample_id == county).mapped("outcome"), [False])

    def test_who_must_search_calls_one_by_one(self):
        sample = self.sample("primary_care_officer", size=2)
        lines = self.as_user("primary_care_officer", "bphs.contract.sample.line")
        self.assertFalse(lines.search([]), "masked even from whoever drew them")
        line = lines.browse(sample.action_call_next()["res_id"])
        self.assertEqual(lines.search([]), line)
        opened = self.log(line.sudo().resident_id, kind="open", user_id=self.user["primary_care_officer"].id)
        self.assertIn("Sampled call about the contract", opened[0].reason)
        line.action_knows()
        self.assertEqual((sample.left_count, sample.knows_words), (1, "1/1 100.0%"))
        last = lines.browse(sample.action_call_next()["res_id"])
        last.action_wrong()
        with self.refused("All that are yours to call were called"):
            sample.action_call_next()

    # === WHO SEES IT === #

    def test_scope_and_roles(self):
        sample = self.sample()
        self.assertFalse(self.as_user("township_public_health_b", "bphs.contract.sample").search([]))
        self.assertFalse(self.as_user("township_public_health_b", "bphs.contract.sample.line").search([]))
        line = sample.line_ids[0]
        for key in ("village_doctor_a1", "team_leader_a"):
            with self.no_right("read", "bphs.contract.sample"):
                self.as_user(key, sample).read(["seed"])
            with self.no_right("read", "bphs.contract.sample.line"):
                self.as_user(key, line).action_knows()
        with self.denied("by the township and the section"):
            self.as_user("auditor", line.with_user(self.user["auditor"])).action_unreached()
        with self.no_right("write", "bphs.contract.sample.line"):
            line.outcome = "knows"

    def test_signed_without_knowing_is_an_exception_with_its_list(self):
        sample = self.sample(size=1)
        sample.line_ids.contract_id.action_deny("本人称从未签过")
        card = self.page("township_director_a")[1]["contracts"]
        line = next(one for one in card["lines"] if one["label"] == "Say they did not sign")
        self.assertEqual(line["figure"], "1")
        # The section sees teams, and not people.
        card = self.page("primary_care_officer")[1]["contracts"]
        line = next(one for one in card["lines"] if one["label"] == "Teams with people who say they did not sign")
        self.assertEqual(line["figure"], "1")
        teams = self.as_user("primary_care_officer", "bphs.team").search([("has_unaware", "=", True)])
        self.assertEqual((teams, teams.unaware_count), (self.team_a1, 1))
        self.assertEqual(self.page("township_public_health_a")[0]["contract_sample"]["count"], 1)
        self.people.filtered(lambda one: one == sample.sudo().line_ids.resident_id).group_ids = [
            Command.create({"kind": "tb", "date_from": TODAY})
        ]
        self.env.flush_all()
        self.assertFalse(self.as_user("primary_care_officer", "bphs.team").search([("has_unaware", "=", True)]))


@tagged("post_install", "-at_install")
class TestContractTerm(ContractCase):
    """How long contracts are is the county's to say, from a day on."""

    def rule(self, day, shortest, longest, usual, key="primary_care_officer"):
        return self.as_user(key, "bphs.contract.term").create(
            {"date_from": day, "shortest": shortest, "longest": longest, "usual": usual}
        )

    def test_from_its_day_on(self):
        later = date(2026, 4, 1)
        self.rule(later, 6, 36, 24)
        with self.refused("A term is of 12 to 60 months"):
            self.sign(self.zhang, months=6)
        with self.refused("A term is of 6 to 36 months"):
            self.sign(self.zhang, months=48, signed_on=TODAY, date_from=later)
        self.assertEqual(self.sign(self.zhang, months=6, signed_on=TODAY, date_from=later).months, 6)
        term = self.env["bphs.contract.term"]
        self.assertEqual((term._on(later).usual, term._on(TODAY).usual, term._on(date(1999, 1, 1)).usual), (24, 12, 12))

    def test_what_is_in_force_is_not_changed(self):
        first = self.env.ref("bphs_team.contract_term").with_user(self.user["primary_care_officer"])
        for step in (lambda: first.write({"longest": 36}), first.unlink, lambda: self.rule(TODAY, 12, 36, 12)):
            with self.refused("Add a row from a later day"):
                step()
        with self.no_right("create", "bphs.contract.term"):
            self.rule(date(2026, 5, 1), 12, 36, 12, key="township_director_a")

    def test_what_is_renewed_into_another_rule_is_told_first(self):
        contract = self.sign(self.zhang, date_from=date(2025, 4, 1))
        self.rule(date(2026, 3, 20), 24, 60, 24)
        action = self.as_user("team_leader_a", contract).action_renew_many()
        bulk = self.as_user("team_leader_a", "bphs.contract.bulk").with_context(**action["context"]).create({})
        self.assertEqual(bulk.count, 0)
        self.assertIn("say another term", bulk.exceptions)
        bulk.months = 24
        self.assertEqual((bulk.count, bulk.exceptions), (1, False))
        bulk.action_do()
        self.assertEqual(self.Contract.search([("renewed_from_id", "=", contract.id)]).months, 24)
