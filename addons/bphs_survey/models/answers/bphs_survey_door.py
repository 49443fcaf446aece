import hashlib
import re

from odoo import api, models
from odoo.tools.misc import hash_sign, verify_hash_signed

_TOKEN = re.compile(r"[0-9A-Za-z_-]{20,64}")
_SIGHT = "bphs_survey.sight"


class BphsSurveyDoor(models.AbstractModel):
    """What a code opens: a survey's questions for one person, for whoever comes by, or for who stands at the tablet.

    Nobody is signed in here. A code is drawn by the system, stands on the paper alone and cannot be guessed; what it
    opens is one survey, while it asks.
    """

    _name = "bphs.survey.door"
    _description = "What a Code of a Survey Opens"

    @api.model
    def _of_token(self, token):
        """:return dict: kind, unit row, and invitation of a code; empty where there is none"""
        if not _TOKEN.fullmatch(token):
            return {}
        # sudo: nobody is signed in; the code says what may be seen
        invitation = self.env["bphs.survey.invitation"].sudo().search([("token", "=", token)])
        if invitation:
            return {"kind": "code", "row": invitation.survey_unit_id, "invitation": invitation, "token": token}
        rows = self.env["bphs.survey.unit"].sudo()  # sudo: as above
        if row := rows.search([("open_token", "=", token), ("survey_id.is_open", "=", True)]):
            return {"kind": "open", "row": row, "invitation": None, "token": token}
        # A tablet that was left lying asks nobody tomorrow.
        if row := rows.search([("tablet_token", "=", token), ("tablet_on", "=", self._county_today())]):
            return {"kind": "tablet", "row": row, "invitation": None, "token": token}
        return {}

    @api.model
    def _page(self, door):
        """:return dict: what the page shows"""
        survey = door["row"].survey_id
        answered = bool(door["invitation"] and door["invitation"].is_answered)
        return {
            "door": door,
            "survey": survey,
            "questions": survey.questionnaire_id._asked(),
            "state": "answered" if answered else "asking" if survey._takes_answers() else "over",
            "asks_reference": door["kind"] == "tablet" and bool(survey.sample_id),
            "sight": self._sight(door),
        }

    @api.model
    def _sight(self, door):
        """When the questions were first seen, in words that only the server writes."""
        seen = {"code": _fingerprint(door["token"]), "at": int(self._now().timestamp())}
        return hash_sign(self.env(su=True), _SIGHT, seen)  # su: the database's secret

    @api.model
    def _seconds(self, door, sight):
        """:return int: how long ago the questions were first seen; 0 where the words are not the server's"""
        try:
            seen = verify_hash_signed(self.env(su=True), _SIGHT, sight or "")  # su: the database's secret
        except ValueError:
            return 0
        if not seen or seen.get("code") != _fingerprint(door["token"]):
            return 0
        return max(0, int(self._now().timestamp()) - seen["at"])


def _fingerprint(text):
    return hashlib.sha256(text.encode()).hexdigest()
