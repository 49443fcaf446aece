from odoo.tests import tagged

from .common import ResidentCase
from .every_way import EveryWay


@tagged("post_install", "-at_install")
class TestEveryWay(EveryWay, ResidentCase):
    """Every model of the register."""

    module = "bphs_resident"
    knowing = EveryWay.knowing | {
        "township_director_a": "near",
        "primary_care_officer": None,
        "finance_officer": None,
        "portal": None,
    }
