"""What is not filled in is named, and stays named until it is."""

from playwright.sync_api import expect


def test_h25_what_is_missing_is_named_and_stays(page_of):
    page = page_of("finance1")
    page.goto("/odoo/action-bphs_fund.bphs_fund_receipt_action/new")
    told = page.locator(".o_notification").filter(has_text="尚未填写")
    for _press in range(2):
        page.locator(".o_form_button_save").click()
        expect(told).to_have_count(1)
    for field in ("来源", "文件", "下达日"):
        expect(told).to_contain_text(field)
    page.wait_for_timeout(5000)  # longer than what passes by stays
    expect(told).to_be_visible()
    page.locator(".o_form_button_cancel").click()
    expect(told).to_have_count(0)
