import base64
import io

from PIL import Image

from odoo import Command

from odoo.addons.bphs_base.tests.common import CountyCase


def photo(colour="red"):
    """:return str: base64 of a small JPEG"""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(buffer, "JPEG")
    return base64.b64encode(buffer.getvalue()).decode()


class RectificationCase(CountyCase):
    """A problem found at clinics a1, b1 and both townships, and one issued task for each."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.type_medication = cls.env.ref("bphs_rectification.problem_type_medication")
        cls.type_advice = cls.env.ref("bphs_rectification.problem_type_advice")
        cls.problem = cls._problem(
            "用药情况填写不规范", cls.clinic_a1 | cls.clinic_b1 | cls.township_a | cls.township_b
        )
        cls.task_a1, cls.task_b1, cls.task_a, cls.task_b = cls._issue(cls.problem.line_ids, "rectification_clerk")

    @classmethod
    def _problem(cls, name, institutions, key="rectification_clerk", **vals):
        return cls.as_user(key, "bphs.problem").create(
            {
                "name": name,
                "type_id": cls.type_medication.id,
                "line_ids": [Command.create({"institution_id": one.id}) for one in institutions],
                **vals,
            }
        )

    @classmethod
    def _issue(cls, lines, key, **vals):
        """:return list: the tasks, in the order of the lines' institutions, as nobody in particular"""
        dialog = cls.as_user(key, "bphs.rectification.issue").create({"line_ids": [Command.set(lines.ids)], **vals})
        dialog.action_confirm()
        return [line.rectification_id for line in lines.with_env(cls.env)]

    @classmethod
    def _work(cls, task, key, to="submitted"):
        """Bring an issued task on, by the person of ``key``: to ``acknowledged``, ``in_progress`` or ``submitted``."""
        mine = cls.as_user(key, task)
        mine.action_acknowledge()
        if to == "acknowledged":
            return
        mine.action_start()
        if to == "in_progress":
            return
        cls._prove(task, key)
        mine.action_submit("请核验")

    @classmethod
    def _prove(cls, task, key):
        mine = cls.as_user(key, task)
        mine.write({"cause": "不熟悉规范", "measures": "组织培训", "result": "已全部补填"})
        return cls.as_user(key, "bphs.rectification.evidence").create(
            {"rectification_id": task.id, "name": "补填后的记录", "kind": "photo", "attachment": photo()}
        )

    @classmethod
    def _close(cls, task, worker, verifier, closer="rectification_clerk"):
        cls._work(task, worker)
        cls.as_user(verifier, task).action_verify("已现场核实")
        cls.as_user(closer, task).action_close("同意销号")

    @property
    def today(self):
        return self.env["res.users"]._county_today()
