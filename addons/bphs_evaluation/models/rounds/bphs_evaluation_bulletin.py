from odoo import api, fields, models

from odoo.addons.bphs_base.reports.printing import day, period_text
from odoo.addons.bphs_base.tools.money import to_decimal


class BphsEvaluation(models.Model):
    """The bulletin of a round (通报): drafted from its figures, edited until it is handed in for approval.

    Reference texts are Chinese: they are the bureau's own paper.
    """

    _inherit = "bphs.evaluation"

    bulletin_opening = fields.Text(string="Opening")
    bulletin_results = fields.Text(string="Results")
    bulletin_problems = fields.Text(string="Main Problems")
    bulletin_demands = fields.Text(string="Demands")

    def _draft_bulletin(self):
        """Write the first words anew from what was scored; people edit them before the round is handed in."""
        self.ensure_one()
        self._write_state(
            {
                "bulletin_opening": self._opening_text(),
                "bulletin_results": self._results_text(),
                "bulletin_problems": self._problems_text(),
                "bulletin_demands": DEMANDS,
            }
        )

    def _opening_text(self):
        dates = [sheet.visit_date for sheet in self.sheet_ids if sheet.visit_date]
        when = f"于{day(min(dates))}至{day(max(dates))}" if dates else ""
        return (
            f"按照《{self.scheme_id.name}》，{self.institution_id.name}{when}对 {len(self.sheet_ids)} 个单位"
            f"{period_text(self.period_id)}基本公共卫生服务工作进行了绩效评价。现将有关情况通报如下。"
        )

    def _results_text(self):
        ranked = self.score_ids.filtered("has_final").sorted("rank")
        parts = []
        if ranked:
            counts = {}
            for score in ranked:
                counts[score.group_name] = counts.get(score.group_name, 0) + 1
            spread = "，".join(f"{name} {count} 个" for name, count in counts.items())
            best, last = ranked[0], ranked[-1]
            parts.append(
                f"{len(ranked)} 个单位得出总分（满分 {_text(self.scheme_id.total)} 分）：{spread}。最高 "
                f"{_text(best.final)} 分（{best.institution_id.name}），最低 {_text(last.final)} 分"
                f"（{last.institution_id.name}）。"
            )
        without = self.score_ids - ranked
        if without:
            names = "、".join(without.institution_id.mapped("name"))
            parts.append(f"{len(without)} 个单位可评价内容不足，不计总分：{names}。")
        compared = ranked.filtered("has_previous")
        if compared:
            better = len(compared.filtered(lambda score: score.change > 0))
            worse = len(compared.filtered(lambda score: score.change < 0))
            parts.append(
                f"与上一轮相比，{len(compared)} 个单位可比：得分率上升 {better} 个，下降 {worse} 个，"
                f"持平 {len(compared) - better - worse} 个。"
            )
        return "\n".join(parts)

    def _problems_text(self):
        rows = []
        for item, lines in self._lost_lines().grouped("item_id").items():
            lost = sum((to_decimal(line.points) - to_decimal(line.score) for line in lines), to_decimal(0))
            rows.append((lost, item.sequence, item.name, len(lines)))
        rows.sort(key=lambda row: (-row[0], row[1]))
        texts = (
            f"{number}. {name}：{units} 个单位失分，共 {_text(lost)} 分。"
            for number, (lost, __, name, units) in enumerate(rows[:10], 1)
        )
        return "\n".join(texts) or "各单位均未失分。"

    def _columns_of_headings(self):
        """:return: the headings at the top of the scheme, in order: the columns of annex 1"""
        roots = []
        for item in self.scheme_id._leaves():
            root = item._root()
            if root not in roots:
                roots.append(root)
        return roots

    @api.model
    def _heading_points(self, sheet, root):
        """:return Decimal: what a unit earned below one heading"""
        lines = sheet.line_ids.filtered(lambda line: line.is_assessed and line.item_id._root() == root)
        return sum(map(to_decimal, lines.mapped("score")), to_decimal(0))


DEMANDS = (
    "各单位要对照问题清单逐项整改，明确责任人和完成时限，按期提交佐证材料；"
    "主办单位将组织核验，对逾期未改、重复发生的问题予以督办。评价得分按规定用于资金结算。"
)


def _text(number):
    text = f"{to_decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
