from datetime import date
from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.bphs_base.reports.printing import day, period_text
from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.rate import Population, Rate

from ..schemes.bphs_evaluation_item import RATES


class BphsEvaluation(models.Model):
    """The bulletin of a round (通报): drafted from its figures, edited until it is handed in for approval.

    Reference texts are Chinese: they are the bureau's own paper.
    """

    _inherit = "bphs.evaluation"

    bulletin_title = fields.Char(string="Title", copy=False)
    bulletin_to = fields.Char(string="Addressed To", copy=False, help="To whom the bulletin goes (主送).")
    bulletin_opening = fields.Text(string="Opening", copy=False)
    bulletin_figures = fields.Text(string="Figures", copy=False)
    bulletin_results = fields.Text(string="Results", copy=False)
    bulletin_problems = fields.Text(string="Main Problems", copy=False)
    bulletin_demands = fields.Text(string="Demands", copy=False)
    bulletin_signers = fields.Char(string="Issued By", copy=False, help="Full names of who issues it, separated by 、")
    bulletin_copies = fields.Char(string="Copies To", copy=False, help="Who gets a copy (抄送).")

    def _draft_bulletin(self):
        """Write the first words anew from what was scored; people edit them before the round is handed in."""
        self.ensure_one()
        self._write_state(
            {
                "bulletin_title": self._bulletin_title(),
                "bulletin_to": ADDRESSED[self.level],
                "bulletin_opening": self._opening_text(),
                "bulletin_figures": "\n".join(self._figures_paragraphs()),
                "bulletin_results": self._results_text(),
                "bulletin_problems": self._problems_text(),
                "bulletin_demands": f"{DEMANDS}{SETTLING}" if self.feeds_settlement else DEMANDS,
                "bulletin_signers": self.bulletin_signers or self.institution_id.name,
            }
        )

    # === FIRST WORDS === #

    def _bulletin_title(self):
        return f"关于{period_text(self.period_id)}基本公共卫生服务{self._kind_words()}情况的通报"

    def _kind_words(self):
        """:return str: what kind of round it is, as its papers name it"""
        return "绩效评价"

    def _opening_text(self):
        dates = [sheet.visit_date for sheet in self.sheet_ids if sheet.visit_date]
        when = f"于{'至'.join(dict.fromkeys(map(day, (min(dates), max(dates)))))}" if dates else ""
        return (
            f"按照《{self.scheme_id.name}》，{self.institution_id.name}{when}对 {len(self.sheet_ids)} 个单位"
            f"{period_text(self.period_id)}基本公共卫生服务工作进行了{self._kind_words()}。现将有关情况通报如下。"
        )

    def _figures_paragraphs(self):
        """What the work came to, with heading lines （一） where there are several kinds. Modules add their own.

        :return list: of str
        """
        parts = [("项目执行情况", self._work_sentences()), ("经费情况", self._money_sentences())]
        parts = [(title, sentences) for title, sentences in parts if sentences]
        lines = []
        for number, (title, sentences) in enumerate(parts):
            lines += [f"（{'一二三四五六七八九'[number]}）{title}", *sentences]
        return lines

    def _told_figures(self):
        """Figures of the organiser for the period that other modules keep. Modules add theirs to ``super()``'s.

        :return list: of str, as 高血压患者基层规范管理服务率77.00%（48439/62908）
        """
        return []

    def _work_sentences(self):
        """:return list: figures that are kept, then what sheets counted over all units: rates with both their parts"""
        told = self._told_figures()
        lines = self.sheet_ids.line_ids.filtered(lambda line: line.method in RATES and line.is_assessed)
        if told:
            # What sheets took over from there is told already.
            lines = lines.filtered(lambda line: not line.item_id.rate_code)
        by_item = lines.grouped("item_id")
        for item in sorted(by_item, key=lambda item: (item.sequence, item.id)):
            numerator = int(sum(to_decimal(line.numerator) for line in by_item[item]))
            denominator = int(sum(to_decimal(line.denominator) for line in by_item[item]))
            if denominator:
                # 不低于40%38.96% would be one figure.
                name = f"{item.name}：" if item.name[-1:] in "0123456789%％" else item.name
                told.append(f"{name}{percent(numerator, denominator)}（{numerator}/{denominator}）")
        return [f"{'；'.join(told)}。"] if told else []

    def _money_sentences(self):
        """:return list: what arrived for the year, level by level, as the ledger of arrivals has it"""
        year = self.period_id if self.period_id.kind == "year" else self.period_id.parent_id
        # sudo: sums alone, for the paper that tells them; the section keeps no ledger
        receipts = self.env["bphs.fund.receipt"].sudo()
        labels = dict(receipts._fields["level"]._description_selection(self.with_context(lang="zh_CN").env))
        # As notices tell them: from the highest level of government down.
        ranks = {level: rank for rank, level in enumerate(labels)}
        found = receipts._read_group(
            [
                ("state", "=", "confirmed"),
                ("budget_id.period_id", "=", year.id),
                ("institution_id", "=", self.institution_id.id),
            ],
            ["level"],
            ["amount:sum"],
        )
        sums = [
            (labels.get(level, level), to_decimal(amount) / TEN_THOUSAND)
            for level, amount in sorted(found, key=lambda row: ranks.get(row[0], len(ranks)))
        ]
        if not sums:
            return []
        parts = "，".join(f"{label}{_text(amount)}万元" for label, amount in sums)
        whole = sum((amount for __, amount in sums), to_decimal(0))
        return [f"{period_text(year)}补助资金到位：{parts}，合计{_text(whole)}万元。"]

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
            parts.append(self._compared_text(compared))
        return "\n".join(parts)

    def _compared_text(self, compared):
        """:return str: how the scores that can be compared with others came out beside these"""
        better = len(compared.filtered(lambda score: score.change > 0))
        worse = len(compared.filtered(lambda score: score.change < 0))
        return (
            f"与上一轮相比，{len(compared)} 个单位可比：得分率上升 {better} 个，下降 {worse} 个，"
            f"持平 {len(compared) - better - worse} 个。"
        )

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

    # === ANNEX 1 === #

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


TEN_THOUSAND = Decimal(10_000)
ADDRESSED = {"county": "各乡镇卫生院、社区卫生服务中心，各有关单位：", "township": "各村卫生室："}
DEMANDS = (
    "各单位要对照问题清单逐项整改，明确责任人和完成时限，按期提交佐证材料；"
    "主办单位将组织核验，对逾期未改、重复发生的问题予以督办。"
)
# Of a round whose scores go into the settlement, and of no other.
SETTLING = "评价得分按规定用于资金结算。"


def percent(numerator, denominator):
    """A rate as a bulletin prints it, halves up."""
    over = Population(denominator, "分母", "", date.min)
    return Rate(numerator, over).shown()


def _text(number):
    text = f"{to_decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
