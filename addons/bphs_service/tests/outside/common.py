from odoo import Command

from odoo.addons.bphs_resident.tests.common import id_number
from odoo.addons.bphs_resident.tests.import_runs import ImportRuns

from ...tools.outside.columns import COLUMNS
from ..common import ServiceCase


class OutsideCase(ImportRuns, ServiceCase):
    """The small county with the systems of two hospitals, who imports their files, and a machine that pushes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.System = cls.env["bphs.outside.system"]
        cls.his, cls.his_b = cls.System.create(
            [
                {"code": "HIS-A", "name": "甲卫生院系统", "institution_id": cls.township_a.id},
                {"code": "HIS-B", "name": "乙卫生院系统", "institution_id": cls.township_b.id},
            ]
        )
        cls.user["importer"] = cls._person(
            "importer", "bphs_base.role_township_public_health", "bphs_resident.role_sensitive"
        )
        cls.user["machine"] = cls._person("machine", "bphs_service.role_outside_machine")
        cls.his.user_id = cls.user["machine"]
        cls.ids = {"zhang": id_number("19500101", 1), "zhang_b": id_number("19700101", 5)}
        cls.env.flush_all()

    @classmethod
    def _person(cls, name, *roles):
        return cls.env["res.users"].create(
            {
                "name": name,
                "login": f"test_outside_{name}",
                "lang": "en_US",
                "role_line_ids": [Command.create({"role_id": cls.env.ref(role).id}) for role in roles],
                "bphs_institution_ids": [Command.set(cls.township_a.ids)],
            }
        )

    # === FILES === #

    def receive(self, kind, *rows, key="importer"):
        """A file of these rows, checked."""
        columns = COLUMNS[kind]
        lines = [",".join(column.label for column in columns)]
        for at, row in enumerate(rows, start=1):
            cells = {"system": "HIS-A", "external_id": f"F{at}", **row}
            lines.append(",".join(str(cells.get(column.key, "")) for column in columns))
        return self.received("bphs.outside.import", "外部数据.csv", "\n".join(lines).encode("utf-8-sig"), key)

    def person(self, resident, **cells):
        return {"ehr_number": resident.ehr_number, "name": resident.name, "day": "2025-03-01", **cells}

    # === PROGRAMS === #

    def push(self, kind, *rows, key="machine"):
        rows = [{"external_id": f"P{at}", **row} for at, row in enumerate(rows, start=1)]
        answer = self.as_user(key, self.System).push(kind, rows)
        self.env.invalidate_all()
        return answer

    def results(self, answer):
        return [row["result"] for row in answer["rows"]]

    def why(self, answer):
        return [(one["reason"], one["field"]) for row in answer["rows"] for one in row["problems"]]

    def visits(self, resident):
        return self.Visit.search([("resident_id", "=", resident.id)])
