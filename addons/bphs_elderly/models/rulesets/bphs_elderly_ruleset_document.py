import base64
import json

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_open

from odoo.addons.bphs_base.tools.replay_reader import ReplayError, decode, dump

from ...tools.grading.rules import PAST
from ...tools.grading.ruleset_document import read_ruleset

SHIPPED = ("strict-2025", "own-clock-2025")
# Where a list of codes is one of diseases.
DISEASES = ("control", "unsettled")


class BphsElderlyRuleset(models.Model):
    """A set goes out and comes in as the JSON of the replay document (grading rules, section 4)."""

    _inherit = "bphs.elderly.ruleset"

    json_file = fields.Binary(string="As a File", compute="_compute_json_file")
    json_name = fields.Char(compute="_compute_json_file")

    @api.depends("code")
    def _compute_json_file(self):
        for ruleset in self:
            ruleset.json_file = base64.b64encode(dump(ruleset._document()).encode())
            ruleset.json_name = f"{ruleset.code or 'ruleset'}.json"

    def action_export(self):
        """:return dict: the download of the set as a file"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/json_file/{self.json_name}?download=true",
            "target": "download",
        }

    def _document(self):
        """:return dict: the set as JSON; what is not complete yet lacks keys"""
        self.ensure_one()
        return {
            "code": self.code or "",
            "name": self.name or "",
            "source": self.source or "",
            "gate": [condition._document() for condition in self.gate_ids],
            "rules": [rule._document() for rule in self.rule_ids],
        }

    @api.model
    def _create_from_file(self, data):
        """Make a draft of a file.

        :param bytes data: JSON in UTF-8
        :raise UserError: names what is wrong with it
        """
        try:
            ruleset = read_ruleset(decode(data), "")
        except ReplayError as error:
            raise UserError(self.env._("This file holds no rule set: %(problem)s", problem=error)) from error
        if self.search_count([("code", "=", ruleset.code)]):
            raise UserError(self.env._("There is a rule set %(code)s already.", code=ruleset.code))
        self.env["bphs.elderly.code"]._add_missing(_codes_of(ruleset))
        return self.create(
            {
                "code": ruleset.code,
                "name": ruleset.name,
                "source": ruleset.source,
                "gate_ids": [Command.create(vals) for vals in _conditions([ruleset.gate])],
                "rule_ids": [
                    Command.create(
                        {
                            "sequence": number,
                            "code": rule.code,
                            "colour": rule.colour,
                            "text": rule.text,
                            "action": rule.action,
                            "condition_ids": [Command.create(vals) for vals in _conditions(rule.alternatives)],
                        }
                    )
                    for number, rule in enumerate(ruleset.rules, 1)
                ],
            }
        )

    @api.model
    def _load_shipped(self):
        """Bring the shipped sets in as drafts, once."""
        for name in SHIPPED:
            with file_open(f"bphs_elderly/data/rulesets/{name}.json", "rb") as file:
                data = file.read()
            if not self.search_count([("code", "=", json.loads(data)["code"])]):
                self._create_from_file(data)


def _conditions(alternatives):
    return [
        {
            "sequence": number,
            "alternative": way,
            "fact": condition.fact,
            "operator": condition.operator,
            "value": None if condition.value is None else str(condition.value),
            "word": condition.word,
            "older": condition.kind == PAST,
            "codes": list(condition.codes),
            "at_least": condition.at_least,
            "last": condition.last,
            "months": condition.months,
        }
        for way, conditions in enumerate(alternatives, 1)
        for number, condition in enumerate(conditions, 1)
    ]


def _codes_of(ruleset):
    for conditions in (ruleset.gate, *(tests for rule in ruleset.rules for tests in rule.alternatives)):
        for condition in conditions:
            kind = "condition" if condition.fact in DISEASES else condition.fact
            yield from ((kind, code) for code in condition.codes)
