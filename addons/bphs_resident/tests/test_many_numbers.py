from odoo import Command
from odoo.tests import tagged

from .common import id_number
from .test_numbers import DOCTOR, NumberCase


@tagged("post_install", "-at_install")
class TestManyNumbers(NumberCase):
    def test_one_request_asks_about_few_numbers(self):
        """It is answered for all of them together: of five hundred with one that is known, which half it is in."""
        most = 10
        numbers = [id_number("19850601", order) for order in range(11, 11 + 2 * most, 2)]
        file = {"name": "冯试", "division_id": self.village_a1.id}
        asked = [{**file, "id_number": number} for number in (*numbers, id_number("19500101", 1))]
        with self.refused("At most 10 files"):
            self.as_user(DOCTOR, self.Resident).create(asked)
        home = self.as_user(DOCTOR, "bphs.household").create({"division_id": self.village_a1.id})
        with self.refused("At most 10 files"):
            home.write({"member_ids": [Command.create(vals) for vals in asked]})
        self.assertEqual(len(self.as_user(DOCTOR, self.Resident).create(asked[:most])), most)
