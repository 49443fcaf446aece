from playwright.sync_api import expect


def test_the_sign_in_page_is_chinese(page_of):
    page = page_of()
    expect(page.get_by_text("密码").first).to_be_visible()
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def test_the_administrator_signs_in_and_sees_chinese(page_of, server):
    page = page_of(server.logins[0])
    page.locator(".o_user_menu button").first.click()
    expect(page.get_by_text("登出")).to_be_visible()


def test_a_wrong_password_is_refused(page_of):
    page = page_of()
    page.locator("input[name=login]").fill("admin")
    page.locator("input[name=password]").fill("not the password")
    page.locator("form.oe_login_form button[type=submit]").click()
    expect(page.locator(".alert-danger")).to_be_visible()
