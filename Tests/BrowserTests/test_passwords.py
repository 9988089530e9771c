"""Passwords: one's own changed, and a forgotten one set by an administrator's link."""

import pytest
from playwright.sync_api import expect

from conftest import PASSWORD, enter

NEXT = "another long enough one"


def test_ones_own_password_is_changed_and_other_browsers_are_signed_out(
        member, new_page, notices, page):
    made, at = member("rep", "/settings/password")
    elsewhere = new_page()
    elsewhere.goto("/leads")
    enter(elsewhere, made["email"], PASSWORD)
    expect(elsewhere.get_by_role("heading", name="Leads", level=1)).to_be_visible()

    current, new = at.get_by_label("Current password"), at.get_by_label("New password")
    change = at.get_by_role("button", name="Change password")
    expect(change).to_be_disabled()
    current.fill("not my password")
    new.fill(NEXT)
    change.click()
    expect(at.get_by_role("alert").or_(at.locator(".field-error")).first).to_be_visible()
    current.fill(PASSWORD)
    new.fill("short")
    change.click()
    expect(new).to_have_attribute("aria-invalid", "true")
    new.fill(NEXT)
    change.click()
    expect(at.get_by_role("status", name="Notices")).to_contain_text("Password changed")
    expect(new).to_have_value("")
    at.reload()
    expect(at.get_by_role("heading", name="Your password")).to_be_visible()

    expect(elsewhere.get_by_role("heading", name="Sign in to Leadmesh")).to_be_visible()
    # The page is kept beneath, so that nothing typed is lost.
    expect(elsewhere.locator("h1", has_text="Leads")).to_have_count(1)
    enter(elsewhere, made["email"], PASSWORD)
    expect(elsewhere.get_by_role("alert")).to_contain_text("The e-mail address or the password is wrong")
    enter(elsewhere, made["email"], NEXT)
    expect(elsewhere.get_by_role("navigation", name="Main")).to_be_visible()


@pytest.fixture
def link(page, login, accessible):
    """Makes a link for a member as an administrator does."""

    def make(member):
        name = member["display_name"]
        login("admin", "/settings/members")
        page.get_by_role("button", name=f"More for {name}").click()
        page.get_by_role("menuitem", name="Make a link to set a password").click()
        dialog = page.get_by_role("dialog", name=f"A link for {name}")
        accessible()
        address = dialog.get_by_label("Link").input_value()
        dialog.get_by_role("button", name="Copy link").click()
        expect(dialog.get_by_role("status")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == address
        dialog.get_by_role("button", name="Done").click()
        expect(dialog).to_have_count(0)
        return address

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return make


def set_password(page, password):
    page.get_by_label("New password").fill(password)
    page.get_by_role("button", name="Set password").click()


def test_a_link_sets_a_forgotten_password_once(link, new_member, new_page):
    made = new_member()
    address = link(made)
    at = new_page()
    at.goto(address)
    set_password(at, "short")
    expect(at.get_by_label("New password")).to_have_attribute("aria-invalid", "true")
    set_password(at, NEXT)
    expect(at.get_by_role("status")).to_contain_text("Your password is set")
    assert "#" not in at.url
    at.get_by_role("link", name="Sign in").click()
    enter(at, made["email"], NEXT)
    expect(at.get_by_role("heading", name="Home", level=1)).to_be_visible()

    again = new_page()
    again.goto(address)
    set_password(again, "yet another long one")
    expect(again.get_by_role("alert")).to_contain_text("The link is not good any more")
    expect(again.get_by_role("alert")).to_contain_text("ask an administrator for another")


def test_only_the_newest_link_is_good_and_one_that_was_made_up_is_not(link, new_member, new_page):
    made = new_member()
    old, new = link(made), link(made)
    at = new_page()
    for address in (old, f"{new[:-3]}AAA"):
        at.goto(address)
        at.reload()
        set_password(at, NEXT)
        expect(at.get_by_role("alert")).to_contain_text("The link is not good any more")
    at.goto("/reset")
    at.get_by_label("New password").fill(NEXT)
    expect(at.get_by_role("button", name="Set password")).to_be_disabled()
    at.goto(new)
    at.reload()
    set_password(at, NEXT)
    expect(at.get_by_role("status")).to_contain_text("Your password is set")
