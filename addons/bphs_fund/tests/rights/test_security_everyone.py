import psycopg2
from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..paying_case import PayingCase

# What money was decided, entered and paid by: once out of draft, no client changes a row of it, nor adds one.
LEDGER = (
    "bphs.fund.entry",
    "bphs.fund.payable",
    "bphs.fund.payment.split",
    "bphs.fund.deduction",
    "bphs.approval.decision",
    "bphs.approval.request",
    "bphs.approval.request.stage",
    "bphs.approval.contributor",
)
# Of these, drafts may be made; what stands, stays.
DECIDED = (
    "bphs.fund.payment",
    "bphs.fund.payment.line",
    "bphs.fund.receipt",
    "bphs.fund.return",
    "bphs.fund.prepayment",
    "bphs.fund.prepayment.line",
    "bphs.fund.run",
    "bphs.fund.settlement",
    "bphs.fund.settlement.line",
    "bphs.fund.settlement.item",
    "bphs.fund.hold",
    "bphs.fund.notice",
    "bphs.fund.scheme",
    "bphs.fund.price",
    "bphs.fund.plan",
    "bphs.fund.plan.line",
    "bphs.bank.account",
)
ROLES = (
    "administrator",
    "finance_officer",
    "finance_officer_2",
    "primary_care_officer",
    "deputy_leader",
    "leader",
    "auditor",
    "township_accountant_a",
    "township_director_a",
    "village_doctor_a1",
)
FLAGS = {
    "_force_unlink": True,
    "install_mode": True,
    "module": "bphs_fund",
    "bphs_approval_pass": True,
    "tracking_disable": True,
    "active_test": False,
    "default_state": "confirmed",
    "default_approval_state": "approved",
}
# A hold may be told why it should be released; nothing moves by that. An account no longer used is archived.
OPEN = {"bphs.fund.hold": {"release_reason", "release_document_id"}, "bphs.bank.account": {"active"}}
BOOKKEEPING = {"id", "create_uid", "create_date", "write_uid", "write_date"}


@tagged("post_install", "-at_install")
class TestEveryone(PayingCase):
    """After a quarter was paid, every role tries every column, command and way of writing on what money rests on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrive(central=6000.0, province=2000.0, city=400.0, county=1600.0)
        wang = cls.account(cls.clinic_a1, "王医生", "99990000000000001")
        cls.payees(cls.clinic_a1, ("王医生", wang, 1))
        cls.prepay(cls.q1)
        paid = cls.batch()
        cls.pay_batch(paid)
        paid.action_mark_paid("记-1", "2025-02-01")
        cls.work(cls.clinic_a1, cls.q1, {cls.item_ehr: 100, cls.item_htn: 10})
        cls.score(cls.clinic_a1, cls.q1, 92)
        with freeze_time("2025-04-09 02:00:00"):
            run = cls.settle(cls.q1)
            notice = cls.as_user("finance_officer", "bphs.fund.notice").create(
                {"run_id": run.id, "place": "公示栏", "phone": "1", "date_start": "2025-04-09"}
            )
            notice.action_publish()
        notice.action_close("none")
        payable = cls.env["bphs.fund.payable"].search([("kind", "=", "pay")])
        cls.as_user("finance_officer", payable).action_hold(5, "待核查")
        cls.pay_batch(cls.batch())
        money = cls.as_user("finance_officer", "bphs.fund.return").create(
            {"institution_id": cls.clinic_a1.id, "budget_id": cls.budget.id, "amount": 1, "reason": "多拨"}
        )
        cls.countersign(money)
        cls.env.flush_all()
        cls.records = {}
        for name in (*LEDGER, *DECIDED):
            model = cls.env[name]
            draft = "approval_state" in model._fields and name != "bphs.fund.hold"
            domain = [("approval_state", "!=", "draft")] if draft else []
            if name in ("bphs.fund.receipt", "bphs.fund.return", "bphs.bank.account", "bphs.fund.notice"):
                domain = [("state", "!=", "draft")]
            cls.records[name] = model.search(domain)[:3]
        cls.before = cls.state()

    @classmethod
    def state(cls):
        """{model: its rows as they were, and how many there are of what nobody adds to}"""
        cls.env.flush_all()
        asked = []
        for name in (*LEDGER, *DECIDED):
            # Whoever makes a draft is noted as its contributor.
            counted = name in LEDGER and name != "bphs.approval.contributor"
            table = SQL.identifier(cls.env[name]._table)
            asked.append(
                SQL(
                    "SELECT %s, ARRAY(SELECT (to_jsonb(t) - %s)::text FROM %s t WHERE id = ANY(%s) ORDER BY id), %s",
                    name,
                    [*BOOKKEEPING - {"id"}, *OPEN.get(name, ())],
                    table,
                    cls.records[name].ids,
                    SQL("(SELECT count(*) FROM %s)", table) if counted else SQL("NULL::bigint"),
                )
            )
        # One question, for it is asked after each attempt that was not refused.
        rows = cls.env.execute_query(SQL(" UNION ALL ").join(asked))
        return {name: (row, count) for name, row, count in rows}

    def attempt(self, what, step):
        """Refused, or without effect; undone in either case."""
        self.tried += 1
        savepoint = self.env.cr.savepoint()
        try:
            step()
            self.env.flush_all()
        except (UserError, psycopg2.Error, ValueError, TypeError, AttributeError, KeyError):
            self.refused += 1
        else:
            self.env.invalidate_all()
            with self.subTest(what):
                self.assertEqual(self.state(), self.before)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.tried = self.refused = 0
        for logger in (
            "odoo.sql_db",
            "odoo.models",
            "odoo.addons.base.models.ir_model",
            "odoo.addons.base.models.ir_rule",
        ):
            muted = mute_logger(logger)
            muted.__enter__()
            self.addCleanup(muted.__exit__, None, None, None)

    def columns(self, name):
        """(column, another value) of all stored columns of a model."""
        record = self.records[name][:1]
        for column, field in record._fields.items():
            if not field.store or column in BOOKKEEPING | OPEN.get(name, set()) or field.type == "one2many":
                continue
            yield column, self.another(field, record[column])

    def another(self, field, value):
        if field.type in ("char", "text", "html"):
            return f"{value or ''}9"
        if field.type == "boolean":
            return not value
        if field.type in ("integer", "float", "monetary", "many2one_reference"):
            return (value or 0) + 1
        if field.type == "selection":
            keys = field.get_values(self.env)
            return next((key for key in keys if key != value), value)
        if field.type == "many2one":
            other = self.env[field.comodel_name].search([("id", "!=", value.id)], limit=1)
            return other.id or False
        return {"date": "2024-01-01", "datetime": "2024-01-01 00:00:00", "json": {}}.get(field.type, False)

    def test_there_is_something_to_lose(self):
        empty = {name for name, records in self.records.items() if not records}
        self.assertEqual(empty, {"bphs.fund.deduction"})

    def test_every_column(self):
        for key in ROLES:
            for name, records in self.records.items():
                if not records:
                    continue
                mine = self.as_user(key, records[:1])
                for column, value in self.columns(name):
                    for context in ({}, FLAGS):
                        self.attempt(
                            f"{key} writes {name}.{column} {context}",
                            lambda mine=mine, vals={column: value}, context=context: mine.with_context(**context).write(
                                vals
                            ),
                        )
                    self.attempt(
                        f"{key} saves {name}.{column}",
                        lambda mine=mine, vals={column: value}: mine.web_save(vals, {}),
                    )
                    row = [str(mine.id), str(value)]
                    self.attempt(
                        f"{key} loads {name}.{column}",
                        lambda mine=mine, column=column, row=row: mine.load([".id", column], [row]),
                    )
        self.assertGreater(self.tried, 3000)
        self.assertGreater(self.refused, self.tried * 0.6)  # a sheet that is refused is answered, not raised

    def test_every_way_of_making_and_removing(self):
        for key in ROLES:
            for name, records in self.records.items():
                if not records:
                    continue
                mine = self.as_user(key, records[:1])
                values = {
                    column: mine._fields[column].convert_to_write(records[:1][column], records[:1])
                    for column, _another in self.columns(name)
                }
                for context in ({}, FLAGS):
                    there = mine.with_context(**context)
                    for what, step in (
                        ("unlink", there.unlink),
                        ("create", lambda there=there, values=values: there.create([values])),
                        ("copy", there.copy),
                        ("name_create", lambda there=there: there.name_create("x")),
                    ):
                        self.attempt(f"{key} {what} {name} {context}", step)

    def test_every_command_through_a_parent(self):
        """What is protected, through each field of any model of the suite that leads to it."""
        leading = [
            (parent, field)
            for parent, model in self.env.registry.items()
            if parent.startswith("bphs.") and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.type in ("one2many", "many2many") and self.records.get(field.comodel_name)
        ]
        self.assertGreater(len(leading), 20)
        for parent, field in leading:
            child = self.records[field.comodel_name][:1]
            columns = list(self.columns(field.comodel_name))[:6]
            holder = self.env[parent].search([(field.name, "in", child.ids)] if field.store else [], limit=1)
            other = self.env[parent].search([("id", "not in", holder.ids)], limit=1)
            commands = [
                *(Command.update(child.id, {column: value}) for column, value in columns),
                Command.delete(child.id),
                Command.unlink(child.id),
                Command.link(child.id),
                Command.clear(),
                Command.set([]),
                Command.create({}),
            ]
            for key in ROLES:
                for record in (holder, other):
                    for command in commands if record else ():
                        mine = self.as_user(key, record).with_context(**FLAGS)
                        self.attempt(
                            f"{key} {parent}.{field.name} {command}",
                            lambda mine=mine, vals={field.name: [command]}: mine.write(vals),
                        )

    def test_every_onchange_only_looks(self):
        for key in ("finance_officer", "administrator", "village_doctor_a1"):
            for name, records in self.records.items():
                if not records:
                    continue
                mine = self.as_user(key, records[:1])
                columns = dict(self.columns(name))
                spec = {column: {} for column in columns}
                self.attempt(
                    f"{key} onchange {name}",
                    lambda mine=mine, columns=columns, spec=spec: mine.onchange(columns, list(columns), spec),
                )
