"""Making a lead: the dialog, what it asks, and that nothing typed into it is lost."""

import re
import uuid

import pytest
from playwright.sync_api import expect


@pytest.fixture
def dialog(page):
    return page.get_by_role("dialog", name="New lead")


def begin(page):
    page.get_by_role("button", name="New lead").click()


def test_the_first_field_and_the_first_at_fault_have_the_keyboard(page, login, dialog, accessible):
    login("manager")
    begin(page)
    expect(dialog.get_by_label("First name")).to_be_focused()
    accessible()
    dialog.get_by_label("Last name").fill("Browser")
    dialog.get_by_role("button", name="Create lead").click()
    expect(dialog.get_by_text("Enter an e-mail address or a phone number.")).to_be_visible()
    expect(dialog.get_by_label("E-mail")).to_be_focused()
    accessible()
    dialog.get_by_label("E-mail").fill("no address")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text(re.compile("Enter an e-mail address such as"))).to_be_visible()
    expect(dialog.get_by_label("E-mail")).to_be_focused()
    dialog.get_by_role("button", name="Cancel").click()


def test_a_lead_without_a_name_is_asked_for_one(page, login, dialog):
    login("manager")
    begin(page)
    dialog.get_by_label("E-mail").fill(f"{uuid.uuid4().hex}@example.org")
    dialog.get_by_role("button", name="Create lead").click()
    expect(dialog.get_by_text("Enter a last name or a company")).to_be_visible()
    expect(dialog.get_by_label("Last name")).to_be_focused()
    dialog.get_by_role("button", name="Cancel").click()


def test_a_lead_is_created_and_opened_by_its_notice(page, login, dialog, notices):
    login("manager")
    name = f"Browser {uuid.uuid4().hex[:6]}"
    begin(page)
    dialog.get_by_label("First name").fill("Ada")
    dialog.get_by_label("Last name").fill(name)
    dialog.get_by_label("E-mail").fill(f"{name.replace(' ', '.')}@example.org")
    dialog.get_by_role("combobox", name="Source").click()
    page.get_by_role("option", name="Referral").click()
    dialog.get_by_role("button", name="Create lead").click()
    expect(dialog).to_have_count(0)
    expect(notices).to_contain_text(f"Ada {name} created")
    notices.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name=f"Ada {name}", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Edit Source")).to_have_text("Referral")


def test_what_is_typed_outlives_esc_and_a_reload(page, login, dialog):
    login("manager")
    begin(page)
    dialog.get_by_label("Last name").fill("Browser")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="New lead")).to_be_focused()
    begin(page)
    expect(dialog.get_by_label("Last name")).to_have_value("Browser")
    page.reload()
    begin(page)
    expect(dialog.get_by_label("Last name")).to_have_value("Browser")
    dialog.get_by_role("button", name="Cancel").click()
    begin(page)
    expect(dialog.get_by_label("Last name")).to_have_value("")


def test_a_draft_is_shown_to_nobody_else(page, login, sign_in, dialog):
    login("manager", fresh=True)
    begin(page)
    dialog.get_by_label("Last name").fill("Secret")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="You:").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to Leadmesh")).to_be_visible()
    sign_in(page, "admin")
    begin(page)
    expect(dialog.get_by_label("Last name")).to_have_value("")


def test_a_click_twice_makes_one_lead(page, login, dialog, api):
    login("manager")
    tag = f"Twice{uuid.uuid4().hex[:8]}"
    begin(page)
    dialog.get_by_label("Company").fill(tag)
    dialog.get_by_label("E-mail").fill(f"{tag}@example.org")
    dialog.get_by_role("button", name="Create lead").dblclick()
    expect(dialog).to_have_count(0)
    assert len(api("GET", f"/api/v1/leads?query={tag}")["leads"]) == 1


def test_an_answer_that_takes_long_is_said_to_be_awaited(page, login, dialog, accessible):
    page.clock.install()
    login("manager")
    begin(page)
    dialog.get_by_label("Last name").fill("Awaited")
    dialog.get_by_label("E-mail").fill(f"{uuid.uuid4().hex}@example.org")
    waiting = []
    page.route("**/api/v1/leads", lambda route: waiting.append(route))
    button = dialog.get_by_role("button", name="Create lead")
    with page.expect_request("**/api/v1/leads"):
        button.click()
    expect(button).to_be_disabled()
    expect(dialog.get_by_text("Still waiting for an answer")).to_have_count(0)
    page.clock.run_for(3_000)
    expect(dialog.get_by_text("Still waiting for an answer")).to_be_visible()
    accessible()
    waiting[0].continue_()
    expect(dialog).to_have_count(0)


def test_a_phone_fills_the_dialog(page, login, dialog, accessible):
    page.set_viewport_size({"width": 390, "height": 844})
    login("manager")
    begin(page)
    button = dialog.get_by_role("button", name="Create lead")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["height"] >= 44
    accessible()


def test_leads_that_one_is_about_to_make_again_are_told_while_one_types(
        page, login, dialog, new_lead, api, accessible):
    first = new_lead(phone="+16502530123")
    login("manager")
    begin(page)
    told = dialog.get_by_role("status", name="Duplicates")
    dialog.get_by_label("E-mail").fill(first["email"].upper())
    expect(told).to_contain_text("There is a lead like this already")
    expect(told).to_contain_text("has the same e-mail address")
    accessible()
    with page.context.expect_page() as other:
        told.get_by_role("link", name=first["last_name"]).click()
    expect(other.value.get_by_role("heading", name=first["last_name"], level=1)).to_be_visible()
    other.value.close()
    dialog.get_by_label("E-mail").fill("")
    expect(told).to_be_empty()
    dialog.get_by_label("Last name").fill(first["last_name"])
    dialog.get_by_label("Phone").fill("(650) 253-0123")
    expect(told).to_contain_text("has the same phone number")
    assert len(api("GET", f"/api/v1/leads?query={first['last_name'].split()[-1]}")["leads"]) == 1
    dialog.get_by_role("button", name="Cancel").click()
