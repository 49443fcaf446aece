import base64

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_open

from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.replay_reader import ReplayError, decode, dump

from ...tools.scheme import CAP
from ...tools.scheme_document import read_scheme, scheme_document
from ...tools.shipped import read_shipped

SHIPPED = ("county-1000", "county-100")


class BphsEvaluationScheme(models.Model):
    """A scheme goes out and comes in as the JSON of the replay document (evaluation rules, section 1)."""

    _inherit = "bphs.evaluation.scheme"

    json_file = fields.Binary(string="As a File", compute="_compute_json_file")
    json_name = fields.Char(compute="_compute_json_file")

    @api.depends("code")
    def _compute_json_file(self):
        for scheme in self:
            problem = scheme._problem()
            scheme.json_file = False if problem else base64.b64encode(dump(scheme_document(scheme._core())).encode())
            scheme.json_name = f"{scheme.code or 'scheme'}.json"

    def action_export(self):
        """:return dict: the download of the scheme as a file
        :raise UserError: it is not complete yet
        """
        self.ensure_one()
        self.check_access("read")
        self._core()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/json_file/{self.json_name}?download=true",
            "target": "download",
        }

    def _core(self):
        """:return: the scheme as the rules of scoring read it
        :raise UserError: says what is wrong with it
        """
        self.ensure_one()
        try:
            return read_scheme(self._document(), "")
        except ReplayError as error:
            raise UserError(
                self.env._("%(scheme)s is not complete: %(problem)s", scheme=self.display_name, problem=error)
            ) from error

    def _problem(self):
        """:return str: the first thing the rules find wrong with it; empty where nothing is"""
        self.ensure_one()
        try:
            read_scheme(self._document(), "")
        except ReplayError as error:
            return str(error)
        return ""

    def _document(self):
        """:return dict: the scheme as JSON; what is not complete yet is refused by the rules"""
        return {
            "code": self.code or "",
            "name": self.name or "",
            "total": number_text(self.total),
            "rescale": self.rescale,
            "min_assessable": number_text(self.min_assessable),
            "items": [item._document() for item in self._leaves()],
            "red_lines": [
                {
                    "code": line.code or "",
                    "effect": line.effect or "",
                    "value": number_text(line.value) if line.effect == CAP else None,
                }
                for line in self.red_line_ids.sorted(lambda line: (line.sequence, line.id))
            ],
            "groups": [
                {"name": group.name or "", "from": number_text(group.start)}
                for group in self.group_ids.sorted(lambda group: (-group.start, group.id))
            ],
        }

    @api.model
    def _create_from_file(self, data):
        """Make a draft of a file; names it does not hold are the codes until somebody writes them.

        :param bytes data: JSON in UTF-8: a scheme, or a replay document whose scheme is taken
        :raise UserError: names what is wrong with it
        """
        try:
            document = decode(data)
            if isinstance(document, dict) and "evaluation" in document:
                document = document["evaluation"]
            scheme = read_scheme(document, "")
        except ReplayError as error:
            raise UserError(self.env._("This file holds no scheme: %(problem)s", problem=error)) from error
        return self._create_from_document(scheme_document(scheme))

    @api.model
    def _create_from_document(self, document, rows=None):
        """Make a draft of a checked scheme.

        :param rows: further values by code of item, case and red line, where more is known than the document says
        """
        if self.search_count([("code", "=", document["code"])]):
            raise UserError(self.env._("There is a scheme %(code)s already.", code=document["code"]))
        rows = rows or {}
        return self.create(
            {
                "code": document["code"],
                "name": document["name"],
                "total": document["total"],
                "rescale": document["rescale"],
                "min_assessable": document["min_assessable"],
                "item_ids": [
                    Command.create(_item_values(item, 10 * number, rows))
                    for number, item in enumerate(document["items"], 1)
                ],
                "red_line_ids": [
                    Command.create(
                        {
                            "sequence": 10 * number,
                            "code": line["code"],
                            "name": line["code"],
                            "effect": line["effect"],
                            "value": line["value"] or 0,
                            **rows.get(line["code"], {}),
                        }
                    )
                    for number, line in enumerate(document["red_lines"], 1)
                ],
                "group_ids": [
                    Command.create({"name": group["name"], "start": group["from"]}) for group in document["groups"]
                ],
            }
        )

    @api.model
    def _load_shipped(self):
        """Bring the shipped schemes in as drafts, once."""
        for name in SHIPPED:
            with file_open(f"bphs_evaluation/data/schemes/{name}.json", "rb") as file:
                document, details = read_shipped(decode(file.read()))
            if not self.search_count([("code", "=", document["code"])]):
                self._create_shipped(document, details)

    @api.model
    def _create_shipped(self, document, details):
        rows = {code: {**detail["values"]} for code, detail in details.rows.items()}
        for code, detail in details.rows.items():
            if detail["problem"]:
                rows[code]["problem_type_id"] = self._problem_type(detail["problem"]).id
        scheme = self._create_from_document(document, rows)
        scheme.source = details.source
        leaves = {item.code: item for item in scheme.item_ids}
        for heading in details.headings:
            made = self.env["bphs.evaluation.item"].create(
                {
                    "scheme_id": scheme.id,
                    "code": heading["code"],
                    "name": heading["name"],
                    # Between the leaves of the heading before it and its own.
                    "sequence": min(leaves[code].sequence for code in heading["items"]) - 5,
                }
            )
            for code in heading["items"]:
                leaves[code].parent_id = made
        return scheme

    @api.model
    def _problem_type(self, code):
        return self.env["bphs.problem.type"].search([("code", "=", code)], limit=1)


class BphsEvaluationItem(models.Model):
    _inherit = "bphs.evaluation.item"

    def _document(self):
        """:return dict: the item as JSON"""
        document = {"code": self.code or "", "points": number_text(self.points), "method": self.method}
        if self.method in ("at_least", "at_most"):
            document["target"] = number_text(self.target_rate)
        if self.method == "at_most":
            document["zero_at"] = number_text(self.zero_at)
        if self.method == "steps":
            document["steps"] = [
                {"from": number_text(step.start), "share": number_text(step.share)}
                for step in self.step_ids.sorted(lambda step: (-step.start, step.id))
            ]
        if self.method == "deduct":
            document["cases"] = [
                {
                    "code": case.code or "",
                    "each": number_text(case.each),
                    "most": number_text(case.most) if case.is_bounded else None,
                }
                for case in self.case_ids.sorted(lambda case: (case.sequence, case.id))
            ]
        return document


def number_text(number):
    """A column as the document writes it: no sign of what a float is, no noughts at its end."""
    text = f"{to_decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _item_values(item, sequence, rows):
    code = item["code"]
    return {
        "sequence": sequence,
        "code": code,
        "name": code,
        "points": item["points"],
        "method": item["method"],
        "target_rate": item.get("target", 0),
        "zero_at": item.get("zero_at", 0),
        "step_ids": [Command.create({"start": step["from"], "share": step["share"]}) for step in item.get("steps", ())],
        "case_ids": [
            Command.create(
                {
                    "sequence": 10 * number,
                    "code": case["code"],
                    "name": case["code"],
                    "each": case["each"],
                    "is_bounded": case["most"] is not None,
                    "most": case["most"] or 0,
                    **rows.get(f"{code}/{case['code']}", {}),
                }
            )
            for number, case in enumerate(item.get("cases", ()), 1)
        ],
        **rows.get(code, {}),
    }
