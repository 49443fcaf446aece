import base64
import csv
import io

from odoo import Command

from odoo.addons.bphs_base.tests.import_case import ImportCase

from ..tools.roll_columns import ROLL_COLUMNS
from .common import ResidentCase, id_number
from .import_runs import ImportRuns

KEYS = [column.key for column in ROLL_COLUMNS]
HEADINGS = [column.label for column in ROLL_COLUMNS]


class RollCase(ImportRuns, ImportCase, ResidentCase):
    """Rolls of the small county, and somebody who may import them: ``self.user["importer"]``, of township A."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for key, institution in (("importer", cls.township_a), ("importer_b", cls.township_b)):
            roles = ("bphs_base.role_township_public_health", "bphs_resident.role_sensitive")
            cls.user[key] = cls.env["res.users"].create(
                {
                    "name": key,
                    "login": f"test_{key}",
                    "lang": "en_US",  # checked are the words of the code, in a Chinese database too
                    "role_line_ids": [Command.create({"role_id": cls.env.ref(role).id}) for role in roles],
                    "bphs_institution_ids": [Command.set(institution.ids)],
                }
            )

    def person(self, order, **cells):
        """The cells of a new resident of village A1 that is in order, by column key."""
        birth = cells.pop("birth", "19610307")
        village = cells.pop("in_village", self.village_a1)
        return {
            "ehr_number": f"{village.code}{order:05}",
            "name": "孙大圣",
            "sex": "男" if order % 2 else "女",
            "birth_date": f"{birth[:4]}-{birth[4:6]}-{birth[6:]}",
            "id_type": "居民身份证",
            "id_number": id_number(birth, order),
            "phone": "15400000001",
            "village": village.code,
            "household": "7",
            "relation": "户主",
            "residence_kind": "户籍",
            **cells,
        }

    @staticmethod
    def csv(people, encoding="utf-8-sig", headings=HEADINGS):
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(headings)
        writer.writerows([person.get(key, "") for key in KEYS] for person in people)
        return text.getvalue().encode(encoding)

    def receive(self, content, key="importer", name="名册.csv"):
        """:return: the run, checked"""
        return self.received("bphs.resident.import", name, content, key)

    def counts(self, run):
        return run.new_count, run.changed_count, run.unchanged_count, run.rejected_count

    def found(self, key):
        """The resident of this health record number, for the test itself."""
        return self.env["bphs.resident"].search([("ehr_number", "=", key)])

    def rejects(self, run):
        """dict of row number of the reject workbook -> reason"""
        return {number: cells[-1] for number, cells in enumerate(self.reject_rows(run)[1:], start=2)}

    def reject_rows(self, run):
        """The rows of the workbook of rejects, as it is downloaded."""
        return self.read_book(base64.b64encode(run._download_rejects()[1]))
