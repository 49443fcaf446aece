from datetime import timedelta

from odoo import Command


class SupervisionRights:
    """One attempt for each action of supervision, look-back and quarterly reports, for the table of rights."""

    @property
    def supervision_actions(self):
        return {
            "bphs.quarterly.report.action_submit": lambda key: self._report_of(key).action_submit(),
            "bphs.quarterly.report.action_return": lambda key: self._report_of(key, "submitted").action_return("不全"),
            "bphs.quarterly.report.open.action_open": self._try_open,
            "bphs.rectification.action_write_letter": lambda key: self.as_user(key, self.task_a).action_write_letter(),
            "bphs.supervision.letter.action_issue": lambda key: self.as_user(key, self._letter()).action_issue(),
            "bphs.supervision.letter.action_answer": self._try_answer,
            "bphs.interview.action_record": lambda key: self.as_user(key, self._interview()).action_record(),
            "bphs.lookback.action_draw": lambda key: self.as_user(key, self._lookback()).action_draw(),
            "bphs.lookback.line.action_holds": lambda key: self._drawn_line(key).action_holds(),
            "bphs.lookback.line.action_fails": lambda key: self._drawn_line(key).action_fails(),
        }

    def _quarter_over(self):
        """The quarter before today's, made where it is missing."""
        day = self.today.replace(day=1)
        start = day.replace(month=(day.month - 1) // 3 * 3 + 1)
        last = start - timedelta(days=1)
        self.env["bphs.period"]._create_year(last.year)
        self.env["bphs.period"]._create_year(self.today.year)
        return self.env["bphs.period"].search([("kind", "=", "quarter"), ("date_end", "=", last)])

    def _report_of(self, key, state="draft"):
        """The report of the disease-control centre for who works in the county, else of township A."""
        county = self.user[key].bphs_institution_ids == self.bureau
        unit = self.township_a
        if county and state == "draft":
            unit = self.env["bphs.institution"].create(
                {"code": "T05", "name": "试验区疾控中心", "kind": "cdc", "parent_id": self.bureau.id}
            )
        quarter = self._quarter_over()
        reports = self.env["bphs.quarterly.report"]
        reports._open(quarter)
        report = reports.search([("institution_id", "=", unit.id), ("period_id", "=", quarter.id)])
        report.summary = "本季度开展培训一次"
        if state == "submitted":
            report.with_user(self.user["township_director_a"]).action_submit()
        return self.as_user(key, report)

    def _try_open(self, key):
        quarter = self._quarter_over()
        self.as_user(key, "bphs.quarterly.report.open").create({"period_id": quarter.id}).action_open()

    def _letter(self, **vals):
        return self.as_user("rectification_clerk", "bphs.supervision.letter").create(
            {
                "number": "试卫督〔2026〕1号",
                "institution_id": self.township_a.id,
                "rectification_ids": [Command.set((self.task_a | self.task_a1).ids)],
                "reason": "两项任务长期没有进展。",
                "demand": "限期完成整改。",
                "reply_by": self.today + timedelta(days=5),
                **vals,
            }
        )

    def _try_answer(self, key):
        letter = self._letter()
        letter.action_issue()
        # sudo: what is tried is sending the answer, not writing it
        letter.sudo().reply = "已安排"
        self.as_user(key, letter).action_answer()

    def _interview(self, **vals):
        return self.as_user("primary_care_officer", "bphs.interview").create(
            {
                "institution_id": self.township_a.id,
                "rectification_ids": [Command.set(self.task_a.ids)],
                "place": "局会议室",
                "interviewers": "分管局长",
                "interviewees": "甲镇卫生院院长",
                "reason": "整改逾期",
                "content": "通报整改进展，分析原因。",
                **vals,
            }
        )

    def _lookback(self, **vals):
        if self.task_a1.state != "closed":
            self._close(self.task_a1, "village_doctor_a1", "township_public_health_a")
        return self.as_user("rectification_clerk", "bphs.lookback").create(
            {
                "name": "本年回头看",
                "institution_id": self.bureau.id,
                "date_from": self.today,
                "date_to": self.today,
                "size": 1,
                **vals,
            }
        )

    def _drawn_line(self, key):
        lookback = self._lookback()
        lookback.action_draw()
        lookback.line_ids.sudo().finding = "又出现空项"  # sudo: what is tried is the verdict
        return self.as_user(key, lookback.line_ids)
