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


def test_a_value_that_is_refused_stays_marked_with_the_reason(page, lead, accessible):
    edit(page, "E-mail", "no address")
    expect(page.get_by_role("alert")).to_contain_text("Not saved")
    expect(page.get_by_role("region", name="Contact")).to_contain_text(lead["email"])
    accessible()


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


def test_deleting_asks_for_the_name_to_be_typed(page, login, api, accessible):
    login("admin")
    lead = api("POST", "/api/v1/leads", {"company_name": "Shortlived", "phone": "+16502530000"})
    page.goto(f"/leads/{lead['id']}")
    page.get_by_role("button", name="Delete lead").click()
    dialog = page.get_by_role("dialog", name="Delete Shortlived")
    action = dialog.get_by_role("button", name="Delete lead")
    expect(action).to_be_disabled()
    accessible()
    dialog.get_by_label(re.compile("^Type")).fill("Shortlived")
    action.click()
    expect(page.get_by_role("heading", name="Leads", level=1)).to_be_visible()
    page.goto(f"/leads/{lead['id']}")
    expect(page.get_by_role("alert")).to_contain_text("There is no such record")


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
