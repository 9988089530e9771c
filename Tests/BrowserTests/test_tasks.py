"""Tasks: what is due and its check, lists and the board, and the tasks of other records."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from conftest import FITS, fact, hence, loaded, until


def row(page, task):
    return page.locator(".task-row", has=page.get_by_role("link", name=task["title"], exact=True))


def check(page, task):
    return page.get_by_role("checkbox", name=f"Complete {task['title']}")


def test_what_is_due_stands_in_groups_and_is_completed_by_its_check(
        page, login, notices, new_task, api, accessible_in_both_schemes):
    late, soon, someday = new_task(due_time=hence(hours=-2)), new_task(due_time=hence(days=3)), new_task()
    until(page, lambda: api("GET", f"/api/v1/tasks/{late['id']}", role="rep").get("overdue"))
    login("rep", "/tasks/mine")
    groups = {"Overdue": late, "Next 7 days": soon, "No date": someday}
    for name, task in groups.items():
        group = page.get_by_role("region", name=re.compile(rf"^{name} \("))
        expect(group.get_by_role("link", name=task["title"])).to_be_visible()
    accessible_in_both_schemes()
    check(page, late).check()
    notice = notices.get_by_text(f"{late['title']} completed")
    expect(notice).to_be_visible()
    expect(row(page, late)).to_have_count(0)
    assert api("GET", f"/api/v1/tasks/{late['id']}", role="rep")["status"] == "completed"
    notices.get_by_role("button", name="Undo").last.click()
    expect(row(page, late)).to_be_visible()
    assert api("GET", f"/api/v1/tasks/{late['id']}", role="rep")["status"] == "todo"


def test_a_group_leads_to_the_same_tasks_as_a_list(page, login, new_task):
    task = new_task(due_time=hence(days=3))
    login("rep", "/tasks/mine")
    page.get_by_role("link", name=re.compile(r"^Next 7 days \(")).click()
    grid = loaded(page.get_by_role("grid", name="Tasks"))
    expect(grid.get_by_role("link", name=task["title"])).to_be_visible()
    filters = page.get_by_role("group", name="Filters")
    expect(filters.get_by_role("button", name="Assignees include Me")).to_be_visible()
    page.get_by_role("navigation", name="Screens of tasks").get_by_role("link", name="My tasks").click()
    expect(page.get_by_role("heading", name="My tasks", level=1)).to_be_visible()


def test_a_list_is_worked_through_by_keys(page, login, new_task):
    first, second = new_task(), new_task()
    login("rep", "/tasks/mine")
    # The newest stands first where there is no date.
    check(page, second).focus()
    page.keyboard.press("Space")
    expect(row(page, second)).to_have_count(0)
    expect(check(page, first)).to_be_focused()


def test_a_task_is_written_down_in_a_line(page, login, notices, api, accessible):
    login("rep", "/tasks/mine")
    title = f"Call {uuid.uuid4().hex[:8]}"
    line = page.get_by_label("New task", exact=True)
    line.fill(f"{title} tomorrow 9:30 !high every week")
    expect(page.get_by_text("Due Tomorrow 9:30 AM · Every week · High priority")).to_be_visible()
    accessible()
    page.keyboard.press("Enter")
    group = page.get_by_role("region", name=re.compile(r"^Next 7 days \("))
    expect(group.get_by_role("link", name=title)).to_be_visible()
    expect(line).to_be_focused()
    expect(line).to_have_value("")
    notices.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    expect(fact(page, "Priority")).to_contain_text("High")
    expect(page.get_by_role("region", name="Recurrence")).to_contain_text("Every week")
    line = page.get_by_label("New task", exact=True)
    page.goto("/tasks/mine")
    line.press("Enter")
    expect(page.get_by_text("Enter what is to be done.")).to_be_visible()


def test_chosen_tasks_are_completed_and_assigned_together(page, login, notices, new_task, api, members):
    tag = uuid.uuid4().hex[:8]
    tasks = [new_task(role="manager", title=f"Sort {tag} {place}") for place in range(3)]
    login("manager", f"/tasks?q={tag}&sort=due_time")
    grid = loaded(page.get_by_role("grid", name="Tasks"))
    expect(grid.locator("[data-row]")).to_have_count(3)
    page.get_by_role("checkbox", name="Choose all loaded tasks").check()
    page.get_by_role("region", name="Chosen").get_by_role("button", name="Complete").click()
    expect(notices.get_by_text("Status is Completed: 3 tasks")).to_be_visible()
    status = lambda: [api("GET", f"/api/v1/tasks/{each['id']}")["status"] for each in tasks]
    assert status() == ["completed"] * 3
    notices.get_by_role("button", name="Undo").last.click()
    until(page, lambda: status() == ["todo"] * 3)
    page.get_by_role("checkbox", name="Choose all loaded tasks").check()
    page.get_by_role("region", name="Chosen").get_by_role("button", name="Assign").click()
    rep = members["rep"][0]
    page.get_by_role("combobox", name="Assignees").fill(rep["display_name"])
    page.get_by_role("option", name=rep["display_name"]).first.click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Assign 3 tasks").click()
    until(page, lambda: all(
        api("GET", f"/api/v1/tasks/{each['id']}")["assignee_ids"] == [rep["id"]] for each in tasks))


def test_the_board_moves_a_task_to_another_status(page, login, new_task, api, accessible):
    task = new_task()
    login("rep", f"/tasks?q={task['title'].split()[1]}&sort=due_time&as=board")
    card = page.get_by_role("region", name="To do", exact=True).get_by_role("article", name=task["title"])
    expect(card).to_be_visible()
    accessible()
    card.get_by_role("button", name=re.compile("^Move ")).last.click()
    page.get_by_role("menuitem", name="In progress").click()
    moved = page.get_by_role("region", name="In progress", exact=True).get_by_role("article", name=task["title"])
    expect(moved).to_be_visible()
    until(page, lambda: api("GET", f"/api/v1/tasks/{task['id']}", role="rep")["status"] == "in_progress")


@pytest.mark.parametrize("records", ["leads", "deals", "accounts", "contacts"])
def test_a_record_has_its_open_tasks_and_a_composer_for_one(page, login, api, records):
    first = api("GET", f"/api/v1/{records}?page_size=1", role="manager")[records][0]
    login("manager", f"/{records}/{first['id']}")
    section = page.get_by_role("region", name=re.compile(r"^Tasks( \(|$)"))
    title = f"Ask {uuid.uuid4().hex[:8]}"
    composer = page.get_by_role("region", name="Log something")
    composer.get_by_role("tab", name="Task").click()
    composer.get_by_label("New task").fill(f"{title} today")
    page.keyboard.press("Enter")
    expect(section.get_by_role("link", name=title)).to_be_visible()
    section.get_by_role("link", name="Show all").click()
    grid = loaded(page.get_by_role("grid", name="Tasks"))
    grid.get_by_role("link", name=title).click()
    panel = page.get_by_role("complementary", name=f"Task: {title}")
    panel.get_by_role("link", name="Open full page").click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    found = api("GET", f"/api/v1/tasks?filter=%22{first['id']}%22%20in%20related", role="manager")["tasks"]
    assert title in [each["title"] for each in found]


def test_a_project_is_made_and_has_its_tasks(page, login, notices, api, accessible_in_both_schemes):
    login("manager", "/projects")
    page.get_by_role("button", name="New project", exact=True).click()
    dialog = page.get_by_role("dialog", name="New project")
    name = f"Move {uuid.uuid4().hex[:8]}"
    dialog.get_by_label("Name", exact=True).fill(name)
    dialog.get_by_role("button", name="Create project").click()
    notices.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    tasks = page.get_by_role("region", name=re.compile("^Open tasks"))
    title = f"Pack {uuid.uuid4().hex[:8]}"
    tasks.get_by_label("New task").fill(title)
    page.keyboard.press("Enter")
    expect(tasks.get_by_role("link", name=title)).to_be_visible()
    accessible_in_both_schemes()
    tasks.get_by_role("checkbox", name=f"Complete {title}").check()
    expect(tasks.get_by_role("link", name=title)).to_have_count(0)


def test_what_another_member_does_shows_at_once(page, login, new_task, api):
    task = new_task()
    login("rep", "/tasks/mine")
    expect(page.locator("html[data-live]")).to_be_attached()
    expect(row(page, task)).to_be_visible()
    api("POST", f"/api/v1/tasks/{task['id']}:complete", {})
    expect(row(page, task)).to_have_count(0)
    another = new_task()
    expect(row(page, another)).to_be_visible()


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_the_screens_of_tasks_fit(page, login, new_task, width, accessible):
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    task = new_task(title=f"{word} {word} {word}", due_time=hence(hours=-30), priority="urgent",
                    checklist=[{"text": word * 3}], recurrence={"rule": "FREQ=DAILY"}, tags=[word])
    page.set_viewport_size({"width": width, "height": 844})
    for path in ("/tasks/mine", "/tasks", "/tasks?sort=due_time&as=board", f"/tasks/{task['id']}", "/projects"):
        login("rep", path)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        assert page.evaluate(FITS), path
        accessible()


def test_whoever_may_not_see_tasks_is_told_so(page, login):
    login("read_only", "/tasks/mine")
    expect(page.get_by_role("heading", name="My tasks", level=1)).to_be_visible()
    expect(page.get_by_label("New task")).to_have_count(0)
    page.goto("/settings/task-rules")
    expect(page.get_by_role("heading", name="Task rules")).to_be_visible()
    expect(page.get_by_role("button", name="Add rule")).to_have_count(0)
