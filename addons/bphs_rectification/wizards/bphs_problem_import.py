from odoo import Command, api, fields, models

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS, TOWNSHIP_KINDS
from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn

from ..models.problems.bphs_problem import SOURCES
from ..tools.annex import TermError, parse_term, recognise_type, split_units, unit_group
from ..tools.deadlines import SEVERITIES
from ..tools.unit_names import likely_units

GROUP_KINDS = {
    "township": TOWNSHIP_KINDS,
    "clinic": CLINIC_KINDS,
    "all": (*TOWNSHIP_KINDS, *CLINIC_KINDS),
}
# What bulletins call the columns of their list.
UNIT_HEADINGS = ("单位名称", "机构", "机构名称", "被检查单位", "责任单位", "整改单位", "医疗机构", "被评价单位")
PROBLEM_HEADINGS = ("存在问题", "存在的问题", "问题描述", "问题内容", "主要问题", "发现问题", "发现的问题")
TERM_HEADINGS = ("整改时限", "整改期限", "期限", "完成时限", "限期", "整改完成时限", "完成时间")
RESPONSIBLE_HEADINGS = ("整改责任人", "负责人", "责任人姓名")


class BphsProblemImport(models.TransientModel):
    """Load the list of problems of a bulletin (附件2 问题列表): a workbook, the tables of a Word file, or pasted text.

    A row may name several units, and rows that tell the same problem of several units become one problem.
    """

    _name = "bphs.problem.import"
    _inherit = "bphs.import.wizard"
    _description = "Import Problems"

    file = fields.Binary(string="Workbook, CSV or Word File")
    source = fields.Selection(SOURCES, required=True, default="evaluation")
    document_id = fields.Many2one("bphs.document", string="Bulletin or Document")
    period_id = fields.Many2one("bphs.period")
    found_on = fields.Date(required=True, default=lambda self: self._county_today())
    severity = fields.Selection(list(SEVERITIES), string="Severity without a Term", required=True, default="limited")
    type_id = fields.Many2one("bphs.problem.type", string="Type Where None Is Recognised")
    line_ids = fields.Many2many("bphs.problem.line", string="Loaded", readonly=True)
    pasted = fields.Text(string="Or Paste the Table", help="Copied from Word or Excel, with its headings.")

    # === HOOKS === #

    @api.model
    def _import_sheet_name(self):
        return self.env._("Problem List")

    @api.model
    def _import_columns(self):
        return [
            # A list merges whatever is the same for several rows.
            ImportColumn("sequence", self.env._("No."), fill_down=True),
            ImportColumn("units", self.env._("Unit"), required=True, fill_down=True, aliases=UNIT_HEADINGS),
            ImportColumn("problem", self.env._("Problem"), required=True, fill_down=True, aliases=PROBLEM_HEADINGS),
            ImportColumn("indicator", self.env._("Indicator"), fill_down=True, aliases=("指标名称", "考核指标")),
            ImportColumn("type", self.env._("Problem Type"), fill_down=True, aliases=("类型", "问题类别", "类别")),
            ImportColumn("term", self.env._("Term"), fill_down=True, aliases=TERM_HEADINGS),
            ImportColumn(
                "responsible", self.env._("Person Responsible"), "name", fill_down=True, aliases=RESPONSIBLE_HEADINGS
            ),
            ImportColumn(
                "detail", self.env._("Detail"), fill_down=True, aliases=("具体问题", "详细情况", "说明", "备注")
            ),
        ]

    def _import_template_rows(self):
        townships = self.env["bphs.institution"].search([("kind", "in", TOWNSHIP_KINDS)])
        return [{"sequence": str(at), "units": one.name} for at, one in enumerate(townships, 1)]

    def _import_content(self):
        if self.file or not (self.pasted or "").strip():
            return super()._import_content()
        return self.pasted.encode()

    def _import_check(self, rows):
        self.env["bphs.problem"].check_access("create")
        types = self._import_types()
        units = self._import_units(rows)
        likely = self._import_likely(rows, units)
        self._import_ask_names(likely)
        told = {}
        for row in rows:
            row.values["institutions"] = self._import_institutions(row, units, likely)
            self._import_check_type(row, types)
            row.values["severity"], row.values["deadline"] = self._import_term(row)
            for institution in row.values["institutions"]:
                key = (self._import_key(row), institution.id)
                if key in told:
                    row.error("units", self.env._("the same as row %(row)s", row=told[key]))
                told.setdefault(key, row.number)

    def _import_apply(self, rows):
        """Register what is not registered yet: loading the same list again adds nothing."""
        known = self._import_known()
        before = {problem: problem.line_ids for problem in known.values()}
        values = {}
        for row in rows:
            key = self._import_key(row)
            problem = known.get(key)
            present = set(problem.line_ids.institution_id.ids) if problem else set()
            lines = [
                Command.create(self._import_line(row, institution))
                for institution in row["institutions"]
                if institution.id not in present
            ]
            if problem:
                problem.line_ids = lines
            elif lines:
                values.setdefault(key, {**self._import_problem(row), "line_ids": []})["line_ids"] += lines
        added = self.env["bphs.problem"].create(list(values.values())).line_ids
        for problem, present in before.items():
            added |= problem.line_ids - present
        self.line_ids = added
        return len(added)

    # === ACTIONS === #

    def action_issue_tasks(self):
        """:return dict: the window that issues tasks of what this import loaded, and of nothing else"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_rectification.bphs_rectification_issue_action")
        waiting = self.line_ids.filtered(lambda line: not line.rectification_id)
        action["context"] = {"default_line_ids": [Command.set(waiting.ids)]}
        return action

    # === READING A ROW === #

    def _import_types(self):
        """:return tuple: the kinds, and the works they belong to, each id -> (name, keywords)"""
        types = self.env["bphs.problem.type"].search([("active", "=", True)])
        kinds = types.filtered("parent_id")
        return tuple({one.id: (one.name, one._keyword_list()) for one in found} for found in (kinds, types - kinds))

    def _import_check_type(self, row, types):
        said = row.get("type")
        # What was found tells more than the indicator it cost points of, which often names the whole work.
        texts = [said] if said else [row.get("problem"), row.get("indicator")]
        if said:
            # Whoever writes a type means that very one, be it a kind or a work.
            kinds, works = types
            row.values["type_id"] = recognise_type(texts, {**kinds, **works})
        else:
            row.values["type_id"] = recognise_type(texts, *types) or self.type_id.id or None
        if not row.get("type_id"):
            row.error(
                "type",
                self.env._(
                    "the type of problem is not recognised: write one of Rectification / Problem Types into the column"
                    " Problem Type, or choose a type where none is recognised"
                ),
            )

    def _import_units(self, rows):
        """:return dict: name, code or words for a whole group -> institutions of the user's scope, in two queries"""
        names = {name for row in rows for name in split_units(row.get("units") or "")}
        found = self.env["bphs.institution"].search(["|", ("name", "in", list(names)), ("code", "in", list(names))])
        units = {}
        for one in found:
            for name in {one.name, one.code} & names:
                units[name] = units.get(name, one) | one
        # What was chosen for a name before, where nobody bears it.
        for one in self.env["bphs.unit.name"].search([("name", "in", list(names - units.keys()))]):
            units[one.name] = units.get(one.name, one.institution_id) | one.institution_id
        groups = {name: GROUP_KINDS[unit_group(name)] for name in names if unit_group(name)}
        kinds = [kind for group in groups.values() for kind in group]
        grouped = self.env["bphs.institution"].search([("kind", "in", kinds)])
        return units | {
            name: grouped.filtered(lambda one, group=group: one.kind in group) for name, group in groups.items()
        }

    def _import_likely(self, rows, units):
        """:return dict: name that is not known -> institutions it may stand for"""
        names = {name: None for row in rows for name in split_units(row.get("units") or "") if not units.get(name)}
        if not names:
            return {}
        everyone = self.env["bphs.institution"].search([])  # pylint: disable=no-search-all
        known = dict(zip(everyone.mapped("name"), everyone, strict=True))
        return {
            name: self.env["bphs.institution"].union(*(known[one] for one in likely_units(name, known)))
            for name in names
        }

    def _import_institutions(self, row, units, likely):
        institutions = self.env["bphs.institution"]
        for name in split_units(row.get("units") or ""):
            found = units.get(name)
            if not found and likely.get(name):
                row.error(
                    "units",
                    self.env._(
                        "“%(name)s” is not known; does it mean %(names)s? Say so below, it is remembered",
                        name=name,
                        names="、".join(f"“{one}”" for one in likely[name].mapped("name")),
                    ),
                )
            elif not found:
                row.error("units", self.env._("“%(code)s” does not exist or is not within your scope", code=name))
            elif len(found) > 1 and not unit_group(name):
                row.error(
                    "units",
                    self.env._(
                        "“%(name)s” is the name of %(count)s institutions; write the code",
                        name=name,
                        count=len(found),
                    ),
                )
            else:
                institutions |= found
        return institutions

    def _import_term(self, row):
        if not row.get("term"):
            return self.severity, False
        try:
            severity, deadline = parse_term(row["term"], self.found_on)
        except TermError as error:
            row.error("term", str(error))
            return self.severity, False
        if deadline and deadline < self.found_on:
            row.error("term", self.env._("is before the day the problem was found"))
        return severity or self.severity, deadline or False

    # === WRITING === #

    def _import_key(self, row):
        return (row.get("problem"), row.get("type_id"), row.get("severity"), row.get("indicator") or False)

    def _import_known(self):
        """:return dict: key -> problem of the same list registered before"""
        problems = self.env["bphs.problem"].search(
            [
                ("source", "=", self.source),
                ("document_id", "=", self.document_id.id),
                ("found_on", "=", self.found_on),
            ]
        )
        return {(one.name, one.type_id.id, one.severity, one.indicator): one for one in problems}

    def _import_problem(self, row):
        return {
            "name": row["problem"],
            "type_id": row["type_id"],
            "severity": row["severity"],
            "indicator": row.get("indicator"),
            "source": self.source,
            "document_id": self.document_id.id,
            "period_id": self.period_id.id,
            "found_on": self.found_on,
        }

    def _import_line(self, row, institution):
        return {
            "institution_id": institution.id,
            "detail": row.get("detail"),
            "deadline": row["deadline"],
            "responsible_name": row.get("responsible"),
        }
