from stdnum.cn import ric

from odoo import Command
from odoo.tests import Form

from odoo.addons.bphs_base.tests.common import CountyCase

# Invented: no such region.
REGION = "140499"


def id_number(birth, order):
    """An invented ID number of the region nobody lives in: ``("19500101", 1)`` -> a man's, an even order a woman's."""
    body = f"{REGION}{birth}{order:03d}"
    return body + ric.calc_check_digit(body + "0")


class ResidentCase(CountyCase):
    """The small county with some residents in two townships."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.Resident = cls.env["bphs.resident"]
        cls.zhang = cls.make("张三丰", cls.village_a1, "19500101", 1, phone="13812341234")
        cls.wang = cls.make("王小明", cls.village_a1, "19800203", 3)
        cls.li = cls.make("李晓霞", cls.village_a2, "19480315", 2)
        cls.zhang_b = cls.make("张三", cls.village_b1, "19700101", 5, phone="13800000000")
        cls.env.flush_all()

    @classmethod
    def make(cls, name, village, birth, order, **vals):
        return cls.Resident.create(
            {"name": name, "division_id": village.id, "id_number": id_number(birth, order), **vals}
        )

    @classmethod
    def names(cls, key, query, filters=None):
        page = cls.as_user(key, cls.Resident).search_number(query, filters)
        return [row["name"] for row in page["rows"]]

    def log(self, resident, **only):
        self.env.flush_all()
        return self.env["bphs.resident.access"].search(
            [("resident_id", "=", resident.id), *((name, "=", value) for name, value in only.items())]
        )

    def moving_dialog(self, key, resident, **vals):
        """The form that enters a move, filled in and saved by a user; not confirmed."""
        action = self.as_user(key, resident).action_move()
        form = Form(self.as_user(key, "bphs.resident.moving").with_context(**action["context"]))
        for name, value in vals.items():
            setattr(form, name, value)
        return form.save()

    def name_person(self, key):
        """Appoint a user as one of the named persons for severe mental illness and tuberculosis."""
        role = self.env.ref("bphs_resident.role_sensitive")
        self.user[key].role_line_ids = [Command.create({"role_id": role.id})]
