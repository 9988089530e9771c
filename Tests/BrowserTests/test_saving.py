"""Changing a lead where it stands: what is saved, refused, undone, and what meets somebody else's change."""

import json
import re

import pytest
from playwright.sync_api import expect

from conftest import fact

CHANGE = "**/api/v1/leads/lead_*"


@pytest.fixture
def lead(page, login, new_lead):
    """A lead of one's own test, with its page open."""
    lead = new_lead(city="Springfield", country="US", job_title="Buyer")
    login("manager", f"/leads/{lead['id']}")
    expect(page.get_by_role("heading", name=lead["last_name"], level=1)).to_be_visible()
    # What its page loads later has come, too.
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    return lead


@pytest.fixture
def saved(lead, api):
    """A field of the lead, as the API has it now."""
    return lambda field: api("GET", f"/api/v1/leads/{lead['id']}").get(field)


def edit(page, label, value):
    fact(page, label).click()
    page.get_by_label(label, exact=True).fill(value)
    page.keyboard.press("Enter")


def tick(page):
    return page.get_by_role("status", name="Saved")


def everything(page):
    page.get_by_role("button", name=re.compile("^Show .* empty fields")).click()


def test_a_field_saves_itself_with_a_tick_and_ctrl_z_takes_it_back(
        page, lead, saved, notices, accessible):
    edit(page, "City", "Lyon")
    expect(tick(page)).to_be_visible()
    expect(fact(page, "City")).to_have_text("Lyon")
    expect(fact(page, "City")).to_be_focused()
    expect(notices).to_be_empty()
    assert saved("city") == "Lyon"
    accessible()
    page.keyboard.press("Control+z")
    expect(fact(page, "City")).to_have_text("Springfield")
    expect(notices).to_contain_text("Undone: City is Lyon")
    assert saved("city") == "Springfield"


def test_the_notice_of_what_was_undone_goes(page, lead, saved, notices):
    page.get_by_label("Status", exact=True).select_option("contacted")
    expect(notices).to_contain_text("Status is Contacted")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("Control+z")
    expect(page.get_by_label("Status", exact=True)).to_have_value("new")
    expect(notices).to_contain_text("Undone")
    expect(notices.get_by_role("button", name="Undo")).to_have_count(0)
    assert saved("status") == "new"


def test_texts_are_typed_and_kept_over_a_reload(page, lead, saved):
    everything(page)
    typed = {
        "First name": "Ada", "Job title": "Head of <b>Purchasing</b>", "Industry": "Élevage",
        "Employees": "1200", "Website": "https://example.org/a?b=c", "Postal code": "01234",
        "Phone": "+1 650 253 0000",
    }
    for label, value in typed.items():
        edit(page, label, value)
        expect(page.get_by_label(label, exact=True)).to_have_count(0)
    expect(tick(page).last).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name=f"Ada {lead['last_name']}", level=1)).to_be_visible()
    expect(fact(page, "Job title")).to_have_text("Head of <b>Purchasing</b>")
    expect(fact(page, "Employees")).to_have_text(re.compile("^1,?200$"))
    expect(page.get_by_role("region", name="Contact").get_by_text("+1 650 253 0000")).to_be_visible()
    assert (saved("company_size"), saved("website")) == ("1200", "https://example.org/a?b=c") or (
        saved("company_size") == 1200)


def test_money_lines_choices_zones_and_flags_are_edited_each_in_their_way(page, lead, saved, accessible):
    everything(page)
    fact(page, "Annual revenue").click()
    page.get_by_label("Amount").fill("1,234.50")
    page.get_by_label("Currency").fill("eur")
    accessible()
    page.keyboard.press("Enter")
    expect(fact(page, "Annual revenue")).to_have_text("€1,234.50")

    fact(page, "Description").click()
    lines = page.get_by_label("Description", exact=True)
    lines.fill("One")
    page.keyboard.press("Enter")
    page.keyboard.type("Two")
    accessible()
    page.keyboard.press("Control+Enter")
    expect(fact(page, "Description")).to_have_text(re.compile("One\\s*Two"))

    fact(page, "Preferred contact").click()
    accessible()
    page.get_by_role("option", name="Phone").click()
    expect(fact(page, "Preferred contact")).to_have_text("Phone")

    fact(page, "Time zone").click()
    page.keyboard.type("Lisbon")
    page.get_by_role("option", name="Europe/Lisbon").click()
    expect(fact(page, "Time zone")).to_have_text("Europe/Lisbon")

    fact(page, "Source").click()
    page.get_by_role("option", name="Referral").click()
    expect(fact(page, "Source")).to_have_text("Referral")

    page.get_by_role("checkbox", name="Do not call").check()
    expect(tick(page).first).to_be_visible()
    money = saved("annual_revenue")
    assert (str(money["amount_minor"]), money["currency"]) == ("123450", "EUR")
    assert (saved("description"), saved("source"), saved("time_zone")) == (
        "One\nTwo", "referral", "Europe/Lisbon")
    assert saved("do_not_call") is True


def test_a_field_is_cleared(page, lead, saved):
    edit(page, "City", "")
    expect(page.get_by_label("City", exact=True)).to_have_count(0)
    expect(page.get_by_role("region", name="Timeline")).to_contain_text("empty")
    assert saved("city") in (None, "")


def test_escape_gives_up_an_edit(page, lead, saved):
    fact(page, "City").click()
    page.get_by_label("City", exact=True).fill("Nowhere")
    page.keyboard.press("Escape")
    expect(fact(page, "City")).to_have_text("Springfield")
    expect(fact(page, "City")).to_be_focused()
    assert saved("city") == "Springfield"


def test_leaving_a_field_saves_it(page, lead):
    fact(page, "City").click()
    page.get_by_label("City", exact=True).fill("Lyon")
    page.keyboard.press("Tab")
    expect(fact(page, "City")).to_have_text("Lyon")
    expect(tick(page)).to_be_visible()


def test_a_value_that_is_refused_stays_in_its_editor_until_it_is_given_up(page, lead, accessible):
    edit(page, "E-mail", "no address")
    editor = page.get_by_label("E-mail", exact=True)
    reason = page.get_by_role("alert")
    expect(reason).to_contain_text("Not saved. Enter an e-mail address such as")
    expect(editor).to_have_value("no address")
    expect(editor).to_have_attribute("aria-invalid", "true")
    expect(editor).to_be_focused()
    accessible()
    page.get_by_role("heading", level=1).click()
    expect(editor).to_have_value("no address")
    editor.focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Contact")).to_contain_text(lead["email"])
    expect(reason).to_have_count(0)


def test_a_good_value_after_a_refused_one_takes_the_reason_away(page, lead):
    edit(page, "E-mail", "no address")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("E-mail", exact=True).fill("wanda@example.net")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Contact")).to_contain_text("wanda@example.net")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(fact(page, "E-mail")).to_be_focused()


def test_offline_keeps_the_text_and_saves_it_once_tried_again(page, lead, saved, accessible):
    page.context.set_offline(True)
    expect(page.get_by_role("status", name="Connection")).to_contain_text("cannot be reached")
    edit(page, "City", "Lyon")
    editor = page.get_by_label("City", exact=True)
    expect(page.get_by_role("alert")).to_contain_text("Not saved. Leadmesh cannot be reached")
    expect(editor).to_have_value("Lyon")
    accessible()
    page.context.set_offline(False)
    expect(page.get_by_role("status", name="Connection")).to_be_empty()
    expect(editor).to_have_value("Lyon")
    editor.focus()
    page.keyboard.press("Enter")
    expect(fact(page, "City")).to_have_text("Lyon")
    expect(tick(page)).to_be_visible()
    assert saved("city") == "Lyon"
    page.problems.clear()


def test_a_service_that_is_away_keeps_the_text_too(page, lead, saved):
    body = json.dumps({"title": "Service Unavailable", "status": 503, "code": "UNAVAILABLE"})
    away = {"status": 503, "content_type": "application/problem+json", "body": body}
    page.route(CHANGE, lambda route: route.request.method == "PATCH" and route.fulfill(**away)
               or route.request.method != "PATCH" and route.continue_())
    edit(page, "City", "Lyon")
    editor = page.get_by_label("City", exact=True)
    expect(page.get_by_role("alert")).to_contain_text("Not saved. A part of Leadmesh is not available")
    expect(editor).to_have_value("Lyon")
    page.unroute(CHANGE)
    editor.focus()
    page.keyboard.press("Enter")
    expect(fact(page, "City")).to_have_text("Lyon")
    assert saved("city") == "Lyon"
    page.problems.clear()


def test_what_is_not_saved_stops_a_reload_and_is_there_again_after_it(page, lead):
    page.context.set_offline(True)
    edit(page, "City", "Lyon")
    expect(page.get_by_role("alert")).to_contain_text("Not saved")
    page.context.set_offline(False)
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    fact(page, "City").click()
    expect(page.get_by_label("City", exact=True)).to_have_value("Lyon")
    page.problems.clear()


def test_two_people_change_different_fields_without_a_question(page, lead, login, new_page, saved):
    other = login("admin", f"/leads/{lead['id']}", on=new_page())
    expect(fact(other, "Job title")).to_have_text("Buyer")
    fact(page, "City").click()
    page.get_by_label("City", exact=True).fill("Lyon")
    edit(other, "Job title", "Owner")
    expect(tick(other)).to_be_visible()
    page.keyboard.press("Enter")
    expect(tick(page)).to_be_visible()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(fact(page, "Job title")).to_have_text("Owner")
    assert (saved("city"), saved("job_title")) == ("Lyon", "Owner")


@pytest.mark.parametrize("choice, city", [("Save mine", "Lyon"), ("Keep theirs", "Paris")])
def test_two_people_who_change_the_same_field_are_asked(
        page, lead, login, new_page, saved, accessible, choice, city):
    other = login("admin", f"/leads/{lead['id']}", on=new_page())
    fact(page, "City").click()
    page.get_by_label("City", exact=True).fill("Lyon")
    edit(other, "City", "Paris")
    expect(tick(other)).to_be_visible()
    page.get_by_label("City", exact=True).press("Enter")
    question = page.get_by_role("alertdialog", name="Someone else changed City")
    expect(question).to_contain_text("Paris")
    expect(question).to_contain_text("Lyon")
    accessible()
    question.get_by_role("button", name=choice).click()
    expect(question).to_have_count(0)
    expect(fact(page, "City")).to_have_text(city)
    assert saved("city") == city


def test_what_somebody_else_changed_since_is_not_undone(page, lead, api, saved, notices):
    edit(page, "City", "Lyon")
    expect(tick(page)).to_be_visible()
    api("PATCH", f"/api/v1/leads/{lead['id']}?update_mask=city", {"city": "Paris"})
    page.keyboard.press("Control+z")
    expect(notices).to_contain_text("City was changed again, so nothing was undone")
    assert saved("city") == "Paris"


def test_a_lead_that_was_deleted_meanwhile_keeps_what_is_typed(page, lead, api):
    fact(page, "City").click()
    page.get_by_label("City", exact=True).fill("Lyon")
    api("DELETE", f"/api/v1/leads/{lead['id']}")
    page.get_by_label("City", exact=True).press("Enter")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_text("This lead was deleted").or_(page.get_by_text("There is no such record")).first
           ).to_be_visible()
    expect(page.get_by_label("City", exact=True)).to_have_value("Lyon")


def test_a_service_that_is_killed_costs_no_typed_word(page, lead, mesh, saved):
    fact(page, "City").click()
    editor = page.get_by_label("City", exact=True)
    editor.fill("Lyon")
    assert mesh.kill("leads")
    editor.press("Enter")
    refused = page.get_by_role("alert").filter(has_text="Not saved")
    expect(refused.or_(fact(page, "City"))).to_be_visible()

    def again():
        if refused.count():
            expect(editor).to_have_value("Lyon")
            editor.press("Enter")
        return fact(page, "City").count() == 1

    for _ in range(50):
        if again():
            break
        expect(refused.or_(fact(page, "City"))).to_be_visible()
    expect(fact(page, "City")).to_have_text("Lyon")
    assert saved("city") == "Lyon"
    page.problems.clear()
