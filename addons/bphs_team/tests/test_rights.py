from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from .common import TeamCase

OF_THE_WALL = (
    '["|",("institution_id","child_of",user.bphs_institution_ids.ids),'
    '("institution_id","parent_of",user.bphs_institution_ids.ids)]'
)


@tagged("post_install", "-at_install")
class TestRights(RightsCase, TeamCase):
    rights_module = "bphs_team"
    scope_rules = dict.fromkeys(
        ("bphs.team", "bphs.team.member", "bphs.team.lead", "bphs.team.village", "bphs.team.session"), OF_THE_WALL
    )

    @property
    def rights_actions(self):
        return {"bphs.team.board": lambda key: self.as_user(key, "bphs.team").board()}
