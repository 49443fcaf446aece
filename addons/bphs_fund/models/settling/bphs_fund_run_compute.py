from collections import namedtuple

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...settling.lines import delete_lines, insert_lines, update_lines
from ...settling.quarter import QuarterLoader
from ...settling.store import copy_rows
from ...settling.year import YearLoader

# A line of the run's period as far as computing has to know it; `mine`: in a draft settlement of this run.
Known = namedtuple("Known", "id institution settlement reversal_of correction_of posted fingerprint mine")


class BphsFundRun(models.Model):
    """Computing: load in sets, settle in the money core, write in bulk."""

    _inherit = "bphs.fund.run"

    def _loader(self):
        return YearLoader(self) if self.kind == "annual" else QuarterLoader(self)

    def _compute_lines(self):
        self.ensure_one()
        self._lock_rows(
            self.env._("%(name)s is being computed by someone else at this moment.", name=self.display_name)
        )
        known = self._known_lines()
        clinics = self._clinics()
        settled, issues = self._loader().compute(clinics)
        self._check_posted_unchanged(settled, known)
        open_clinics = {clinic: self._open_place(known.get(clinic, [])) for clinic in clinics}
        self._write_lines([row for row in settled if open_clinics[row[0].institution_id]], open_clinics)
        # A clinic that was settled here and no longer can be leaves the draft, and stands in the list of reasons.
        done = {row[0].institution_id for row in settled}
        stale = [line.id for lines in known.values() for line in lines if line.mine and not line.reversal_of]
        keep = {place.line for clinic, place in open_clinics.items() if place and clinic in done}
        delete_lines(self.env, [line_id for line_id in stale if line_id not in keep])
        self._write_issues([issue for issue in issues if open_clinics[issue[0]]])
        self._finish_compute()

    def _known_lines(self):
        """{institution id: [Known]} of this bureau's lines of the period, oldest first."""
        self.env["bphs.fund.settlement.line"].flush_model()
        self.env["bphs.fund.settlement"].flush_model()
        known = {}
        for institution, *row in self.env.execute_query(
            SQL(
                """
                SELECT line.institution_id, line.id, line.settlement_id, line.reversal_of_id, line.correction_of_id,
                       line.posted, line.fingerprint, settlement.run_id = %s AND settlement.approval_state = 'draft'
                  FROM bphs_fund_settlement_line line
                  JOIN bphs_fund_settlement settlement ON settlement.id = line.settlement_id
                  JOIN bphs_fund_run run ON run.id = settlement.run_id
                 WHERE line.period_id = %s AND line.kind = %s AND run.institution_id = %s
                 ORDER BY line.id
                """,
                self.id,
                self.period_id.id,
                self.kind,
                self.institution_id.id,
            )
        ):
            known.setdefault(institution, []).append(Known(row[0], institution, *row[1:]))
        return known

    def _open_place(self, lines):
        """Where a clinic's result belongs in this run, or None if it stands elsewhere already."""
        mine = next((line for line in lines if line.mine and not line.reversal_of), None)
        if mine:
            return Place(mine.id, mine.settlement, mine.correction_of, mine.fingerprint)
        taken_back = {line.reversal_of: line for line in lines if line.reversal_of and (line.posted or line.mine)}
        if _stands(lines, taken_back):
            return None
        to_correct = _last_uncorrected(lines, taken_back)
        if to_correct is None:
            return Place(None, None, None, None)
        reversal = taken_back[to_correct]
        return Place(None, reversal.settlement if reversal.mine else None, to_correct, None)

    def _write_lines(self, settled, places):
        townships = self._draft_settlements({row[0].township_id for row in settled})
        sent = {settlement.id for settlement in townships.values() if settlement.sent_on}
        deadline = self._confirm_deadline() if self.settlement_ids.filtered("sent_on") else None
        new, changed = [], []
        for claim, values, items in settled:
            place = places[claim.institution_id]
            if place.line:
                if place.fingerprint != values["fingerprint"]:
                    changed.append((place.line, values, items))
                continue
            settlement_id = place.settlement or townships[claim.township_id].id
            head = {
                "settlement_id": settlement_id,
                "institution_id": claim.institution_id,
                "period_id": self.period_id.id,
                "kind": self.kind,
                "correction_of_id": place.correction_of,
                "confirm_deadline": deadline if settlement_id in sent else None,
            }
            new.append((head, values, items))
        insert_lines(self.env, new)
        update_lines(self.env, changed, deadline)

    def _draft_settlements(self, township_ids):
        """{township id: its draft settlement in this run}, made where there is none."""
        # sudo: part of computing, for which the right to write the run was checked
        settlements = self.env["bphs.fund.settlement"].sudo()
        drafts = {}
        # sudo: as above
        for settlement in self.sudo().settlement_ids.sorted("sequence", reverse=True):
            if settlement.approval_state == "draft":
                drafts[settlement.institution_id.id] = settlement
        missing = sorted(township_ids - set(drafts))
        numbers = dict(
            settlements._read_group(
                [
                    ("institution_id", "in", missing),
                    ("period_id", "=", self.period_id.id),
                    ("kind", "=", self.kind),
                ],
                ["institution_id"],
                ["sequence:max"],
            )
        )
        numbers = {institution.id: number for institution, number in numbers.items()}
        made = settlements.create(
            [
                {
                    "run_id": self.id,
                    "institution_id": township_id,
                    "period_id": self.period_id.id,
                    "kind": self.kind,
                    "sequence": numbers.get(township_id, 0) + 1,
                    "scheme_id": self.scheme_id.id,
                }
                for township_id in missing
            ]
        )
        made.flush_recordset()
        return {**drafts, **{settlement.institution_id.id: settlement for settlement in made}}

    def _write_issues(self, issues):
        """A row for each clinic, with all its reasons: how many rows there are is how many clinics wait."""
        reasons = {}
        for clinic, reason in issues:
            reasons.setdefault(clinic, []).append(reason)
        self.env.execute_query(SQL("DELETE FROM bphs_fund_run_issue WHERE run_id = %s RETURNING id", self.id))
        now = self.env.cr.now()
        rows = [(clinic, "；".join(dict.fromkeys(found))) for clinic, found in reasons.items()]
        columns = ("run_id", "institution_id", "reason", "create_uid", "create_date", "write_uid", "write_date")
        copy_rows(
            self.env.cr,
            "bphs_fund_run_issue",
            columns,
            ([self.id, clinic, reason, self.env.uid, now, self.env.uid, now] for clinic, reason in rows),
        )

    def _finish_compute(self):
        for model in ("bphs.fund.run.issue", "bphs.fund.settlement.line", "bphs.fund.settlement.item"):
            self.env[model].invalidate_model()
        self.env["bphs.fund.settlement"].invalidate_model()
        self.invalidate_recordset()
        # sudo: part of computing, for which the right to write the run was checked
        drafts = self.sudo().settlement_ids.filtered(lambda settlement: settlement.approval_state == "draft")
        empty = drafts.filtered(lambda settlement: not settlement.line_count)
        empty.unlink()
        # Written through the ORM, so that the approval knows who computed: they may not approve.
        (drafts - empty).write({"computed_on": fields.Datetime.now()})
        # sudo: as above
        self.sudo().write({"computed_on": fields.Datetime.now()})

    def _check_posted_unchanged(self, settled, known):
        """A year once approved stands: if what is missing now would change it, it must be taken back first."""
        if self.kind != "annual":
            return
        for claim, values, _items in settled:
            for line in known.get(claim.institution_id, []):
                current = (
                    line.posted
                    and not line.reversal_of
                    and not any(other.reversal_of == line.id for other in known[claim.institution_id])
                )
                if current and line.fingerprint != values["fingerprint"]:
                    raise UserError(
                        self.env._(
                            "The year of %(clinic)s is approved, and computing the others would change it, "
                            "because they share one pool or its quarters changed. Take it back first.",
                            clinic=self.env["bphs.institution"].browse(claim.institution_id).name,
                        )
                    )

    def _check_inputs_unchanged(self, settlements):
        """Refuse to go on with results whose inputs changed since they were computed.

        :raise UserError: naming the clinics
        """
        self.ensure_one()
        # sudo: compares what was computed with what stands now, for reviewers who see only their own township
        lines = settlements.sudo().line_ids.filtered(lambda line: not line.reversal_of_id)
        run = self.sudo()  # sudo: as above
        clinics = run._clinics() if run.kind == "annual" else lines.institution_id.ids
        settled, _issues = run._loader().compute(clinics)
        now = {claim.institution_id: values["fingerprint"] for claim, values, _items in settled}
        changed = lines.filtered(lambda line: now.get(line.institution_id.id) != line.fingerprint)
        if changed:
            raise UserError(
                self.env._(
                    "Workload, score, prepayment or carry of these clinics changed since the run was computed: "
                    "%(clinics)s. Compute again.",
                    clinics=", ".join(changed.institution_id.mapped("name")),
                )
            )


Place = namedtuple("Place", "line settlement correction_of fingerprint")


def _stands(lines, taken_back):
    """Whether a line holds that no reversal took back."""
    return any(not line.reversal_of and line.id not in taken_back for line in lines)


def _last_uncorrected(lines, taken_back):
    """The id of the line taken back last for which no other has been entered yet, or None."""
    corrected = {line.correction_of for line in lines}
    return next((line_id for line_id in reversed(taken_back) if line_id not in corrected), None)
