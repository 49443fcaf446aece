from odoo import api, fields, models
from odoo.tools import SQL

COLOURED = "red_yellow"
# By the colour that everybody is told of. Before anybody was graded, whoever was followed as one of them was one.
STOOD = """
    SELECT resident_id, 'red_yellow', date_from, date_to - 1 FROM bphs_elderly_grading
     WHERE NOT whole AND colour IN ('red', 'yellow') AND date_to IS DISTINCT FROM date_from AND %(of_people)s
    UNION ALL
    SELECT resident_id, 'red_yellow', NULL, first.day - 1
      FROM (SELECT id AS resident_id, birth_date FROM bphs_resident) r
      LEFT JOIN (SELECT resident_id, min(date_from) AS day FROM bphs_elderly_grading WHERE NOT whole
                  GROUP BY resident_id) first USING (resident_id)
     WHERE r.birth_date <= %(today)s::date - interval '65 years' AND %(of_people)s
"""


class BphsEarning(models.AbstractModel):
    """Visits of a colour count for who stood in it on the day."""

    _inherit = "bphs.earning"

    @api.model
    def _group_queries(self, of_people):
        return [*super()._group_queries(of_people), SQL(STOOD, of_people=of_people, today=self._county_today())]


class BphsEarningRule(models.Model):
    _inherit = "bphs.earning.rule"

    group_kind = fields.Selection(selection_add=[(COLOURED, "Red or Yellow Elder")], ondelete={COLOURED: "set null"})

    @api.model
    def _ask_for_colours(self):
        """Visits of red and yellow elders ask for the colour, once there are colours; what a county changed stays."""
        items = ("RY_VISIT_HOME", "RY_VISIT_PHONE")
        shipped = [("form_code", "=", "elder_follow"), ("item_id.code", "in", items), ("group_kind", "=", False)]
        # Past its own `write`, which keeps what is in force: what it asks of a record stays the same.
        models.Model.write(self.search(shipped), {"group_kind": COLOURED})
