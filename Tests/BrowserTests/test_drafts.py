"""What was typed and not sent yet: whose it is, how long it stays, and what is never kept."""

from playwright.sync_api import expect

def new_lead(page):
    page.get_by_role("button", name="New lead").click()
    return page.get_by_role("dialog", name="New lead")


def test_what_was_typed_outlives_a_reload_and_the_end_of_the_session(page, login, sign_in):
    login("rep", fresh=True)
    new_lead(page).get_by_label("Company").fill("Half a Company")
    page.reload()
    dialog = new_lead(page)
    expect(dialog.get_by_label("Company")).to_have_value("Half a Company")
    page.context.clear_cookies()
    dialog.get_by_label("Last name").fill("Halfway")
    page.reload()
    sign_in(page, "rep")
    dialog = new_lead(page)
    expect(dialog.get_by_label("Last name")).to_have_value("Halfway")
    expect(dialog.get_by_label("Company")).to_have_value("Half a Company")
    dialog.get_by_role("button", name="Cancel").click()
    expect(new_lead(page).get_by_label("Company")).to_have_value("")


def test_what_was_typed_is_never_shown_to_another_member(page, login, sign_in):
    login("rep", fresh=True)
    new_lead(page).get_by_label("Company").fill("Mine alone")
    page.context.clear_cookies()
    page.reload()
    sign_in(page, "manager")
    expect(new_lead(page).get_by_label("Company")).to_have_value("")
    assert "Mine alone" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    page.keyboard.press("Escape")
    page.context.clear_cookies()
    page.reload()
    sign_in(page, "rep")
    expect(new_lead(page).get_by_label("Company")).to_have_value("")


def test_what_was_typed_goes_when_one_signs_out(page, login, sign_in):
    login("rep", fresh=True)
    dialog = new_lead(page)
    dialog.get_by_label("Company").fill("Gone with me")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="You:").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to Leadmesh")).to_be_visible()
    assert "Gone with me" not in page.evaluate("JSON.stringify({...sessionStorage})")
    sign_in(page, "rep")
    expect(new_lead(page).get_by_label("Company")).to_have_value("")


def test_a_password_is_not_kept_and_the_browser_asks_before_it_is_lost(page, login):
    login("admin")
    page.goto("/settings/members")
    page.get_by_role("button", name="Add member").click()
    dialog = page.get_by_role("dialog", name="Add member")
    dialog.get_by_label("Name", exact=True).fill("Nora")
    dialog.get_by_label("First password").fill("a secret of nobody")
    asked = []
    page.on("dialog", lambda question: (asked.append(question.type), question.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Add member").click()
    expect(dialog.get_by_label("Name", exact=True)).to_have_value("Nora")
    expect(dialog.get_by_label("First password")).to_have_value("")
    page.reload()
    assert asked == ["beforeunload"]
