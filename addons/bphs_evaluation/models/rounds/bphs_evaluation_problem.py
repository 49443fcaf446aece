from odoo import fields, models

from odoo.addons.bphs_base.tools.money import to_decimal


class BphsEvaluation(models.Model):
    """Lost points become problems in the register of rectification, item by item, with what shows them."""

    _inherit = "bphs.evaluation"

    problem_ids = fields.One2many("bphs.problem", "evaluation_id", string="Problems", readonly=True)
    problem_count = fields.Integer(string="Number of Problems", compute="_compute_problem_count", compute_sudo=False)

    def _compute_problem_count(self):
        counts = dict(
            self.env["bphs.problem"]._read_group([("evaluation_id", "in", self.ids)], ["evaluation_id"], ["__count"])
        )
        for round_ in self:
            round_.problem_count = counts.get(round_._origin, 0)

    def action_problems(self):
        """:return dict: what was found, in the register of problems"""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_rectification.bphs_problem_action")
        return {**action, "domain": [("evaluation_id", "=", self.id)], "context": {}}

    def _lost_lines(self):
        """:return: the lines that lost points, by item and unit"""
        lost = self.sheet_ids.line_ids.filtered("is_lost")
        return lost.sorted(lambda line: (line.item_id.sequence, line.item_id.id, line.institution_id.code))

    def _lost_to_register(self):
        """:return: the lines whose lost points are registered as problems"""
        return self._lost_lines()

    def _raise_problems(self):
        """One problem an item, one line a unit; a problem that came before is recognised by the register."""
        other = self.env.ref("bphs_evaluation.problem_type_points")
        today = self._county_today()
        # sudo: what was approved is registered; who approves keeps no register
        problems = self.env["bphs.problem"].sudo()
        for item, lines in self._lost_to_register().grouped("item_id").items():
            problem = problems.create(
                {
                    "name": self.env._("%(item)s: points lost", item=item.name),
                    "type_id": (item.problem_type_id or other).id,
                    "indicator": item.code,
                    "source": "evaluation",
                    "period_id": self.period_id.id,
                    "document_id": self.document_id.id,
                    "found_on": today,
                    "evaluation_id": self.id,
                }
            )
            found = problems.env["bphs.problem.line"].create(
                [
                    {
                        "problem_id": problem.id,
                        "institution_id": line.institution_id.id,
                        "detail": line._lost_text(),
                    }
                    for line in lines
                ]
            )
            for line, place in zip(lines, found, strict=True):
                line._hand_over_evidence(place)


class BphsProblem(models.Model):
    _inherit = "bphs.problem"

    evaluation_id = fields.Many2one(
        "bphs.evaluation",
        string="Found in the Round",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )


class BphsEvaluationLine(models.Model):
    _inherit = "bphs.evaluation.line"

    def _lost_text(self):
        """What a unit is told of the points it lost."""
        lost = to_decimal(self.points) - to_decimal(self.score)
        words = self.env._(
            "%(points)s points, %(score)s earned, %(lost)s lost",
            points=f"{to_decimal(self.points):.2f}",
            score=f"{to_decimal(self.score):.2f}",
            lost=f"{lost:.2f}",
        )
        return "；".join(part for part in (words, self.result_text, self.note) if part)

    def _hand_over_evidence(self, place):
        """Show what the evaluators photographed to whoever puts it right.

        :param place: the `bphs.problem.line` of this unit
        """
        proofs = self.evidence_ids.sudo()  # sudo: handed over whole, whoever took it
        self.env["bphs.problem.evidence"].sudo().create(  # sudo: as the problem itself
            [
                {
                    "problem_id": place.problem_id.id,
                    "line_id": place.id,
                    "name": proof.name,
                    "kind": proof.kind,
                    "attachment": proof.attachment,
                    "text": proof.text,
                    "taken_on": proof.taken_on,
                }
                for proof in proofs
            ]
        )
