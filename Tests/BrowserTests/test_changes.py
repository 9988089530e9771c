"""Changing a lead: what is saved, what is undone, and what meets somebody else's change."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def lead(page, login, api):
    """A lead of one's own test, with its page open."""
    login("admin")
    name = f"Wanda {api('GET', '/api/v1/auth:session')['member']['id'][-6:]}"
    lead = api("POST", "/api/v1/leads", {
        "last_name": name, "email": f"{name.replace(' ', '.')}@example.org".lower(),
        "city": "Springfield"})
    page.goto(f"/leads/{lead['id']}")
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    yield lead
    present = api("GET", f"/api/v1/leads/{lead['id']}")
    api("DELETE", f"/api/v1/leads/{lead['id']}?etag={present['etag']}")


def edit(page, label, value):
    page.get_by_role("button", name=f"Edit {label}").click()
    page.get_by_label(label, exact=True).fill(value)
    page.keyboard.press("Enter")


def test_a_field_saves_itself_with_a_tick_and_can_be_undone(page, lead, accessible):
    edit(page, "City", "Lyon")
    expect(page.get_by_role("status", name="Saved")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("region", name="Address")).to_contain_text("Springfield")


def test_escape_gives_up_an_edit(page, lead, api):
    page.get_by_role("button", name="Edit City").click()
    page.get_by_label("City", exact=True).fill("Nowhere")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Address")).to_contain_text("Springfield")
    assert api("GET", f"/api/v1/leads/{lead['id']}")["city"] == "Springfield"


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
    expect(page.get_by_role("button", name="Edit E-mail")).to_be_focused()


def test_a_change_that_meets_another_one_shows_both(page, lead, api, accessible):
    change_elsewhere(api, lead, "Paris")
    edit(page, "City", "Lyon")
    conflict = page.get_by_role("alertdialog", name=re.compile("Someone changed this lead"))
    expect(conflict).to_contain_text("“Paris”")
    expect(conflict).to_contain_text("“Lyon”")
    accessible()
    conflict.get_by_role("button", name="Save my change").click()
    expect(conflict).to_be_hidden()
    expect(page.get_by_role("region", name="Address")).to_contain_text("Lyon")
    expect(page.get_by_role("status", name="Saved")).to_be_visible()
    assert api("GET", f"/api/v1/leads/{lead['id']}")["city"] == "Lyon"


def test_a_change_can_give_way_to_another_one(page, lead, api):
    change_elsewhere(api, lead, "Paris")
    page.get_by_label("Status", exact=True).select_option("contacted")
    page.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_role("region", name="Address")).to_contain_text("Paris")
    expect(page.get_by_label("Status", exact=True)).to_have_value("new")


def change_elsewhere(api, lead, city):
    api("PATCH", f"/api/v1/leads/{lead['id']}?update_mask=city", {"city": city})


def test_a_lead_is_deleted_at_once_and_brought_back_by_its_notice(page, login, api):
    login("admin")
    lead = api("POST", "/api/v1/leads", {
        "company_name": "Shortlived", "phone": "+16502530000", "city": "Ulm"})
    page.goto(f"/leads/{lead['id']}")
    edit(page, "City", "Lyon")
    notices = page.get_by_role("status", name="Notices")
    expect(notices).to_contain_text("City is Lyon")
    page.get_by_role("button", name="Delete lead").click()
    expect(page.get_by_role("heading", name="Leads", level=1)).to_be_visible()
    expect(notices).to_contain_text("Lead deleted")
    expect(notices).not_to_contain_text("City is Lyon")
    notices.get_by_role("button", name="Undo").click()
    notices.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="Shortlived", level=1)).to_be_visible()
    page.get_by_role("button", name="Delete lead").click()
    expect(notices).to_contain_text("Lead deleted")
    page.goto(f"/leads/{lead['id']}")
    expect(page.get_by_role("alert")).to_contain_text("There is no such record")
    page.get_by_role("link", name="Back to leads").click()
    expect(page.get_by_role("grid", name="Leads")).to_be_visible()


def test_a_rep_edits_their_own_leads_and_reads_the_others(page, login, api, accessible):
    login("rep")
    me = api("GET", "/api/v1/auth:session")["member"]["id"]
    leads = api("GET", "/api/v1/leads?page_size=100")["leads"]
    own = next(lead for lead in leads if lead.get("owner_id") == me)
    other = next(lead for lead in leads if lead.get("owner_id") not in (None, "", me))
    page.goto(f"/leads/{own['id']}")
    expect(page.get_by_role("button", name=re.compile("^Edit")).first).to_be_visible()
    page.goto(f"/leads/{other['id']}")
    expect(page.get_by_text("This lead belongs to someone else")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Edit"))).to_have_count(0)
    accessible()
