from odoo import api, fields, models

from ...tools.roles import MEMBER_ROLES


class BphsTeamPost(models.Model):
    """What the county asks of a role in a team: how many a team needs, for how many people one of them may answer."""

    _name = "bphs.team.post"
    _description = "Required Role of a Team"
    _order = "sequence, id"
    _rec_name = "role"

    sequence = fields.Integer(default=10)
    role = fields.Selection(MEMBER_ROLES, required=True)
    least = fields.Integer(string="Needed in a Team", default=1, required=True, aggregator=None)
    people = fields.Integer(
        string="People One May Answer For", default=0, required=True, aggregator=None,
        help="The limit of people a doctor; 0: this role signs nobody.",
    )  # fmt: skip

    _role_uniq = models.Constraint("UNIQUE(role)", "This role stands here already.")
    _least_range = models.Constraint("CHECK(least BETWEEN 0 AND 50)", "A team needs 0 to 50 of a role.")
    _people_range = models.Constraint("CHECK(people BETWEEN 0 AND 100000)", "Between 0 and 100,000 people.")

    @api.model
    def _told(self):
        """:return tuple: {role: how many a team needs}, {role: how many people one may answer for}"""
        # sudo: settings of the county, whoever asks
        posts = self.sudo().search([])  # pylint: disable=no-search-all
        return {post.role: post.least for post in posts}, {post.role: post.people for post in posts}
