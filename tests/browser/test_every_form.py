"""Every form of the specification, opened in a browser for somebody it is meant for, at a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import PHONE
from tests.browser.screens import PICTURES, TERMS, problems, settled

FOLDER = PICTURES / "forms"
DESK = (1366, 768)
# A named person: some forms are for those alone.
NAMED = """
    SELECT u.login FROM res_users u
      JOIN res_users_role_line l ON l.user_id = u.id
      JOIN ir_model_data d ON d.model = 'res.users.role' AND d.res_id = l.role_id AND d.name = 'role_sensitive'
      JOIN res_users_role_line o ON o.user_id = u.id
      JOIN ir_model_data t ON t.model = 'res.users.role' AND t.res_id = o.role_id
     WHERE t.name IN ('role_village_doctor', 'role_team_leader', 'role_township_public_health')
     ORDER BY u.login LIMIT 1
"""
FORMS = "SELECT id, code, name FROM bphs_form_template WHERE state = 'published' ORDER BY sequence"
# A grown woman and a small child of a clinic of the person's, both in a household.
SOMEBODY = """
    SELECT r.id FROM bphs_resident r
      JOIN bphs_institution i ON i.id = r.institution_id
      JOIN bphs_institution_user_rel s ON s.institution_id IN (i.id, i.parent_id)
      JOIN res_users u ON u.id = s.user_id AND u.login = %s
     WHERE r.status = 'active' AND NOT r.restricted AND r.birth_date BETWEEN %s::date AND %s::date
     ORDER BY r.id LIMIT 1
"""
CHILDREN = ("newborn", "child", "child_tcm", "vaccination")
OPEN = """
([template, resident]) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
    type: "ir.actions.act_window",
    res_model: "bphs.visit",
    views: [[false, "form"]],
    context: { default_template_id: template, default_resident_id: resident },
}, { clearBreadcrumbs: true })
"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_form_opens_and_is_whole(page_of, rows, size):
    ((login,),) = rows(NAMED)
    page = page_of(login, *size)
    ((adult,),) = rows(SOMEBODY, login, "1945-01-01", "1957-01-01")
    ((child,),) = rows(SOMEBODY, login, "2023-01-01", "2026-12-31")
    FOLDER.mkdir(parents=True, exist_ok=True)
    found, templates = {}, rows(FORMS)
    assert len(templates) >= 28
    for template, code, name in templates:
        page.evaluate(OPEN, [template, child if code in CHILDREN else adult])
        settled(page)
        expect(page.locator(".o_field_widget[name=template_id]")).to_be_visible()
        shown = page.locator(".o_field_widget[name=template_id] input")
        assert (shown.input_value() if shown.count() else page.inner_text(".o_form_view")).find(name) >= 0, code
        told = problems(page, TERMS, wide=size == DESK)
        asked = page.locator(
            ".o_field_widget[name=answers] .o_property_field, .o_inner_group[name=measured] .o_field_widget:visible,"
            " .o_inner_group[name=result] .o_field_widget:visible, .o_field_widget[name=systolic]:visible"
        )
        if not asked.count():
            told.append("it asks nothing")
        if told:
            found[code] = told
        # The whole sheet on one picture, however long it is.
        page.set_viewport_size({"width": size[0], "height": 3000})
        settled(page)
        page.screenshot(path=FOLDER / f"{code}-{'desk' if size == DESK else 'phone'}.png")
        page.set_viewport_size({"width": size[0], "height": size[1]})
    assert not found, "\n".join(f"{code}: {line}" for code, lines in found.items() for line in lines)
