"""A file of another system comes in and its bad rows go back; what a hospital prescribed is taken over on the phone."""

import csv
from io import BytesIO

import openpyxl
from playwright.sync_api import expect

from tests.browser.journeys import PHONE
from tests.browser.screens import PICTURES, pictured, settled
from tests.browser.test_signing import go

IMPORTER, DOCTOR = "ph.yincheng", "doctor.yincheng"
FOLDER = PICTURES / "outside"
# Of the importer's township, with high pressure.
PEOPLE = """
    SELECT r.ehr_number, r.name FROM bphs_resident r
      JOIN bphs_resident_group g ON g.resident_id = r.id AND g.kind = 'hypertension' AND g.date_to IS NULL
      JOIN bphs_outside_system s ON s.code = 'OLD-YC' AND s.institution_id IN (r.institution_id, r.township_id)
     WHERE r.status = 'active' AND NOT r.restricted ORDER BY r.id DESC LIMIT 3
"""
PRESCRIBED = """
    SELECT r.id, (SELECT max(id) FROM bphs_form_template WHERE code = 'hypertension' AND state = 'published'), m.name
      FROM bphs_outside_medicine m
      JOIN bphs_outside_record o ON o.id = m.record_id
      JOIN bphs_resident r ON r.id = o.resident_id
      JOIN bphs_institution_user_rel s ON s.institution_id = r.institution_id
      JOIN res_users u ON u.id = s.user_id AND u.login = 'doctor.yincheng'
     ORDER BY o.seen_on DESC, o.id DESC LIMIT 1
"""
OPEN = """
([model, id, context]) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
    type: "ir.actions.act_window", res_model: model, res_id: id, views: [[false, "form"]], context,
})
"""


def look(page, name):
    pictured(page, FOLDER / f"{name}.png")


def test_a_file_of_another_system_comes_in_and_its_bad_rows_go_back(page_of, rows, tmp_path):
    page, people = page_of(IMPORTER), rows(PEOPLE)
    path = tmp_path / "随访.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["来源系统编码", "外部编号", "健康档案编号", "姓名", "服务表单", "服务日期", "收缩压", "舒张压"]
        )
        for at, (number, name) in enumerate(people):
            writer.writerow(["OLD-YC", f"B{at}", number, name, "hypertension", "2025-05-10", 132, 80])
        writer.writerow(["OLD-YC", "B8", people[0][0], "别人", "hypertension", "2025-05-10", 132, 80])
        writer.writerow(["OLD-YC", "B9", people[0][0], people[0][1], "hypertension", "2025-05-10", 1320, 80])
    go(page, "bphs_service.menu_outside_import")
    look(page, "imports")
    page.locator(".o_list_button_add").click()
    look(page, "choose")
    page.locator("input[type=file]").set_input_files(path)
    load = page.locator("button[name=action_confirm]")
    expect(load).to_be_visible(timeout=120_000)
    expect(page.locator(".o_field_widget[name=new_count]")).to_have_text("3")
    expect(page.locator(".o_field_widget[name=rejected_count]")).to_have_text("2")
    look(page, "checked")
    with page.expect_download() as waiting:
        page.locator("button[name=action_download_rejects]").click()
    sheet = openpyxl.load_workbook(BytesIO(waiting.value.path().read_bytes())).worksheets[0]
    assert sheet.max_row - 1 == 2
    reasons = " ".join(str(cell.value) for row in sheet.iter_rows(min_row=2) for cell in row)
    assert "超出合理范围" in reasons and "姓名" in reasons
    load.click()
    expect(page.locator(".alert-success")).to_be_visible(timeout=120_000)
    look(page, "loaded")
    query = (
        "SELECT count(*) FROM bphs_visit v JOIN bphs_outside_key k ON k.visit_id = v.id WHERE k.external_id LIKE 'B_'"
    )
    assert rows(query) == [(3,)]


def test_what_a_hospital_prescribed_is_taken_over_by_one_tap(page_of, rows):
    page = page_of(DOCTOR, *PHONE)
    ((resident, form_id, medicine),) = rows(PRESCRIBED)
    form = page.locator(".o_form_view")
    page.evaluate(OPEN, ["bphs.resident", resident, {}])
    expect(form).to_be_visible()
    look(page, "file")
    # As the button of a due row opens it.
    page.evaluate(OPEN, ["bphs.visit", False, {"default_resident_id": resident, "default_template_id": form_id}])
    expect(form.locator(".o_field_widget[name=offered_words]")).to_contain_text(medicine)
    look(page, "beside")
    form.locator("button[name=action_take_medicines]").scroll_into_view_if_needed()
    look(page, "offered")
    page.locator("button[name=action_take_medicines]").click()
    settled(page)
    expect(form.locator(".o_field_widget[name=medicine_ids]")).to_contain_text(medicine)
    expect(form.locator("button[name=action_take_medicines]")).to_have_count(0)
    look(page, "taken-over")
