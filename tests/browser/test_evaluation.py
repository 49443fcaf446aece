"""A round of evaluation at its people's screens: the evaluator on a phone, the unit, the section officer."""

import io
import zipfile

from PIL import Image
from playwright.sync_api import expect

from tests.browser.journeys import PHONE
from tests.browser.screens import problems, settled


def photo():
    stream = io.BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(stream, "JPEG", quality=90)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def downloaded(who, button, text):
    """Where what a button of the head gives was saved; buttons that find no room stand in a menu of their own."""
    place = who.page.locator(f"button[name={button}]:visible").filter(has_text=text)
    if not place.count():
        who.page.locator(".o_statusbar_buttons .o-dropdown").click()
        place = who.page.locator(f".o-dropdown--menu button[name={button}]").filter(has_text=text)
    with who.page.expect_download() as waiting:
        place.first.click()
    return waiting.value.path()


def test_an_evaluator_enters_an_item_with_a_photo(person):
    evaluator = person("evaluator", PHONE)
    evaluator.go("bphs_evaluation.menu_sheet")
    evaluator.open("2025年第四季度", "录入中")
    evaluator.press("action_enter")
    evaluator.open("A1")
    page = evaluator.page
    count = page.locator(".o_field_widget[name=count_ids] .o_data_row").filter(has_text="缺一项")
    count.locator("td[name=count]").click()
    count.locator("td[name=count] input").fill("1")
    page.locator(".o_field_widget[name=note] textarea").fill("未见培训计划")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_field_widget[name=score]")).to_contain_text("15.00")
    page.locator("a.nav-link[name=evidence]").click()
    page.locator(".o_bphs_evidence_camera").set_input_files(photo())
    expect(page.locator(".o_bphs_evidence_item[data-state=done]")).to_have_count(1)
    expect(page.locator(".o_bphs_evidence_picture img")).to_have_count(1)
    settled(page)
    assert problems(page, names=["IMG_0001.jpg"], wide=False) == []


def test_a_unit_objects_to_its_sheet(person):
    director = person("director.yincheng", PHONE)
    director.go("bphs_evaluation.menu_sheet")
    director.open("2025年第四季度", "待单位签字")
    director.press("action_ask_step", yes=False)
    director.page.locator(".modal textarea").first.fill("D1抽查的档案已于当日补齐，请复核。")
    director.page.locator(".modal footer .btn-primary").click()
    expect(director.page.locator(".modal")).to_have_count(0)
    expect(director.page.locator(".o_field_widget[name=state]")).to_contain_text("有异议")
    director.look()


def test_the_section_officer_reads_ranking_and_bulletin(person):
    officer = person("primarycare")
    officer.go("bphs_evaluation.menu_evaluation")
    officer.open("第三季度绩效评价")
    officer.page.locator("a.nav-link[name=bulletin]").click()
    expect(
        officer.page.locator(
            ".o_field_widget[name=bulletin_results] textarea, .o_field_widget[name=bulletin_results]"
        ).first
    ).to_contain_text("13 个单位得出总分")
    officer.look()
    officer.press("action_scores")
    expect(officer.page.locator(".o_data_row")).to_have_count(13)
    officer.look()


def test_the_section_officer_issues_the_bulletin(person):
    officer = person("primarycare")
    officer.go("bphs_evaluation.menu_evaluation")
    officer.open("第三季度绩效评价")
    officer.press("action_ask_step", yes=False)
    officer.page.locator(".modal textarea").first.fill("试卫字[2025]30号")
    officer.look()
    officer.page.locator(".modal footer .btn-primary").click()
    expect(officer.page.locator(".modal")).to_have_count(0)
    expect(officer.page.locator(".o_field_widget[name=bulletin_document_id]")).to_contain_text("试卫字〔2025〕30号")
    officer.look()
    names = zipfile.ZipFile(downloaded(officer, "action_print", "通报（Word）")).namelist()
    assert "word/document.xml" in names


def test_the_section_officer_takes_the_evidence_of_a_unit_out(person):
    officer = person("primarycare")
    officer.go("bphs_evaluation.menu_sheet")
    officer.search("苏店")
    officer.open("2025年第三季度")
    names = zipfile.ZipFile(downloaded(officer, "action_pack", "迎检资料")).namelist()
    assert {"00-目录.xlsx", "01-现场评分表.pdf", "02-得分.xlsx", "03-结果反馈函.pdf"} <= set(names)
