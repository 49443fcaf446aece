import json
from pathlib import Path

from odoo import Command
from odoo.tests import tagged

from odoo.addons.bphs_base.tools.money import to_decimal

from ...tools.replay import dump, replay
from ..hold_task_case import TaskSteps
from ..paying_case import PayingCase

VECTORS = Path(__file__).resolve().parents[4] / "tests" / "vectors"
PLAN_ITEM = "CONSULT"  # priced at a fen, so that any plan can be written as a quantity of it


@tagged("post_install", "-at_install")
class TestVectors(TaskSteps, PayingCase):
    """Every worked document, through the models: loaded, settled by the people, exported, compared to the fen."""

    @classmethod
    def _make_county(cls):
        # Each document brings a scheme and plans of its own: of the paying county only the helpers are wanted.
        super(PayingCase, cls)._make_county()

    def test_every_vector_is_tried(self):
        names = {path.name.removesuffix(".in.json") for path in VECTORS.glob("*.in.json")}
        tried = {name.removeprefix("test_vector_").replace("_", "-") for name in dir(self) if "test_vector_" in name}
        self.assertEqual(tried, names)

    def test_vector_clinic_a(self):
        self._check_vector("clinic-a")

    def test_vector_clinic_a_rescore(self):
        self._check_vector("clinic-a-rescore")

    def test_vector_clinic_a2_last_year(self):
        self._check_vector("clinic-a2-last-year")

    def test_vector_hold(self):
        self._check_vector("hold")

    def test_vector_hold_released(self):
        self._check_vector("hold-released")

    def test_vector_instalments(self):
        self._check_vector("instalments")

    def test_vector_odd_plan(self):
        self._check_vector("odd-plan")

    def test_vector_one_quarter(self):
        self._check_vector("one-quarter")

    def test_vector_opening_carry(self):
        self._check_vector("opening-carry")

    def test_vector_pool_cap(self):
        self._check_vector("pool-cap")

    def _check_vector(self, name):
        document = json.loads((VECTORS / f"{name}.in.json").read_text())
        expected = json.loads((VECTORS / f"{name}.out.json").read_text())
        self._load(document)
        run = self._settle(document)
        self._move_money(document.get("events", []))
        written, replayed, stored, notes = run._replay_texts()
        self.assertFalse(notes)
        self.assertEqual(replayed, stored, "the export does not come to what is stored")
        result = json.loads(stored)
        if "events" not in document:
            self.assertEqual((result.pop("events"), result.pop("available")), ([], {}))
        self.assertEqual(dump(result), dump(expected))
        self.assertEqual(json.loads(replay(written.encode()))["institutions"], expected["institutions"])

    def _load(self, document):
        scheme = document["scheme"]
        quarters = {quarter.code: quarter for quarter in self.year.child_ids}
        self.quarters = [quarters[code] for code in scheme["year_periods"]]
        (self.year.child_ids - self.env["bphs.period"].union(*self.quarters)).parent_id = False
        if document.get("pool") is not None:
            self.budget.write({"has_pool": True, "pool_amount": float(document["pool"])})
        prices = {
            line["item"]: line["price"]
            for institution in document["institutions"]
            for quarter in institution["quarters"]
            for line in quarter["lines"]
        }
        self.items = {PLAN_ITEM: self.item[PLAN_ITEM]}
        for code in prices:
            self.items[code] = self.item.get(code) or self.env["bphs.service.item"].create(
                {"code": code, "name": code, "category": "health_record", "unit": "次"}
            )
        self.published = self.publish(
            self.create_scheme(
                **{name: float(scheme[name]) for name in ("prepay_ratio", "full_score", "hold_score")},
                annual_mode=scheme["annual_mode"],
                notice_required=False,
                prepay_basis=document["institutions"][0]["prepay"]["basis"],
                price_ids=[
                    Command.create({"item_id": self.items[code].id, "price": float(price)})
                    for code, price in {PLAN_ITEM: "0.01", **prices}.items()
                ],
            )
        )
        self.clinics = {}
        for institution in document["institutions"]:
            clinic = self.clinics[institution["code"]] = self.add_clinic(institution["code"])
            self._load_plan(clinic, institution)
            if "annual_score" in institution:
                self.score(clinic, self.year, float(institution["annual_score"]))

    def _load_plan(self, clinic, institution):
        prepay = institution["prepay"]
        values = {
            "scheme_id": self.published.id,
            "opening_carry": float(institution["opening_carry"]),
            "has_cap": institution["cap"] is not None,
        }
        if institution["cap"] is not None:
            values["cap"] = float(institution["cap"])
        if prepay["basis"] == "plan":
            self.plan(clinic, {self.items[PLAN_ITEM]: int(to_decimal(prepay["annual"]) * 100)}, **values)
            return
        quarters = {quarter.code: quarter for quarter in self.quarters}
        values["quarter_ids"] = [
            Command.create({"period_id": quarters[code].id, "amount": float(amount)})
            for code, amount in prepay["quarters"].items()
        ]
        self.plan(clinic, {}, **values)

    def _settle(self, document):
        run = None
        count = max(len(institution["quarters"]) for institution in document["institutions"])
        for index, quarter in enumerate(self.quarters[:count]):
            self.prepay(quarter)
            for institution in document["institutions"]:
                facts = institution["quarters"][index]
                clinic = self.clinics[institution["code"]]
                self.work(
                    clinic,
                    quarter,
                    {
                        self.items[line["item"]]: (line["reported"], line["invalid"], line["false"])
                        for line in facts["lines"]
                    },
                )
                self.score(clinic, quarter, float(facts["score"]), float(facts["penalty"]))
            run = self.settle(quarter)
            for institution in document["institutions"]:
                if institution["quarters"][index]["released"]:
                    self._release(self.clinics[institution["code"]], quarter)
        return self.settle(self.year) if count == len(self.quarters) else run

    def _release(self, clinic, quarter):
        """Through the task that is asked for, done by the clinic, verified by the township, closed by the clerk."""
        hold = self.env["bphs.fund.hold"].search([("institution_id", "=", clinic.id), ("period_id", "=", quarter.id)])
        task = self.ask_task(hold)
        self._close(task, self._doctor_of(clinic), "township_public_health_a")
        self.assertEqual((hold.state, hold.approval_state), ("held", "submitted"))
        self.approve(hold, "primary_care_officer", "finance_officer_2", "deputy_leader")
        self.assertEqual(hold.state, "released")

    def _doctor_of(self, clinic):
        self.user[clinic.code] = self.env["res.users"].create(
            {
                "name": f"村医{clinic.code}",
                "login": f"test_{clinic.code}",
                "role_line_ids": [Command.create({"role_id": self.env.ref("bphs_base.role_village_doctor").id})],
                "bphs_institution_ids": [Command.set(clinic.ids)],
            }
        )
        return clinic.code

    def _move_money(self, events):
        """The document's money, in its order, through receipts, payment batches and returns."""
        if not events:
            return
        # The amounts of a document need not be those just settled: only what it pays is open for payment.
        self.env["bphs.fund.payable"].search([]).unlink()
        for clinic in self.clinics.values():
            self.payees(clinic, ("王医生", self.account(clinic, "王医生", "99990000000000001"), 1))
        quarters = {quarter.code: quarter for quarter in self.quarters}
        for number, event in enumerate(events):
            amount = to_decimal(event["amount"])
            if event["type"] == "arrival":
                self.arrive(**{event["source"]: float(amount)})
                continue
            clinic = self.clinics[event["code"]]
            if event["type"] == "return":
                money = self.as_user("finance_officer", "bphs.fund.return").create(
                    {
                        "institution_id": clinic.id,
                        "budget_id": self.budget.id,
                        "amount": float(amount),
                        "reason": "缴回",
                    }
                )
                self.countersign(money)
                continue
            self.env["bphs.fund.payable"]._open(
                [
                    {
                        "institution_id": clinic.id,
                        "budget_id": self.budget.id,
                        "period_id": quarters[event["period"]].id,
                        "kind": event["kind"],
                        "amount": amount,
                        "origin_model": "bphs.institution",
                        "origin_id": number + 1,
                    }
                ]
            )
            payment = self.batch()
            self.pay_batch(payment)
            payment.action_mark_paid("记-1", "2025-12-31")
