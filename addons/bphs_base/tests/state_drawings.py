"""The states of every document, drawn from the tables its steps follow: docs/states, made by scripts/draw-states."""

import ast
from functools import cache
from pathlib import Path

from odoo.modules.module import get_module_path
from odoo.tools.translate import PoFileReader

from ..tools.steps import drawing

# Who a side is, where it is more than a role.
SIDES = {
    "clerk": "整改专员、基层卫生科",
    "responsible": "责任单位",
    "verifier": "核验人",
    "addressee": "收函单位",
    "reporter": "填报单位",
    "asker": "申请人",
    "evaluator": "评价人员",
    "unit": "被评价单位",
    "owner": "组织评价的人员",
}
# Steps that have no button of their own in the form: taken in a window, from the list, or as one of two by one button.
OTHERWISE = {
    "end": "终止",
    "reject": "退回",
    "correct": "退回更正",
    "grant": "同意延期",
    "submit_free": "提交（不需审批）",
    "mark_failed": "登记退票",
    "confirm": "第二人复核确认",
    "verify": "第二人复核确认",
}
SYSTEM = "（随其他单据自动）"


def documents(env):
    """:return: every document with steps that is installed, by name"""
    mixin = env.registry["bphs.steps.mixin"]
    return [
        env[name]
        for name, model in sorted(env.registry.items())
        if issubclass(model, mixin) and not model._abstract and model._steps and not name.startswith("bphs.test.")
    ]


def drawing_of(document):
    """The drawing of a document in Chinese, whatever languages the database holds.

    :return: text in the language of Graphviz
    """
    document = document.with_context(lang="en_US").sudo()
    chinese = _chinese(document._original_module)
    state = document._fields[document._state_field]
    labels = {value: chinese.get(label, label) for value, label in state._description_selection(document.env)}
    buttons = _buttons(document)
    for name, step in document._steps.items():
        label = buttons.get(name)
        labels[f"step:{name}"] = SYSTEM if step.by_system else chinese.get(label, label or OTHERWISE.get(name, name))
    start = document.default_get([state.name]).get(state.name)
    roles = {role for step in document._steps.values() for role in step.roles}
    groups = {role: document.env.ref(f"bphs_base.group_{role}").name for role in roles}
    of_base = _chinese("bphs_base")
    who = SIDES | {role: of_base.get(name, name) for role, name in groups.items()}
    title = f"{chinese.get(document._description, document._description)}（{document._name}）"
    return drawing(title, labels, start, document._steps, who)


def _buttons(document):
    """{step: what the button of its form says}"""
    buttons = {name: title for name, (title, *__) in document._asked_steps().items()}
    if not document.env["ir.ui.view"].search_count([("model", "=", document._name), ("type", "=", "form")]):
        return buttons
    # As it is written: what one person is shown leaves out the buttons of others.
    form, __ = document._get_view(view_type="form")
    for button in form.iterfind(".//button"):
        name, label = button.get("name") or "", button.get("string")
        if name == "action_ask_step":
            name = "action_" + ast.literal_eval(button.get("context", "{}")).get("step", "")
        buttons.setdefault(name.removeprefix("action_").removeprefix("open_"), label)
    return buttons


@cache
def _chinese(module):
    path = Path(get_module_path(module), "i18n", "zh_CN.po")
    return {entry["src"]: entry["value"] for entry in PoFileReader(str(path)) if entry["value"]}
