"""One lead: its facts, its score, and what happens when it changes."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def create(page):
    """Creates a lead by the dialog, and opens its page."""

    def make(fields):
        page.get_by_role("button", name="New lead").click()
        dialog = page.get_by_role("dialog", name="New lead")
        for label, value in fields.items():
            dialog.get_by_label(label, exact=True).fill(value)
        dialog.get_by_role("button", name="Create lead").click()
        expect(dialog).to_be_hidden()
        page.get_by_role("button", name="Open", exact=True).click()

    return make


def test_the_breakdown_names_the_rules_that_made_the_score(page, login, accessible):
    login("admin")
    filters = page.get_by_role("group", name="Filters")
    filters.get_by_role("button", name="Band").click()
    page.get_by_role("checkbox", name="Hot", exact=True).check()
    page.keyboard.press("Escape")
    expect(filters.get_by_role("button", name="Band is Hot")).to_be_visible()
    first = page.get_by_role("grid", name="Leads").locator("[data-row='0']")
    expect(first).to_contain_text("Hot")
    first.get_by_role("link").first.click()
    page.get_by_role("link", name="Open full page").click()
    score = page.get_by_role("region", name="Score")
    number = int(score.locator(".score-number").inner_text())
    assert 51 <= number <= 70
    points = [
        int(text.replace("−", "-"))
        for text in score.get_by_role("list").locator(".score-points").all_inner_texts()
    ]
    assert points == sorted(points, reverse=True)
    assert sum(points) == number
    accessible()


def test_a_new_lead_is_checked_created_and_edited_in_place(page, login, create, accessible):
    login("admin")
    page.get_by_role("button", name="New lead").click()
    dialog = page.get_by_role("dialog", name="New lead")
    expect(dialog.get_by_label("First name")).to_be_focused()
    dialog.get_by_label("Last name").fill("Browser")
    dialog.get_by_role("button", name="Create lead").click()
    expect(dialog.get_by_text("Enter an e-mail address or a phone number.")).to_be_visible()
    expect(dialog.get_by_label("E-mail")).to_be_focused()
    accessible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New lead").click()
    expect(dialog.get_by_label("Last name")).to_have_value("Browser")
    dialog.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="New lead").click()
    expect(dialog.get_by_label("Last name")).to_have_value("")
    dialog.get_by_role("button", name="Cancel").click()

    create({"First name": "Ada", "Last name": "Browser", "E-mail": "ada.browser@example.org"})
    expect(page.get_by_role("heading", name="Ada Browser", level=1)).to_be_visible()
    page.get_by_role("button", name=re.compile("^Show .* empty fields")).click()
    page.get_by_role("button", name="Edit City").click()
    page.keyboard.type("Bonn")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bonn", exact=True)).to_be_visible()
    page.get_by_label("Status").select_option(label="Contacted")
    expect(page.locator(".record-keys")).not_to_contain_text("Saving")
    page.reload()
    expect(page.get_by_text("Bonn", exact=True)).to_be_visible()
    expect(page.get_by_label("Status")).to_have_value("contacted")


def test_a_read_only_member_sees_and_cannot_change(page, login, accessible):
    login("read_only")
    expect(page.get_by_role("button", name="New lead")).to_be_hidden()
    page.get_by_role("grid", name="Leads").locator("[data-row='0'] a").click()
    panel = page.get_by_role("complementary")
    expect(panel.get_by_role("region", name="Score")).to_be_visible()
    expect(panel.get_by_role("button", name=re.compile("^Edit "))).to_have_count(0)
    accessible()


def test_a_number_that_cannot_exist_is_not_offered_to_be_called(page, login, api):
    login("admin")
    lead = api("POST", "/api/v1/leads", {"last_name": "Wrongnumber", "phone": "12"})
    page.goto(f"/leads/{lead['id']}")
    expect(page.get_by_text("This number cannot exist")).to_be_visible()
    expect(page.get_by_role("link", name="Call")).to_have_count(0)
    expect(page.locator("a[href^='tel:']")).to_have_count(0)


def test_a_long_word_does_not_widen_a_phone(page, login, api):
    page.set_viewport_size({"width": 390, "height": 844})
    login("admin")
    lead = api("POST", "/api/v1/leads", {"company_name": "Donaudampfschiff" * 8, "email": "d@d.example"})
    page.goto(f"/leads/{lead['id']}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Donaudampfschiff")
    main = page.locator("main")
    assert main.evaluate("each => each.scrollWidth <= each.clientWidth")
