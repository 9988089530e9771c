"""Teams in the settings, and the team of a lead."""

import re
import uuid

from playwright.sync_api import expect


def choose(page, dialog, label, name):
    dialog.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=name).click()


def test_a_team_is_added_changed_deleted_and_brought_back(
        page, login, new_member, notices, accessible):
    lead, rep = new_member("manager")["display_name"], new_member()["display_name"]
    top, name = f"Top {uuid.uuid4().hex[:6]}", f"Below {uuid.uuid4().hex[:6]}"
    login("admin", "/settings/teams")

    page.get_by_role("button", name="Add team").click()
    dialog = page.get_by_role("dialog", name="Add team")
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    dialog.get_by_role("button", name="Save team").click()
    expect(dialog.get_by_text("Enter a name")).to_be_visible()
    accessible()
    dialog.get_by_label("Name", exact=True).fill(top)
    choose(page, dialog, "Manager", lead)
    dialog.get_by_role("button", name="Save team").click()
    expect(page.get_by_role("row").filter(has_text=top)).to_contain_text(lead)

    page.get_by_role("button", name="Add team").click()
    dialog.get_by_label("Name", exact=True).fill(name)
    choose(page, dialog, "Part of", top)
    choose(page, dialog, "Members", rep)
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="Save team").click()
    row = page.get_by_role("row").filter(has_text=name)
    expect(row.get_by_role("cell").nth(0)).to_have_text(top)
    expect(row.get_by_role("cell").nth(2)).to_have_text("1")
    accessible()

    row.get_by_role("button", name=f"Edit {name}").click()
    dialog = page.get_by_role("dialog", name=name)
    dialog.get_by_label("Active: its members").uncheck()
    dialog.get_by_role("button", name="Save team").click()
    expect(row).to_contain_text("Inactive")
    row.get_by_role("button", name=f"Delete {name}").click()
    expect(row).to_have_count(0)
    notices.get_by_role("button", name="Undo").click()
    expect(row).to_contain_text("Inactive")


def test_a_team_cannot_become_a_part_of_one_below_it(page, login, api):
    top = api("POST", "/api/v1/teams", {"name": f"Top {uuid.uuid4().hex[:6]}"})
    below = api("POST", "/api/v1/teams", {
        "name": f"Below {uuid.uuid4().hex[:6]}", "parent_team_id": top["id"]})
    login("admin", "/settings/teams")
    page.get_by_role("button", name=f"Edit {top['name']}").click()
    dialog = page.get_by_role("dialog", name=top["name"])
    dialog.get_by_role("combobox", name="Part of").fill(below["name"])
    expect(dialog.get_by_role("status").filter(has_text="No match")).to_have_count(1)
    expect(page.get_by_role("option", name=below["name"])).to_have_count(0)


def test_a_rep_reads_teams_and_changes_none(page, login, api):
    team = api("POST", "/api/v1/teams", {"name": f"Seen {uuid.uuid4().hex[:6]}"})
    login("rep", "/settings/teams")
    expect(page.get_by_role("row").filter(has_text=team["name"])).to_be_visible()
    expect(page.get_by_role("button", name="Add team")).to_have_count(0)
    expect(page.get_by_role("button", name=f"Edit {team['name']}")).to_have_count(0)


def test_a_lead_is_given_to_a_team(page, login, api, new_lead):
    team = api("POST", "/api/v1/teams", {"name": f"Holds {uuid.uuid4().hex[:6]}"})
    lead = new_lead()
    login("admin", f"/leads/{lead['id']}")
    page.get_by_role("button", name="Edit Team").click()
    page.get_by_role("combobox", name="Team").fill(team["name"])
    page.get_by_role("option", name=team["name"]).click()
    expect(page.get_by_role("button", name="Edit Team")).to_contain_text(team["name"])
    assert api("GET", f"/api/v1/leads/{lead['id']}")["team_id"] == team["id"]


def test_a_manager_is_offered_to_edit_what_their_teams_hold_or_what_is_shared_with_them(api, member):
    manager, page = member("manager")
    names = (f"Reach {uuid.uuid4().hex[:6]}" for _ in range(2))
    held, shared = (api("POST", "/api/v1/accounts", {"name": name}) for name in names)
    edits = page.get_by_role("button", name=re.compile("^Edit"))
    note = page.get_by_text("This account belongs to someone else")
    page.goto(f"/accounts/{held['id']}")
    expect(note).to_be_visible()
    expect(edits).to_have_count(0)
    archive = page.get_by_role("button", name="Archive", exact=True)
    expect(archive).to_have_count(0)
    team = api("POST", "/api/v1/teams", {"name": f"Led {uuid.uuid4().hex[:6]}", "manager_id": manager["id"]})
    api("PATCH", f"/api/v1/accounts/{held['id']}", {"team_id": team["id"]})
    expect(edits.first).to_be_visible()
    expect(archive).to_be_visible()
    expect(note).to_have_count(0)
    page.goto(f"/accounts/{shared['id']}")
    expect(note).to_be_visible()
    api("POST", f"/api/v1/records/{shared['id']}:share", {"grantee_id": manager["id"], "may_edit": True})
    page.reload()
    expect(edits.first).to_be_visible()
    expect(note).to_have_count(0)
