from odoo.modules.module import get_manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

PEOPLE = {"bphs_resident", "bphs_team", "bphs_service", "bphs_elderly", "bphs_indicator"}
# Tables of the wing of people: whatever points at one of them could name a person.
LINKS = """
    SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
     WHERE contype = 'f' AND conrelid::regclass::text LIKE 'bphs\\_%%'
"""
PERSONAL = ("resident", "household", "visit_id", "visit_ids", "ehr_number", "birth_date", "phone_index")


@tagged("post_install", "-at_install")
class TestWings(TransactionCase):
    """The management wing can name nobody: its tables hold no person, and point at none."""

    def tables(self):
        """:return: (tables of the management wing, tables of the people wing), by the module that made each model"""
        people, management = set(), set()
        for model in self.env["ir.model"].search([("model", "like", "bphs.%")]):
            name = self.env[model.model]._table if model.model in self.env else ""
            first = self.env.registry[model.model]._original_module if name else ""
            if name and first.startswith("bphs_"):
                (people if first in PEOPLE else management).add(name)
        return management, people

    def test_the_schema_of_the_management_wing_holds_no_person(self):
        management, people = self.tables()
        self.assertIn("bphs_workload_line", management)
        self.assertIn("bphs_visit", people)
        links = self.env.execute_query(SQL(LINKS))
        self.assertIn(("bphs_authenticity_evidence", "bphs_visit"), links)
        self.assertEqual([link for link in links if link[0] in management and link[1] in people], [])
        columns = self.env.execute_query(
            SQL(
                "SELECT table_name, column_name FROM information_schema.columns"
                " WHERE table_schema = current_schema AND table_name = ANY(%s)",
                sorted(management),
            )
        )
        self.assertGreater(len(columns), 100)
        named = [(table, name) for table, name in columns if name.startswith(PERSONAL)]
        self.assertEqual(named, [])

    def test_what_services_add_to_a_statement_are_numbers(self):
        own = {
            name: field.type
            for name, field in self.env["bphs.workload.line"]._fields.items()
            if name.startswith("visits_") and field.store
        }
        self.assertEqual(set(own.values()), {"integer", "datetime"})

    def test_the_management_wing_depends_on_no_person(self):
        for module in self.env["ir.module.module"].search([("name", "like", "bphs_%"), ("state", "=", "installed")]):
            if module.name not in PEOPLE and module.name != "bphs_demo":
                self.assertFalse(PEOPLE & set(get_manifest(module.name)["depends"]), module.name)
