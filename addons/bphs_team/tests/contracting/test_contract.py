from datetime import date
from unittest.mock import patch

from psycopg2.errors import ExclusionViolation

from odoo import Command
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..contract_case import TODAY, ContractCase

# A picture of one point.
PHOTO = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestContract(ContractCase):
    # === SIGNING === #

    def test_a_household_signs_in_one_action(self):
        action = self.as_user("village_doctor_a1", self.zhang).action_sign()
        dialog = self.as_user("village_doctor_a1", "bphs.contract.sign").browse(action["res_id"])
        self.assertEqual(dialog.line_ids.resident_id, self.zhang | self.wang)
        self.assertEqual((dialog.team_id, dialog.package_id, dialog.months), (self.team_a1, self.package, 12))
        # The hospital's doctors are not the clinic's to name.
        for worker in (self.gp_a, self.worker_a1):
            self.env["bphs.team.member"].create(
                {"team_id": self.team_a1.id, "worker_id": worker.id, "role": "gp", "date_from": "2025-01-01"}
            )
        dialog.invalidate_recordset()
        self.assertEqual(dialog.team_worker_ids, self.worker_a1)
        dialog.action_sign()
        signed = self.Contract.search([("resident_id", "in", (self.zhang | self.wang).ids)])
        self.assertEqual(len(signed), 2)
        # A clinic's doctor signs; the team leader accepts, and not who signed.
        self.assertEqual(set(signed.mapped("state")), {"review"})
        with self.denied("accepted by the team leader"):
            self.as_user("village_doctor_a1", signed).action_accept()
        self.as_user("team_leader_a", signed).action_accept()
        self.assertEqual(set(signed.mapped("state")), {"running"})
        self.assertEqual(signed[0].date_to, date(2027, 3, 9))
        self.assertTrue(self.zhang.signed)
        self.assertEqual(self.as_user("team_leader_a", "bphs.resident").search([("signed", "=", True)]),
                         self.zhang | self.wang)  # fmt: skip

    def test_signed_for_years_with_the_photo_of_the_paper(self):
        action = self.as_user("team_leader_a", self.zhang).action_sign()
        dialog = self.as_user("team_leader_a", "bphs.contract.sign").browse(action["res_id"])
        dialog.write({"months": 36, "photo": PHOTO, "photo_name": "协议.png"})
        dialog.action_sign()
        contracts = self.as_user("team_leader_a", "bphs.contract").search([("team_id", "=", self.team_a1.id)])
        self.assertEqual(contracts.resident_id, self.zhang | self.wang)
        for contract in contracts:
            self.assertEqual((contract.months, contract.date_to), (36, date(2029, 3, 9)))
            self.assertEqual((contract.photo, contract.photo_name), (PHOTO, "协议.png"))

    def test_a_package_says_its_usual_term(self):
        self.package.sudo()._write_state({"months": 24})
        dialog = self.as_user("team_leader_a", "bphs.contract.sign").browse(
            self.as_user("team_leader_a", self.zhang).action_sign()["res_id"]
        )
        self.assertEqual(dialog.months, 24)

    def test_who_has_a_contract_is_not_signed_again(self):
        self.sign(self.zhang)
        action = self.as_user("team_leader_a", self.wang).action_sign()
        dialog = self.as_user("team_leader_a", "bphs.contract.sign").browse(action["res_id"])
        self.assertEqual(dialog.line_ids.filtered("chosen").resident_id, self.wang)
        dialog.line_ids.chosen = True
        with self.refused("has a contract already"):
            dialog.action_sign()
        dialog.line_ids.chosen = False
        with self.refused("Tick who signs"):
            dialog.action_sign()

    def test_the_database_holds_it(self):
        contract = self.sign(self.zhang)
        with mute_logger("odoo.sql_db"), self.refused("bphs_contract_one_at_a_time", kind=ExclusionViolation):
            self.env.cr.execute(
                "INSERT INTO bphs_contract (resident_id, team_id, package_id, signed_on, date_from, months, date_to,"
                " until, state, source) SELECT resident_id, team_id, package_id, signed_on, date_from, months, date_to,"
                " until, 'running', 'desk' FROM bphs_contract WHERE id = %s",
                [contract.id],
            )

    def test_what_cannot_be_signed(self):
        draft = self.make_package("DRAFT", "草稿包", publish=False)
        for words, vals in (
            ("A term is of 12 to 60 months", {"months": 11}),
            ("lies in the future", {"signed_on": date(2026, 3, 11), "date_from": date(2026, 3, 11)}),
            ("before it is signed", {"signed_on": TODAY, "date_from": date(2026, 3, 1)}),
            ("is not signed on", {"package": draft}),
            ("is not in the team", {"team": self.team_a1, "worker": self.gp_a}),
        ):
            with self.subTest(words), self.refused(words):
                self.sign(self.zhang, **vals)
        with self.denied("signed and ended by those who sign people"):
            self.sign(self.zhang, key="auditor")
        with self.refused("signed by “Sign”"):
            self.Contract.create({"resident_id": self.zhang.id})

    def test_nobody_signs_whom_they_may_not_see(self):
        self.assertFalse(self.sign(self.zhang_b, key="team_leader_a"))
        self.assertTrue(self.sign(self.zhang_b, key="team_leader_b"))

    # === RENEWING === #

    def test_renewed_without_overlap(self):
        contract = self.sign(self.zhang, date_from=date(2025, 4, 1))
        self.as_user("team_leader_a", contract).action_renew()
        after = self.Contract.search([("renewed_from_id", "=", contract.id)])
        self.assertEqual((contract.state, after.state, after.date_from), ("renewed", "running", date(2026, 4, 1)))
        self.assertEqual(after.date_to, date(2027, 3, 31))
        with self.refused("this step does not apply"):
            self.as_user("team_leader_a", contract).action_renew()

    def test_who_was_signed_with_their_village_goes_on_with_its_team(self):
        """The village has gone to another team: the renewal is proposed with that one, and says so."""
        zhang = self.sign(self.zhang, date_from=date(2025, 4, 1))
        # Chose another team than that of the village, and stays with it.
        wang = self.sign(self.wang, date_from=date(2025, 4, 1), team=self.team_a2)
        self.team_a2._take_village(self.village_a1, date(2026, 3, 10), seen=self.team_a1)
        leader = self.as_user("team_leader_a", "bphs.contract")
        action = leader.browse(zhang.id).action_renew()
        self.assertEqual(zhang.state, "running", "proposed, not done")
        dialog = self.as_user("team_leader_a", "bphs.contract.bulk").with_context(**action["context"]).create({})
        self.assertEqual(dialog.count, 1)
        self.assertIn("goes on with 甲镇二队, which answers for the village then（1）：张三丰", dialog.exceptions)
        dialog.action_do()
        leader.browse(wang.id).action_renew()
        after = self.Contract.search([("renewed_from_id", "in", (zhang | wang).ids)])
        self.assertEqual(after.mapped("team_id"), self.team_a2)
        self.assertEqual(len(after), 2)

    def test_a_village_is_renewed_with_its_exceptions(self):
        contracts = self.sign(self.zhang | self.wang, date_from=date(2025, 4, 1))
        self.env["bphs.resident"].browse(self.wang.id).sudo()._move("died", date(2026, 3, 1), evidence="死亡证明 1")
        dialog = self.as_user("team_leader_a", "bphs.contract.bulk").create(
            {"deed": "renew", "division_id": self.village_a1.id}
        )
        self.assertEqual((dialog.count, dialog.exceptions), (1, False))
        dialog.contract_ids = contracts
        self.assertEqual(dialog.count, 1)
        self.assertIn("王小明", dialog.exceptions)
        dialog.action_do()
        self.assertEqual(self.Contract.search_count([("renewed_from_id", "in", contracts.ids)]), 1)
        with self.refused("nobody to sign"):
            dialog.action_do()

    def test_a_village_is_signed(self):
        dialog = self.as_user("team_leader_a", "bphs.contract.bulk").create(
            {"deed": "sign", "division_id": self.village_a1.id, "package_id": self.package.id}
        )
        self.sign(self.zhang)
        dialog.invalidate_recordset()
        self.assertEqual(dialog.count, 1)
        self.assertIn("has a contract already（1）：张三丰", dialog.exceptions)
        dialog.action_do()
        signed = self.Contract.search([("resident_id", "=", self.wang.id)])
        self.assertEqual((signed.team_id, signed.state), (self.team_a1, "running"))

    def test_refused_renewal_leaves_what_was(self):
        contract = self.sign(self.zhang, date_from=date(2025, 4, 1))
        self.as_user("village_doctor_a1", "bphs.contract")._renew(Domain("id", "=", contract.id))
        after = self.Contract.search([("renewed_from_id", "=", contract.id)])
        self.assertEqual((contract.state, after.state), ("renewed", "review"))
        with self.refused("Say why"):
            self.as_user("team_leader_a", after).action_refuse(" ")
        self.as_user("team_leader_a", after).action_refuse("照片看不清")
        self.assertEqual((contract.state, after.state), ("running", "refused"))

    # === ENDS === #

    def test_ends_are_typed(self):
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        leader = self.as_user("team_leader_a", contract)
        for words, reason, day, note in (
            ("Say why the contract ends", "changed", TODAY, "x"),
            ("Say why", "wish", TODAY, ""),
            ("lies in the future", "wish", date(2026, 3, 11), "不再需要"),
        ):
            with self.subTest(words), self.refused(words):
                leader.action_end(reason, day, note)
        leader.action_end("wish", date(2026, 3, 1), "不再需要")
        self.assertEqual((contract.state, contract.end_reason, contract.until), ("ended", "wish", date(2026, 3, 1)))
        self.assertTrue(self.sign(self.zhang, date_from=date(2026, 3, 1), signed_on=date(2026, 3, 1)))

    def test_changing_the_team_leaves_no_gap_and_no_overlap(self):
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        dialog = self.as_user("team_leader_a", "bphs.contract.changing").create(
            {"contract_id": contract.id, "team_id": self.team_a2.id}
        )
        action = dialog.action_change()
        after = self.Contract.browse(action["res_id"])
        self.assertEqual((contract.end_reason, contract.until), ("changed", TODAY))
        self.assertEqual((after.team_id, after.date_from, after.state), (self.team_a2, TODAY, "running"))
        again = self.as_user("team_leader_a", "bphs.contract.changing").create(
            {"contract_id": after.id, "team_id": self.team_a2.id}
        )
        with self.refused("with this team already"):
            again.action_change()

    def test_death_and_moving_end_it_with_what_follows(self):
        contract = self.sign(self.zhang, date_from=date(2025, 4, 1))
        self.as_user("team_leader_a", contract).action_renew()
        self.zhang.sudo()._move("died", date(2026, 3, 5), evidence="死亡证明 2")
        after = self.Contract.search([("renewed_from_id", "=", contract.id)])
        self.assertEqual((contract.state, contract.end_reason, contract.until), ("ended", "died", date(2026, 3, 5)))
        self.assertEqual((after.state, after.until), ("ended", after.date_from))
        moved = self.sign(self.wang)
        self.wang.sudo()._move("out", TODAY, elsewhere="太原市", evidence="迁出证明")
        self.assertEqual((moved.end_reason, moved.until), ("moved", TODAY))

    def test_merging_files_moves_contracts_and_never_doubles_them(self):
        twin = self.make("张三风", self.village_a1, "19500101", 7)
        older = self.sign(twin, date_from=date(2025, 1, 1), months=12)
        own = self.sign(self.zhang, date_from=date(2026, 2, 1))
        second = self.sign(twin, date_from=date(2026, 3, 1))
        visit = self.serve(twin, date(2026, 3, 2))
        merge = self.as_user("township_public_health_a", twin)._merge_into(
            self.as_user("township_public_health_a", self.zhang), "同一人"
        )
        self.env.invalidate_all()
        self.assertEqual((older.resident_id, own.resident_id, visit.resident_id), (self.zhang,) * 3)
        self.assertEqual((second.resident_id, second.end_reason), (twin, "merged"))
        self.as_user("township_public_health_a", merge).action_undo("搞错了")
        self.env.invalidate_all()
        self.assertEqual((older.resident_id, second.state), (twin, "running"))

    def test_expired_contracts_end_by_the_calendar(self):
        contract = self.sign(self.zhang, date_from=date(2025, 3, 1))
        with patch.object(type(self.Contract), "_county_today", lambda _self: date(2026, 3, 1)):
            self.Contract._cron_expire()
        self.assertEqual((contract.state, contract.end_reason), ("ended", "expired"))

    # === WHAT THE RESIDENT SAYS === #

    def test_the_resident_confirms_by_the_code_or_when_asked(self):
        contract = self.sign(self.zhang)
        self.assertEqual(self.Contract._of_code(contract.code), contract)
        for wrong in ("", "1", f"{contract.id}-000000000000", "x-y", f"{contract.id + 9}-{contract._signature()}"):
            self.assertFalse(self.Contract._of_code(wrong))
        self.as_user("village_doctor_a1", contract).action_confirm_visit()
        self.assertEqual((contract.confirmed, contract.confirmed_way, contract.confirmed_on), ("yes", "visit", TODAY))
        with self.refused("Say what the person said"):
            self.as_user("auditor", contract).action_deny("")

    # === RIGHTS === #

    def test_who_may_not_see_a_person_learns_of_no_contract(self):
        self.env["bphs.resident.group"].create({"resident_id": self.wang.id, "kind": "smi", "date_from": "2024-01-01"})
        contracts = self.sign(self.zhang | self.wang, key="team_leader_a")
        self.assertEqual(contracts.resident_id, self.zhang, "who is hidden from the leader is not signed by them")
        self.name_person("team_leader_a")
        self.sign(self.wang)
        self.env.invalidate_all()
        seen = self.as_user("village_doctor_a1", "bphs.contract").search([])
        self.assertEqual(seen.resident_id, self.zhang)
        hidden = self.Contract.search([("resident_id", "=", self.wang.id)])
        with self.denied("not within your scope"):
            self.as_user("village_doctor_a1", hidden).read(["team_id"])
        self.assertFalse(self.as_user("team_leader_b", "bphs.contract").search([]))
        self.assertFalse(self.as_user("primary_care_officer", "bphs.contract").search([]), "they search one by one")
        told = {c.key: (c.counted, c.over) for c in self.as_user("village_doctor_a1", "bphs.contract")._rate(
            "signed", "team", TODAY, TODAY)}  # fmt: skip
        self.assertEqual(told, {self.team_a1.id: (1, 1)})

    # === PACKAGES === #

    def test_a_published_package_stays_as_it_is(self):
        for vals in ({"name": "新名"}, {"fee_person": 12.5}, {"item_ids": [Command.clear()]}):
            with self.subTest(vals), self.refused("stays as it is"):
                self.as_user("primary_care_officer", self.package).write(vals)
        with self.refused("stays as it is"):
            self.as_user("primary_care_officer", self.package.item_ids[0]).write({"times": 4})
        action = self.as_user("primary_care_officer", self.package).action_new_version()
        version = self.as_user("primary_care_officer", "bphs.package").browse(action["res_id"])
        self.assertEqual((version.state, len(version.item_ids), version.date_from), ("draft", 2, date(2026, 3, 11)))
        version.fee_person = 120
        version.action_publish()
        Package = self.env["bphs.package"]
        self.assertEqual(Package._signed_on(TODAY), self.package)
        self.assertEqual(Package._signed_on(date(2026, 3, 11)), version)

    def test_fees_to_the_fen(self):
        package = self.make_package("PAID", "有偿包", fee_insurance=30.005, fee_public=35, fee_person=54.99)
        self.assertEqual((package.fee_insurance, package.fee), (30.01, 120.0))
