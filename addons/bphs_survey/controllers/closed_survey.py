from werkzeug.exceptions import NotFound

from odoo.http import route

from odoo.addons.survey.controllers.main import Survey
from odoo.addons.survey.controllers.survey_session_manage import UserInputSession


def _not_here(self, *_args, **_kwargs):
    raise NotFound()


class ClosedSurvey(Survey):
    """Odoo's own pages of surveys are closed, every one: residents answer at the page of their code (answering.py).

    They would take an answer without asking whose it is, keep what was typed in the browser's session, and show
    results to whoever has a link.
    """

    survey_test = route()(_not_here)
    survey_retry = route()(_not_here)
    survey_start = route()(_not_here)
    survey_display_page = route()(_not_here)
    survey_get_background = route()(_not_here)
    survey_section_get_background = route()(_not_here)
    survey_get_question_image = route()(_not_here)
    survey_begin = route()(_not_here)
    survey_next_question = route()(_not_here)
    survey_submit = route()(_not_here)
    survey_print = route()(_not_here)
    show_certification_pdf = route()(_not_here)
    survey_get_certification_preview = route()(_not_here)
    survey_get_certification = route()(_not_here)
    survey_report = route()(_not_here)


class ClosedSession(UserInputSession):
    """Nobody is asked live, before an audience."""

    survey_session_manage = route()(_not_here)
    survey_session_next_question = route()(_not_here)
    survey_session_results = route()(_not_here)
    survey_session_leaderboard = route()(_not_here)
    survey_session_code = route()(_not_here)
    survey_start_short = route()(_not_here)
    survey_check_session_code = route()(_not_here)
