"""The end of a session: whoever is at work signs in again over the page, and loses nothing typed."""

import re

import pytest
from playwright.sync_api import expect

from conftest import until


@pytest.fixture
def sign_in_again(page, sign_in):
    def again(role="manager"):
        expect(page.get_by_text("Your session has ended")).to_be_visible()
        sign_in(page, role)
        expect(page.get_by_text("Your session has ended")).to_have_count(0)

    return again


def at_once(control):
    """Presses a control, also where sign-in lies over it already: the page asks by itself now and then."""
    control.dispatch_event("click")


def test_a_filled_dialog_outlives_the_session(page, login, sign_in, notices, accessible):
    login("manager", fresh=True)
    page.get_by_role("button", name="New lead").click()
    dialog = page.get_by_role("dialog", name="New lead")
    dialog.get_by_label("Last name").fill("Outlives")
    with page.expect_response("**/leads:checkDuplicates"):
        dialog.get_by_label("E-mail").fill("outlives@example.org")
    page.context.clear_cookies()
    at_once(dialog.get_by_role("button", name="Create lead"))
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    expect(page.get_by_label("Password")).to_be_visible()
    accessible()
    sign_in(page, "manager")
    expect(page.get_by_text("Your session has ended")).to_have_count(0)
    expect(notices).to_contain_text("Outlives created")


def test_an_open_field_outlives_the_session(page, login, sign_in_again, new_lead, api):
    lead = new_lead(city="Springfield")
    login("manager", f"/leads/{lead['id']}", fresh=True)
    page.get_by_role("button", name="Edit City").click()
    page.get_by_label("City", exact=True).fill("Lyon")
    page.context.clear_cookies()
    page.get_by_label("City", exact=True).dispatch_event("keydown", {"key": "Enter"})
    sign_in_again()
    expect(page.get_by_role("button", name="Edit City")).to_have_text("Lyon")
    expect(page.get_by_role("region", name="Timeline")).to_contain_text("Lyon")
    assert api("GET", f"/api/v1/leads/{lead['id']}")["city"] == "Lyon"


def test_the_page_goes_on_where_it_was(page, login, sign_in_again):
    login("manager", "/settings/scoring", fresh=True)
    expect(page.get_by_role("heading", name="Scoring rules")).to_be_visible()
    page.context.clear_cookies()
    at_once(page.get_by_role("link", name="Lead statuses"))
    sign_in_again()
    expect(page).to_have_url(re.compile("/settings/statuses$"))
    expect(page.get_by_role("heading", name="Lead statuses")).to_be_visible()


def test_nobody_works_below_the_sign_in(page, login):
    login("manager", fresh=True)
    page.context.clear_cookies()
    at_once(page.get_by_role("link", name="Settings"))
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    expect(page.get_by_label("Password").or_(page.get_by_label("E-mail")).first).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('.login') !== null")
        assert inside


def test_another_member_begins_anew(page, login, sign_in, new_lead):
    lead = new_lead(city="Springfield")
    login("manager", f"/leads/{lead['id']}", fresh=True)
    page.get_by_role("button", name="Edit City").click()
    page.get_by_label("City", exact=True).fill("Secret")
    page.context.clear_cookies()
    page.get_by_label("City", exact=True).dispatch_event("keydown", {"key": "Enter"})
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    sign_in(page, "read_only")
    expect(page.get_by_role("heading", name=lead["last_name"], level=1)).to_be_visible()
    expect(page.get_by_role("region", name="Address")).to_contain_text("Springfield")
    expect(page.get_by_text("Secret")).to_have_count(0)


def test_a_page_that_is_worked_on_keeps_its_session(page, login):
    page.clock.install()
    login("rep", fresh=True)
    page.clock.fast_forward("02:00")
    page.keyboard.press("ArrowDown")
    with page.expect_request("**/api/v1/auth:renew"):
        page.clock.fast_forward("02:30")


def test_a_page_that_nobody_works_on_ends_its_session_and_keeps_what_was_typed(
        page, login, sign_in_again, new_lead, api):
    lead = new_lead(city="Springfield")
    page.clock.install()
    login("manager", f"/leads/{lead['id']}", fresh=True)
    page.get_by_role("button", name="Edit City").click()
    page.get_by_label("City", exact=True).fill("Lyon")
    page.clock.fast_forward("59:00")
    expect(page.get_by_text("Your session has ended")).to_have_count(0)
    page.clock.fast_forward("01:30")
    sign_in_again()
    expect(page.get_by_role("button", name="Edit City")).to_have_text("Lyon")
    until(page, lambda: api("GET", f"/api/v1/leads/{lead['id']}")["city"] == "Lyon")
