"""The calendar of tasks: months, weeks and days, moving by pointer, keyboard and menu, and a list by day on phones."""

import datetime
import re
import uuid

import pytest
from playwright.sync_api import expect

from conftest import FITS, until

# A month in which no test but these has tasks.
MONTH = "2031-05"


@pytest.fixture
def tag():
    """A word that only one test's tasks have."""
    return uuid.uuid4().hex[:8]


@pytest.fixture
def due(new_task, tag):
    """Makes a task that is due on a day of the month at a time, of which only this test's calendar has any."""

    def make(day, time="09:00", role="rep", word="Ring", **values):
        title = f"{word} {tag} {uuid.uuid4().hex[:4]}"
        return new_task(role=role, title=title, due_time=f"{MONTH}-{day:02}T{time}:00Z", **values)

    return make


@pytest.fixture
def calendar(page, login, tag):
    """Opens the calendar with the tasks of one test."""

    def show(role="rep", span="month", day=15, more="", on=None):
        login(role, f"/tasks?q={tag}&sort=due_time&as={span}&on={MONTH}-{day:02}{more}", on=on)
        at = on or page
        expect(at.locator(".days")).to_have_attribute("aria-busy", "false")
        return at.get_by_role("grid")

    return show


def cell(page, day):
    written = datetime.date(2031, 5, day).strftime("%A, %B %-d, %Y")
    return page.get_by_role("gridcell", name=re.compile(f"^{written}(,|$)"))


def chip(place, task):
    return place.get_by_role("link", name=re.compile(re.escape(task["title"])))


def time_of(api, task):
    return api("GET", f"/api/v1/tasks/{task['id']}", role="rep")["due_time"]


def pull(page, what, to):
    """Pulls a card somewhere with the mouse."""
    start, end = what.bounding_box(), to.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] / 2 + 10, start["y"] + start["height"] / 2)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=5)
    page.mouse.up()


def test_tasks_are_on_the_days_on_which_they_are_due_for_the_reader(
        page, login, due, calendar, new_page, accessible_in_both_schemes):
    urgent = due(7, "23:30", priority="urgent", status="waiting")
    late = due(21)
    grid = calendar()
    expect(page.get_by_role("heading", name="May 2031")).to_be_visible()
    link = chip(cell(page, 7), urgent)
    expect(link).to_contain_text("11:30 PM")
    expect(link).to_contain_text("Waiting, Urgent priority")
    expect(chip(cell(page, 21), late)).to_be_visible()
    expect(page.get_by_text("2 tasks", exact=True)).to_be_visible()
    expect(grid.get_by_role("columnheader").first).to_have_text("Sun")
    accessible_in_both_schemes()
    auckland = new_page(timezone_id="Pacific/Auckland", locale="en-NZ")
    calendar(on=auckland)
    link = auckland.locator(f"[data-column='{MONTH}-08']").get_by_role("link", name=re.compile(urgent["title"]))
    expect(link).to_contain_text("11:30")
    expect(auckland.get_by_role("columnheader").first).to_have_text("Mon")


def test_a_task_opens_beside_the_calendar(page, due, calendar, accessible):
    first, second = due(7), due(8)
    calendar()
    chip(cell(page, 7), first).click()
    panel = page.get_by_role("complementary", name=f"Task: {first['title']}")
    expect(panel).to_be_visible()
    accessible()
    panel.get_by_role("button", name="Next task").click()
    expect(page.get_by_role("complementary", name=f"Task: {second['title']}")).to_be_visible()
    expect(page).to_have_url(re.compile("as=month&on=2031-05-15"))


def test_a_pulled_task_is_due_on_another_day_at_the_same_time(page, due, calendar, notices, api):
    task = due(7, "08:15")
    calendar()
    pull(page, chip(cell(page, 7), task), cell(page, 22))
    expect(chip(cell(page, 22), task)).to_be_visible()
    expect(page.get_by_role("complementary")).to_have_count(0)
    until(page, lambda: time_of(api, task) == f"{MONTH}-22T08:15:00Z")
    notices.get_by_role("button", name="Undo").last.click()
    expect(chip(cell(page, 7), task)).to_be_visible()
    until(page, lambda: time_of(api, task) == f"{MONTH}-07T08:15:00Z")


def test_a_task_is_carried_by_keys(page, due, calendar, api):
    task = due(14)
    grid = calendar()
    cell(page, 15).focus()
    page.keyboard.press("ArrowLeft")
    expect(cell(page, 14)).to_be_focused()
    page.keyboard.press("Enter")
    expect(chip(grid, task)).to_be_focused()
    page.keyboard.press("Space")
    says = page.get_by_role("status").filter(has_text=task["title"])
    expect(says).to_contain_text("lifted from")
    page.keyboard.press("ArrowDown")
    expect(says).to_contain_text("Wednesday, May 21, 2031")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(chip(cell(page, 22), task)).to_be_focused()
    until(page, lambda: time_of(api, task) == f"{MONTH}-22T09:00:00Z")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(chip(cell(page, 22), task)).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(page, 22)).to_be_focused()
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="June 2031")).to_be_visible()
    expect(page.get_by_role("gridcell", name="Sunday, June 22, 2031")).to_be_focused()


def test_a_task_is_moved_by_its_menu(page, due, calendar, api):
    task = due(14)
    calendar()
    chip(cell(page, 14), task).hover()
    page.get_by_role("button", name=f"Move {task['title']} to…").click()
    page.get_by_role("menuitem", name="The next day").click()
    expect(chip(cell(page, 15), task)).to_be_focused()
    page.get_by_role("button", name=f"Move {task['title']} to…").click()
    page.get_by_role("menuitem", name="Another day…").click()
    dialog = page.get_by_role("dialog", name=f"Move {task['title']}")
    dialog.get_by_label("New day", exact=True).fill("7/4/2031")
    dialog.get_by_role("button", name="Move task").click()
    expect(dialog).to_have_count(0)
    until(page, lambda: time_of(api, task) == "2031-07-04T09:00:00Z")
    expect(chip(page, task)).to_have_count(0)


def test_a_refused_move_goes_back_and_says_why(page, due, calendar, api):
    task = due(20, start_time=f"{MONTH}-19T00:00:00Z")
    calendar()
    pull(page, chip(cell(page, 20), task), cell(page, 7))
    expect(cell(page, 20).get_by_role("alert")).to_contain_text("not before its start")
    assert time_of(api, task) == f"{MONTH}-20T09:00:00Z"


def test_a_press_on_an_empty_day_adds_a_task_that_is_due_then(page, calendar, tag, api, accessible):
    calendar()
    cell(page, 12).click(position={"x": 60, "y": 80})
    dialog = page.get_by_role("dialog", name="New task")
    dialog.get_by_label("Title").fill(f"Plan {tag}")
    accessible()
    dialog.get_by_role("button", name="Create task").click()
    expect(cell(page, 12).get_by_role("link", name=re.compile(f"Plan {tag}"))).to_contain_text("5 PM")
    cell(page, 12).get_by_role("button", name="New task on Monday, May 12, 2031").click()
    expect(dialog).to_be_visible()


def test_what_a_day_has_no_room_for_is_on_the_page_of_the_day(page, due, calendar, accessible_in_both_schemes):
    tasks = [due(16, f"{hour:02}:00") for hour in (9, 10, 11, 12, 13)]
    calendar()
    expect(cell(page, 16).locator(".task-chip")).to_have_count(3)
    page.get_by_role("link", name="2 more tasks on Friday, May 16, 2031").click()
    expect(page.get_by_role("heading", name="Friday, May 16, 2031")).to_be_visible()
    for task in tasks:
        expect(chip(page, task)).to_be_visible()
    accessible_in_both_schemes()
    page.get_by_role("button", name=f"Move {tasks[0]['title']} to…").click()
    page.get_by_role("menuitem", name="The next day").click()
    expect(chip(page, tasks[0])).to_have_count(0)
    page.go_back()
    expect(chip(cell(page, 17), tasks[0])).to_be_visible()


def test_the_address_says_which_days_are_shown(page, due, calendar):
    task = due(9)
    calendar()
    page.get_by_role("button", name="Next month").click()
    expect(page.get_by_role("heading", name="June 2031")).to_be_visible()
    expect(page).to_have_url(re.compile("as=month&on=2031-06-15"))
    page.go_back()
    page.get_by_role("radio", name="Week").check(force=True)
    expect(page.get_by_role("heading", name="May 11, 2031 – May 17, 2031")).to_be_visible()
    page.get_by_role("button", name="Previous week").click()
    page.reload()
    expect(page.get_by_role("heading", name="May 4, 2031 – May 10, 2031")).to_be_visible()
    expect(chip(cell(page, 9), task)).to_be_visible()
    page.get_by_role("button", name="Today").click()
    expect(page.locator(".days [aria-current=date]")).to_be_visible()
    page.get_by_role("radio", name="Table").check(force=True)
    expect(page.get_by_role("grid", name="Tasks")).to_be_visible()
    expect(page).not_to_have_url(re.compile("on="))


def test_filters_and_views_are_those_of_the_list(page, due, calendar, filters):
    high, low = due(7, priority="high"), due(7, "10:00", priority="low")
    calendar()
    expect(chip(page, low)).to_be_visible()
    filters.get_by_role("button", name="Priority", exact=True).click()
    page.get_by_role("checkbox", name="High").check()
    page.keyboard.press("Escape")
    expect(chip(page, low)).to_have_count(0)
    expect(chip(page, high)).to_be_visible()
    page.locator(".views-button").click()
    page.get_by_role("menuitemcheckbox", name="Overdue").click()
    expect(filters.get_by_role("button", name="Overdue is yes")).to_be_visible()
    expect(page.get_by_role("heading", name="May 2031")).to_be_visible()


def test_what_others_do_shows_at_once(page, due, calendar, api):
    task = due(7)
    calendar()
    expect(page.locator("html[data-live]")).to_be_attached()
    api("PATCH", f"/api/v1/tasks/{task['id']}?update_mask=due_time", {"due_time": f"{MONTH}-26T10:00:00Z"})
    expect(chip(cell(page, 26), task)).to_be_visible()
    another = due(27)
    expect(chip(cell(page, 27), another)).to_be_visible()


def test_more_tasks_than_it_shows_are_told(page, due, calendar, tag):
    for number in range(351):
        due(1 + number // 24, f"{number % 24:02}:00")
    calendar()
    told = page.get_by_role("status").filter(has_text="Only the first 350 tasks are shown here, up to May 15, 2031.")
    expect(told).to_be_visible()
    cell(page, 15).get_by_role("link", name="Open Thursday, May 15, 2031").click()
    expect(page.locator(".task-chip")).to_have_count(15)


def test_whoever_may_not_change_a_task_cannot_move_it(page, due, calendar, members):
    reader = members["read_only"][0]["id"]
    task = due(7, role="manager", watcher_ids=[reader])
    calendar("read_only")
    expect(chip(cell(page, 7), task)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Move "))).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^New task on"))).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_it_fits(page, due, calendar, width, accessible):
    task = due(15, priority="urgent", status="in_progress")
    long = due(15, "10:00", word="Donaudampfschifffahrtsgesellschaftskapitän" * 3)
    page.set_viewport_size({"width": width, "height": 844})
    for span in ("month", "week", "day"):
        calendar(span=span)
        expect(chip(page, task)).to_be_visible()
        expect(chip(page, long)).to_be_visible()
        assert page.evaluate(FITS), span
        accessible()


def test_a_phone_has_a_list_by_day(page, due, calendar):
    page.set_viewport_size({"width": 390, "height": 844})
    task = due(7, "08:15", priority="high")
    calendar()
    day = page.get_by_role("region", name="Wednesday, May 7, 2031")
    expect(day.get_by_role("link", name=re.compile(task["title"]))).to_contain_text("8:15 AM")
    expect(day).to_contain_text("High")
    expect(page.get_by_role("region", name=re.compile("May 8, 2031"))).to_have_count(0)
    day.get_by_role("button", name="New task on Wednesday, May 7, 2031").click()
    expect(page.get_by_role("dialog", name="New task")).to_be_visible()


def test_ones_own_tasks_have_a_calendar(page, login):
    login("rep", "/tasks/mine")
    page.get_by_role("radio", name="Calendar").check(force=True)
    expect(page).to_have_url(re.compile("assignee_ids=me&closed=no&sort=due_time&as=month"))
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.locator(".views-button")).to_have_text("Mine")
