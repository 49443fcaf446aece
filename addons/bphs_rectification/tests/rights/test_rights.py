from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from ..common import RectificationCase
from ..supervision_rights import SupervisionRights


@tagged("post_install", "-at_install")
class TestRights(SupervisionRights, RectificationCase, RightsCase):
    rights_module = "bphs_rectification"

    def _try(self, state, step, *args):
        """:return: what brings the clinic's task and the township's to a state, and a step on them; one must go"""

        def bring():
            self._bring(self.task_a1, "village_doctor_a1", "evaluator", state)
            self._bring(self.task_a, "township_public_health_a", "evaluator", state)

        def attempt(key, _made):
            refused = []
            for task in (self.task_a1, self.task_a):
                # The one who did the work is refused for that, not for their role.
                if key == "township_public_health_a" and task == self.task_a and step == "action_verify":
                    continue
                try:
                    getattr(self.as_user(key, task), step)(*args)
                except AccessError as error:
                    refused.append(error)
                else:
                    return
            raise refused[0]

        return bring, attempt

    def _bring(self, task, worker, verifier, state):
        if state in ("acknowledged", "in_progress", "submitted"):
            self._work(task, worker, state)
        if state in ("verified", "closed"):
            self._work(task, worker)
            self.as_user(verifier, task).action_verify()
        if state == "closed":
            self.as_user("primary_care_officer", task).action_close()

    def _prove_both(self):
        for task, worker in ((self.task_a1, "village_doctor_a1"), (self.task_a, "township_public_health_a")):
            self._work(task, worker, "in_progress")
            self._prove(task, worker)

    def _try_issue(self, key):
        draft = self.as_user("rectification_clerk", "bphs.rectification")._create_from_lines(
            self._problem("另一问题", self.clinic_a1).line_ids
        )
        self.as_user(key, draft).action_issue()

    def _asked(self):
        return self.as_user("village_doctor_a1", self.task_a1).action_ask_extension(
            self.task_a1.deadline + timedelta(days=10), "农忙"
        )

    @property
    def rights_actions(self):
        later = self.task_a1.deadline + timedelta(days=10)
        return {
            "bphs.rectification.action_issue": self._try_issue,
            "bphs.rectification.action_acknowledge": self._try("issued", "action_acknowledge"),
            "bphs.rectification.action_start": self._try("acknowledged", "action_start"),
            "bphs.rectification.action_submit": (self._prove_both, self._try("in_progress", "action_submit")[1]),
            "bphs.rectification.action_verify": self._try("submitted", "action_verify"),
            "bphs.rectification.action_return": self._try("submitted", "action_return", "不实"),
            "bphs.rectification.action_close": self._try("verified", "action_close"),
            "bphs.rectification.action_reopen": self._try("closed", "action_reopen", "反弹"),
            "bphs.rectification.action_cancel": self._try("issued", "action_cancel", "误发"),
            "bphs.rectification.action_note": self._try("in_progress", "action_note", "已电话询问"),
            "bphs.rectification.action_ask_extension": self._try("issued", "action_ask_extension", later, "农忙"),
            "bphs.rectification.action_extend": self._try("issued", "action_extend", later, "雨雪"),
            "bphs.rectification.action_remind": self._try("issued", "action_remind"),
            "bphs.rectification.extension.action_grant": lambda key: self.as_user(key, self._asked()).action_grant(),
            "bphs.rectification.extension.action_refuse": lambda key: self.as_user(key, self._asked()).action_refuse(
                "理由不足"
            ),
            "bphs.rectification.evidence.upload": (self._work_on_both, self._upload),
            "bphs.problem.evidence.upload": lambda key: self.as_user(key, "bphs.problem.evidence").upload(
                problem_id=self.problem.id, upload_key="k1", name="现场照片", kind="text", text="雷同"
            ),
            **self.supervision_actions,
        }

    def _work_on_both(self):
        for task, worker in ((self.task_a1, "village_doctor_a1"), (self.task_a, "township_public_health_a")):
            self._work(task, worker, "in_progress")

    def _upload(self, key, _made):
        refused = None
        for task in (self.task_a1, self.task_a):
            try:
                self.as_user(key, "bphs.rectification.evidence").upload(
                    rectification_id=task.id, upload_key="k1", name="说明", kind="text", text="已改"
                )
                return
            except AccessError as error:
                refused = error
        raise refused
