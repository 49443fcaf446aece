"""The answers of a form beside its columns: as a sheet writes them, or as a program sends them.

A sheet: ``salt=light；symptoms=2,3``, codes or words as the form has them. A program: an object of codes and answers.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from odoo.addons.bphs_base.tools.importing.sheet_values import as_date, as_decimal, as_integer, as_text
from odoo.addons.bphs_base.tools.sheet_guard import SheetError

from ..forms import Question

_LONGEST = 1000
_YES = {"true": True, "false": False, "是": True, "否": False, "1": True, "0": False}


def read_answers(given: Any, questions: Iterable[Question], choices: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return code -> answer as it is stored.

    :param given: text, a mapping, or nothing
    :param choices: question -> {code or words: code}; a question that stands in a column has none here
    :raise SheetError: with the question that cannot be read
    """
    if given is None:
        return {}
    told = given if isinstance(given, Mapping) else _written(as_text(given))
    asked = {question.code: question for question in questions}
    found = {}
    for code, answer in told.items():
        if code not in asked or code not in choices:
            raise SheetError(f"该服务表单没有项目“{str(code)[:30]}”")
        found[code] = _answer(asked[code], answer, choices[code])
    return found


def _written(text):
    found = {}
    for part in text.replace(";", "；").split("；"):
        if not part.strip():
            continue
        code, equals, answer = part.partition("=")
        if not equals or not answer.strip():
            raise SheetError(f"“{part[:30]}”应写成“项目代码=答案”，多项用分号隔开")
        found[code.strip()] = answer.strip()
    return found


def _answer(question, answer, words):
    match question.kind:
        case "tags":
            several = answer if isinstance(answer, (list, tuple)) else as_text(answer).replace("、", ",").split(",")
            return [_chosen(question, one, words) for one in several]
        case "selection":
            return _chosen(question, answer, words)
        case "boolean":
            text = as_text(answer).lower()
            if text not in _YES:
                raise SheetError(f"“{question.code}”应为是或否")
            return _YES[text]
        case "date":
            return str(as_date(answer))
        case "integer" | "float":
            return _number(question, answer)
    text = "" if isinstance(answer, (list, tuple, Mapping)) else as_text(answer)
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise SheetError(f"“{question.code}”应为不超过{_LONGEST}字的文本")
    return text


def _number(question, answer):
    number = as_integer(answer) if question.kind == "integer" else as_decimal(answer)
    if number is None or question.low is not None and not question.low <= number <= question.high:
        raise SheetError(f"“{question.code}”空缺或超出合理范围")
    return number if question.kind == "integer" else float(number)


def _chosen(question, answer, words):
    text = as_text(answer).strip()
    if text not in words:
        raise SheetError(f"“{question.code}”没有选项“{text[:20]}”")
    return words[text]
