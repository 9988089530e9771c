"""Saved views: a list with a name, one's own or everybody's."""

import re
import uuid

import pytest
from playwright.sync_api import expect


@pytest.fixture
def name():
    return f"View {uuid.uuid4().hex[:6]}"


def views(page):
    """The button of the menu, which is called as the view that is open."""
    return page.locator(".views-button")


def choose(page, entry):
    views(page).click()
    page.get_by_role("menuitem", name=entry, exact=True).or_(
        page.get_by_role("menuitemcheckbox", name=entry, exact=True)).click()


def named(page, dialog, name):
    page.get_by_role("dialog", name=dialog).get_by_label("Name").fill(name)
    page.get_by_role("dialog", name=dialog).get_by_role("button", name="Save view").click()


def test_a_list_is_saved_opened_changed_renamed_and_deleted(
        page, login, name, filters, notices, accessible):
    login("manager", "/leads?status=contacted&sort=-score")
    expect(views(page)).to_have_text("All leads (changed)")
    choose(page, "Save as a new view")
    dialog = page.get_by_role("dialog", name="Save view")
    expect(dialog.get_by_label("Name")).to_be_focused()
    dialog.get_by_role("button", name="Save view").click()
    expect(dialog.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
    accessible()
    named(page, "Save view", name)
    expect(views(page)).to_have_text(name)
    expect(page).to_have_url(re.compile("view=saved_view_"))

    page.goto("/leads")
    expect(views(page)).to_have_text("All leads")
    choose(page, name)
    expect(filters.get_by_role("button", name="Status is Contacted")).to_be_visible()
    expect(page).to_have_url(re.compile("sort=-score"))
    filters.get_by_role("button", name="Clear filter Status").click()
    expect(views(page)).to_have_text(f"{name} (changed)")
    choose(page, f"Save changes to {name}")
    expect(views(page)).to_have_text(name)
    page.reload()
    expect(views(page)).to_have_text(name)
    expect(filters.get_by_role("button", name="Status", exact=True)).to_be_visible()

    choose(page, f"Rename or share {name}")
    named(page, "Change view", f"{name} again")
    expect(views(page)).to_have_text(f"{name} again")
    choose(page, f"Delete {name} again")
    expect(views(page)).to_have_text("All leads")
    notices.get_by_role("button", name="Undo").click()
    choose(page, f"{name} again")
    expect(views(page)).to_have_text(f"{name} again")


def test_a_view_that_is_shared_is_everybodys_to_open_and_its_makers_to_change(
        page, login, new_page, name, filters):
    login("manager", "/leads?source=referral&sort=-score")
    choose(page, "Save as a new view")
    named(page, "Save view", name)
    expect(views(page)).to_have_text(name)
    rep = login("rep", on=new_page())
    views(rep).click()
    expect(rep.get_by_role("menuitem", name="Save as a new view")).to_be_visible()
    expect(rep.get_by_role("menuitemcheckbox", name=name)).to_have_count(0)

    choose(page, f"Rename or share {name}")
    page.get_by_label("Share it with everyone in the workspace").check()
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    rep.reload()
    choose(rep, name)
    expect(rep.get_by_role("button", name="Source is Referral")).to_be_visible()
    rep.get_by_role("button", name="Clear filter Source").click()
    views(rep).click()
    shared = rep.get_by_role("group", name="Shared")
    expect(shared.get_by_role("menuitemcheckbox", name=name)).to_be_checked()
    for entry in ("Save changes to", "Rename or share", "Delete"):
        expect(rep.get_by_role("menuitem", name=re.compile(f"^{entry}"))).to_have_count(0)

    admin = login("admin", on=new_page())
    choose(admin, name)
    choose(admin, f"Delete {name}")
    expect(views(admin)).to_have_text("All leads")


@pytest.mark.parametrize("path", [
    "/leads?sort=-score", "/leads?sort=-score&as=board", "/deals?sort=-create_time", "/deals?sort=-create_time&as=board",
    "/accounts?sort=-create_time", "/contacts?sort=-create_time", "/projects?sort=name",
    "/tasks?sort=title", "/tasks?sort=title&as=board", "/tasks?sort=title&as=month", "/tasks?sort=title&as=week"])
def test_every_list_has_views_of_ones_own_and_shared_ones(page, login, api, name, path):
    login("manager", path)
    choose(page, "Save as a new view")
    page.get_by_label("Share it with everyone in the workspace").check()
    named(page, "Save view", name)
    expect(views(page)).to_have_text(name)
    list_of, _, said = path.partition("?")
    page.goto(list_of)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    views(page).click()
    page.get_by_role("group", name="Shared").get_by_role("menuitemcheckbox", name=name).click()
    for part in said.split("&"):
        expect(page).to_have_url(re.compile(rf"[?&]{re.escape(part)}(&|$)"))
    choose(page, f"Rename or share {name}")
    page.get_by_label("Share it with everyone in the workspace").uncheck()
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    views(page).click()
    own = page.get_by_role("group", name="Mine").get_by_role("menuitemcheckbox", name=name)
    expect(own).to_be_checked()
    page.keyboard.press("Escape")
    choose(page, f"Delete {name}")


def test_every_member_has_the_usual_lists_of_tasks(api, new_member, member):
    does = new_member("rep")
    team = api("POST", "/api/v1/teams", {"name": f"Works {uuid.uuid4().hex[:6]}", "member_ids": [does["id"]]})
    task = api("POST", "/api/v1/tasks", {"title": f"Dig {uuid.uuid4().hex[:8]}", "assignee_ids": [does["id"]]})
    manager, page = member("manager", "/tasks")
    api("PATCH", f"/api/v1/teams/{team['id']}?update_mask=manager_id", {"manager_id": manager["id"]})
    page.reload()
    filters = page.get_by_role("group", name="Filters")
    theirs = page.get_by_role("grid", name="Tasks").get_by_role("link", name=task["title"])
    expect(views(page)).to_have_text("Open by due date")
    choose(page, "Open by priority")
    expect(page).to_have_url(re.compile("sort=-priority_rank"))
    expect(views(page)).to_have_text("Open by priority")
    choose(page, "My teams’")
    expect(filters.get_by_role("button", name="Assignees include My teams")).to_be_visible()
    expect(theirs).to_be_visible()
    choose(page, "Mine")
    expect(filters.get_by_role("button", name="Assignees include Me")).to_be_visible()
    expect(theirs).to_have_count(0)
    choose(page, "Overdue")
    expect(filters.get_by_role("button", name="Overdue is yes")).to_be_visible()


def test_a_reader_keeps_views_and_shares_none(page, login, name):
    login("read_only", "/leads?status=new&sort=-score")
    choose(page, "Save as a new view")
    expect(page.get_by_role("dialog", name="Save view").get_by_role("checkbox")).to_have_count(0)
    named(page, "Save view", name)
    expect(views(page)).to_have_text(name)
