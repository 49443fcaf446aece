"""One row of a list of contracts: what it says, or why it is refused.

What a single row shows is judged here; what takes all rows or the register is asked of the database.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn
from odoo.addons.bphs_base.tools.importing.sheet_values import as_code, as_date, as_integer
from odoo.addons.bphs_base.tools.reading.cells import Covered, Unread
from odoo.addons.bphs_base.tools.sheet_guard import SheetError
from odoo.addons.bphs_resident.tools.person_cells import EHR_NUMBER, ID_NUMBER, PersonCells, RefusedError

from .terms import MOST_MONTHS, TermRule, rule_on, until_of

SHEET = "签约名册"
COLUMNS = (
    EHR_NUMBER,
    ID_NUMBER,
    ImportColumn("name", "姓名", "name", required=True, aliases=("居民姓名", "签约居民", "名字")),
    ImportColumn("team", "团队编码", "code", aliases=("签约团队编码", "家庭医生团队编码", "团队代码")),
    ImportColumn("package", "服务包编码", "code", required=True, aliases=("签约服务包编码", "服务包代码")),
    ImportColumn("signed_on", "签约日期", "date", required=True, aliases=("签订日期", "签约时间")),
    ImportColumn("date_from", "生效日期", "date", aliases=("开始日期", "协议开始日期")),
    ImportColumn("months", "期限（月）", "int", aliases=("期限", "签约期限", "签约月数")),
)
LABELS = {column.key: column.label for column in COLUMNS}
_LONGEST = 60


class Problem(NamedTuple):
    """Why a row is refused: the kind it is counted under, the column, and a text for the user."""

    kind: str
    column: str
    text: str

    def __str__(self):
        return f"{LABELS[self.column]}：{self.text}"


class ContractReader(PersonCells):
    """Reads the rows of one list.

    :param positions: column key -> place of its cell
    :param teams: code -> id of the teams the user may sign with
    :param packages: code -> (id, usual term) by code, of versions in the order of their days: list of (day, id, months)
    :param terms: how long contracts may be, from which day on
    :param today: later days of signing are refused
    """

    def __init__(
        self,
        positions: Mapping[str, int],
        teams: Mapping[str, int],
        packages: Mapping[str, list[tuple[date, int, int]]],
        terms: Sequence[TermRule],
        today: date,
    ):
        self.positions, self.teams, self.packages = positions, teams, packages
        self.terms, self.today = terms, today
        self._days: dict[Any, date] = {}

    # pylint: disable-next=method-required-super  # of a row, not of a model
    def read(self, cells: list) -> tuple[dict[str, Any], list[Problem]]:
        """The contract of a row and what is wrong with it: ``ehr_number``, ``id_number``, ``name``, ``team_id`` (None:
        that of the village), ``package_id``, ``signed_on``, ``date_from``, ``months``, ``until``.
        """
        row, problems = {}, []
        for key, at in self.positions.items():
            cell = cells[at] if at < len(cells) else ""
            if cell == "":
                continue
            try:
                row[key] = getattr(self, f"_{key}")(self._checked(cell))
            except RefusedError as refused:
                problems.append(Problem(refused.kind, key, str(refused)))
            except SheetError as error:
                problems.append(Problem("unreadable", key, str(error)))
        self._complete(row, problems)
        return row, problems

    def _complete(self, row, problems):
        refused = {problem.column for problem in problems}
        for column in COLUMNS:
            if column.required and column.key not in row and column.key not in refused:
                problems.append(Problem("missing", column.key, "必填"))
        if not {"ehr_number", "id_number"} & ({*row} | refused):
            problems.append(Problem("missing", "ehr_number", "健康档案编号和证件号码至少填一项"))
        if problems:
            return
        row["team_id"] = row.pop("team", None)
        row.setdefault("date_from", row["signed_on"])
        if row["date_from"] < row["signed_on"]:
            problems.append(Problem("date", "date_from", "早于签约日期"))
            return
        versions = [one for one in row.pop("package") if one[0] <= row["date_from"]]
        if not versions:
            problems.append(Problem("package", "package", "生效日期时该服务包尚未启用"))
            return
        __, row["package_id"], usual = versions[-1]
        row["months"] = row.get("months") or usual
        rule = rule_on(self.terms, row["date_from"])
        if not rule.allows(row["months"]):
            problems.append(Problem("months", "months", f"应为{rule.shortest}至{rule.longest}个月"))
            return
        row["until"] = until_of(row["date_from"], row["months"])

    # === CELLS === #

    def _checked(self, cell):
        if type(cell) in (Unread, Covered):
            raise RefusedError("unreadable", "是合并的单元格或无法读取，请逐行填写")
        if type(cell) is str and (len(cell) > _LONGEST or not cell.isprintable() or cell[0] in "=+-@"):
            raise RefusedError("unreadable", "过长，或含有不应出现的字符")
        return cell

    def _team(self, cell):
        code = as_code(cell)
        if code not in self.teams:
            raise RefusedError("team", f"“{code[:20]}”不存在，或不在您的管辖范围内")
        return self.teams[code]

    def _package(self, cell):
        code = as_code(cell)
        if code not in self.packages:
            raise RefusedError("package", f"没有编码为“{code[:20]}”的已发布服务包")
        return self.packages[code]

    def _signed_on(self, cell):
        day = self._day(cell)
        if day > self.today:
            raise RefusedError("date", "在今天之后")
        return day

    def _date_from(self, cell):
        return self._day(cell)

    def _day(self, cell):
        found = self._days.get(cell)
        if found is None:
            found = self._days[cell] = as_date(cell)
        if found.year < 2000:
            raise RefusedError("date", "早于2000年")
        return found

    def _months(self, cell):
        months = as_integer(cell)
        if not 0 < (months or 0) <= MOST_MONTHS:
            raise RefusedError("months", f"应为1至{MOST_MONTHS}个月")
        return months
