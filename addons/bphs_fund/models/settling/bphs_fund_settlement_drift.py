from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import to_decimal


class BphsFundSettlementLine(models.Model):
    """Drift: what changed in workload or score since the approval. Shown, never applied."""

    _inherit = "bphs.fund.settlement.line"

    drift = fields.Char(compute="_compute_drift", search="_search_drift", help="What changed since the approval.")

    @api.depends("posted", "reversed")
    def _compute_drift(self):
        found = self._find_drift(SQL("AND line.id = ANY(%s)", self.ids)) if self.ids else {}
        for line in self:
            line.drift = "; ".join(found.get(line._origin.id, [])) or False

    def _search_drift(self, operator, value):
        if operator != "in" or set(value) != {False}:
            return NotImplemented
        return [("id", "not in", list(self._find_drift(SQL(""))))]

    @api.model
    def _find_drift(self, where):
        """{line id: texts} of approved quarter lines whose workload or score is no longer what was settled."""
        for model in ("bphs.workload.line", "bphs.fund.score", "bphs.fund.settlement.line"):
            self.env[model].flush_model()
        found = {}
        for line_id, item, was, now in self.env.execute_query(
            SQL(
                """
                SELECT line.id, service.name, item.verified, work.verified
                  FROM bphs_fund_settlement_line line
                  JOIN bphs_workload_line work ON work.workload_id = line.workload_id
             LEFT JOIN bphs_fund_settlement_item item ON item.line_id = line.id AND item.item_id = work.item_id
                  JOIN bphs_service_item service ON service.id = work.item_id
                 WHERE line.posted AND line.reversed IS NOT TRUE AND line.reversal_of_id IS NULL
                   AND COALESCE(item.verified, 0) <> work.verified %s
                 ORDER BY line.id, service.code
                """,
                where,
            )
        ):
            found.setdefault(line_id, []).append(
                self.env._("%(item)s: settled %(was)s, now %(now)s", item=item, was=was or 0, now=now)
            )
        for line_id, was, now in self.env.execute_query(
            SQL(
                """
                SELECT line.id, line.score, score.score
                  FROM bphs_fund_settlement_line line
                  JOIN bphs_fund_score score ON score.id = line.score_id
                 WHERE line.posted AND line.reversed IS NOT TRUE AND line.reversal_of_id IS NULL
                   AND score.score <> line.score %s
                """,
                where,
            )
        ):
            found.setdefault(line_id, []).append(
                self.env._("Score: settled at %(was)s, now %(now)s", was=to_decimal(was), now=to_decimal(now))
            )
        return found


class BphsFundRun(models.Model):
    _inherit = "bphs.fund.run"

    drift_count = fields.Integer(string="Changed Since", compute="_compute_drift_count")

    @api.depends("settlement_ids.line_ids.posted")
    def _compute_drift_count(self):
        for run in self:
            run.drift_count = len(run._drifted()) if run._origin.id else 0

    def _drifted(self):
        return self.env["bphs.fund.settlement.line"]._find_drift(
            SQL("AND line.settlement_id IN (SELECT id FROM bphs_fund_settlement WHERE run_id = %s)", self._origin.id)
        )

    def action_open_drift(self):
        """List the lines whose workload or score changed since they were approved."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_fund.bphs_fund_settlement_line_action")
        return {**action, "domain": [("id", "in", list(self._drifted()))], "context": {}}
