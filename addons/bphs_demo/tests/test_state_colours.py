from odoo.tests import TransactionCase, tagged

from odoo.addons.bphs_base.models.forms.our_forms import OURS
from odoo.addons.bphs_base.models.mixins.bphs_phone_card import STATE_WIDGETS
from odoo.addons.bphs_base.tools.states import TONE_OF

# States that share a key with another document's and mean something else: they have a word of their own.
OTHER_WORDS = {
    "approved": {"bphs.population": "已审定"},
    "answered": {"bphs.referral": "已答复"},
    "cancelled": {"bphs.finding": "不需处理"},
    "checked": {"bphs.indicator.set": "产检次数足够"},
    "checking": {"bphs.evaluation": "待审定"},
    "closed": {
        "bphs.fund.notice": "已结束",
        "bphs.finding": "已处理",
        "bphs.referral": "已转回",
        "bphs.authenticity.finding": "已办结",
        "bphs.survey": "已结束",
    },
    "confirmed": {"bphs.evaluation.sheet": "双方已签字"},
    "deemed": {"bphs.evaluation.sheet": "视同签字"},
    "done": {
        "bphs.resident.import": "已写入",
        "bphs.contract.import": "已写入",
        "bphs.outside.import": "已写入",
        "bphs.print.pack.part": "已完成",
        "bphs.followup": "完成",
        "bphs.visit": "完成",
        "bphs.handover": "已交接",
        "bphs.team.session": "已办结",
        "bphs.elderly.trial": "完成",
        "bphs.exam.sample": "完成",
        "bphs.contract.sample": "完成",
        "bphs.group.service": "完成",
        "bphs.patrol": "完成",
    },
    "draft": {
        "bphs.survey": "待发布",
        "bphs.population": "待审定",
        "bphs.lookback": "待抽样",
        "bphs.evaluation.sample": "待抽样",
        "bphs.exam.sample": "待抽样",
        "bphs.contract.sample": "待抽样",
        "bphs.quarterly.report": "待提交",
        "bphs.resident.import": "选择文件",
        "bphs.contract.import": "选择文件",
        "bphs.outside.import": "选择文件",
        "bphs.resident.export": "准备中",
        "bphs.workload": "待填报",
        "bphs.bank.account": "待核验",
        "bphs.fund.payee": "待核验",
        "bphs.fund.payment.line": "待审批",
        "bphs.team.session": "待提名",
    },
    "drawn": {"bphs.contract.sample": "回访中"},
    "failed": {"bphs.fund.payment.line": "拨付失败"},
    "in_progress": {"bphs.evaluation": "评价中", "bphs.evaluation.sheet": "录入中"},
    "issued": {"bphs.supervision.letter": "已发出"},
    "open": {
        "bphs.resident.duplicate": "待确认",
        "bphs.followup": "可办",
        "bphs.finding": "待处理",
        "bphs.elderly.outreach": "待对接",
    },
    "overdue": {"bphs.followup": "超期"},
    "planned": {
        "bphs.followup": "未到期",
        "bphs.handover": "已计划",
        "bphs.evaluation.sheet": "已计划",
        "bphs.team.session": "名单已定",
    },
    "published": {"bphs.fund.notice": "公示中"},
    "ready": {"bphs.resident.export": "可以下载", "bphs.fund.settlement": "已确认"},
    "refused": {
        "bphs.resident.import": "文件不能接收",
        "bphs.contract.import": "文件不能接收",
        "bphs.outside.import": "文件不能接收",
        "bphs.contract": "未通过",
        "bphs.fund.payment.line": "已登记退票，待确认",
    },
    "running": {"bphs.survey": "调查中"},
    "submitted": {
        "bphs.elderly.ruleset": "待发布",
        "bphs.evaluation.scheme": "待发布",
        "bphs.evaluation.sheet": "待单位签字",
        "bphs.elderly.decision": "待确认",
        "bphs.rectification": "已提交佐证",
        "bphs.rectification.statistic": "已提交佐证",
        "bphs.quarterly.report": "已提交",
        "bphs.workload": "已提交",
    },
    "to_pay": {"bphs.fund.payment.line": "待银行付款"},
    "verified": {"bphs.workload": "已核定", "bphs.authenticity.finding": "已核实"},
    "withdrawn": {"bphs.package": "已停用"},
    "working": {"bphs.elderly.trial": "进行中"},
    "waiting": {"bphs.resident.export": "待同意", "bphs.fund.settlement.line": "待村卫生室确认"},
}
TONES = ("danger", "warning", "info", "success", "muted", "primary")


@tagged("post_install", "-at_install")
class TestStateColours(TransactionCase):
    """H31: one state, one colour, in every list, card and form of the suite."""

    def test_h31_one_state_has_one_word(self):
        words = {}
        for name, model in self.env.registry.items():
            if not name.startswith(OURS) or model._abstract or model._transient:
                continue
            records = self.env[name].with_context(lang="zh_CN")
            for field in records._fields.values():
                if field.type != "selection" or not field.name.endswith("state") or field.related:
                    continue
                for state, word in field._description_selection(records.env):
                    if OTHER_WORDS.get(state, {}).get(name) != word:
                        words.setdefault(state, {}).setdefault(word, set()).add(name)
        self.assertGreater(len(words), 30)
        several = {state: said for state, said in words.items() if len(said) > 1}
        self.assertFalse(several)

    def test_h31_every_badge_of_a_state_has_the_colour_of_the_table(self):
        views = self.env["ir.ui.view"].search(
            [("model", "=like", f"{OURS}%"), ("type", "in", ("list", "kanban", "form")), ("mode", "=", "primary")]
        )
        seen, wrong = 0, []
        for view in views:
            model = self.env[view.model]
            arch, _view = model._get_view(view.id, view.type)
            for node in arch.iter("field"):
                name = node.get("name") or ""
                if node.get("widget") not in STATE_WIDGETS or not name.endswith("state"):
                    continue
                owner = model._model_of_node(node)
                for state in owner._fields[name].get_values(self.env):
                    seen += 1
                    tones = {tone for tone in TONES if repr(state) in (node.get(f"decoration-{tone}") or "")}
                    if tones != {TONE_OF.get(state)}:
                        wrong.append(f"{view.name}: {name} {state} is {tones}, not {TONE_OF.get(state)}")
        self.assertGreater(seen, 100)
        self.assertFalse(wrong, "\n".join(wrong))

    def test_cards_made_for_a_phone_have_it_too(self):
        arch, _view = self.env["bphs.fund.hold"]._get_view(view_type="kanban")
        (node,) = (one for one in arch.iter("field") if one.get("name") == "state" and one.get("widget"))
        self.assertIn("'held'", node.get("decoration-warning"))
