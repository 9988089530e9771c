"""Activities: the composer and the timeline on the page of a record, their list, and one activity."""

import datetime
import os
import re
import signal
import uuid

import pytest
from playwright.sync_api import expect

from conftest import FITS, loaded, until


@pytest.fixture
def log(api):
    """Logs an activity about a record."""

    def log(record, role="manager", **values):
        return api("POST", "/api/v1/activities", {"type": "call", "related": [record["id"]], **values}, role=role)

    return log


def hence(**time):
    """A time from now on, as the API has it."""
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**time)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def timeline(page):
    return page.get_by_role("region", name="Timeline")


def entries(page):
    return timeline(page).locator(".story-entry")


def composer(page, tab):
    """The tab of the composer for a type."""
    region = page.get_by_role("region", name="Log something")
    region.get_by_role("tab", name=tab).click()
    return region.get_by_role("tabpanel", name=tab)


def choose(page, *names):
    """Presses chips that narrow the timeline."""
    for name in names:
        timeline(page).get_by_role("button", name=name, exact=True).click()


def test_a_call_is_logged_on_a_lead_and_is_on_top_of_its_timeline(
        page, login, notices, new_lead, api, members, accessible_in_both_schemes):
    lead = new_lead()
    login("manager", f"/leads/{lead['id']}")
    expect(entries(page)).to_have_count(1)
    form = composer(page, "Call")
    form.get_by_role("button", name="Reached").click()
    expect(form.get_by_label("Outcome", exact=True)).to_have_value("Reached")
    form.get_by_label("Duration").fill("quite long")
    form.get_by_label("What was said").fill("She asks for prices.")
    form.get_by_role("button", name="Log call").click()
    expect(form.get_by_text("Enter a length of time such as 1:30 or 90 min, or leave it empty.")).to_be_visible()
    expect(form.get_by_label("Duration")).to_be_focused()
    accessible_in_both_schemes()
    form.get_by_label("Duration").fill("12 min")
    form.get_by_role("button", name="Log call").click()
    newest = entries(page).first
    name = members["manager"][0]["display_name"]
    expect(newest).to_contain_text(re.compile(f"{name} made a call.*Reached.*12.min.*She asks for prices", re.S))
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(form.get_by_label("Outcome", exact=True)).to_be_focused()
    expect(form.get_by_label("What was said")).to_have_value("")
    times = page.get_by_role("region", name="Times")
    expect(times).to_contain_text(re.compile("First contacted.*just now.*Last contacted.*just now", re.S))
    accessible_in_both_schemes()
    notices.get_by_role("button", name="Undo").last.click()
    expect(entries(page)).to_have_count(1)


def test_what_is_typed_is_not_lost(page, login, new_lead):
    lead = new_lead()
    login("manager", f"/leads/{lead['id']}")
    composer(page, "Note").get_by_label("Note").fill("Half a sentence")
    composer(page, "Call").get_by_label("What was said").fill("Half a call")
    expect(composer(page, "Note").get_by_label("Note")).to_have_value("Half a sentence")
    page.reload()
    expect(composer(page, "Note").get_by_label("Note")).to_have_value("Half a sentence")
    expect(composer(page, "Call").get_by_label("What was said")).to_have_value("Half a call")


def test_the_composer_is_worked_by_keys(page, login, new_lead):
    lead = new_lead()
    login("manager", f"/leads/{lead['id']}")
    page.get_by_role("tab", name="Note").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Call")).to_be_focused()
    page.keyboard.press("Home")
    note = page.get_by_role("region", name="Log something").get_by_label("Note", exact=True).last
    note.focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Write something.")).to_be_visible()
    expect(note).to_be_focused()
    page.keyboard.type("By keys alone")
    page.keyboard.press("Control+Enter")
    expect(entries(page).first).to_contain_text("By keys alone")


def test_a_long_note_is_folded(page, login, new_lead, log):
    lead = new_lead()
    login("manager", f"/leads/{lead['id']}")
    form = composer(page, "Note")
    form.get_by_label("Note").fill("\n".join(f"Line {place} of what was said" for place in range(20)))
    form.get_by_role("button", name="Save note").click()
    newest = entries(page).first
    text = newest.locator(".fact-lines")
    expect(text).to_contain_text("Line 19")
    folded = text.bounding_box()["height"]
    newest.get_by_role("button", name="Show all of it").click()
    expect(newest.get_by_role("button", name="Show less")).to_be_visible()
    assert text.bounding_box()["height"] > 3 * folded


def test_a_meeting_is_planned_with_its_reminder_and_changed_in_the_timeline(
        page, login, notices, new_lead, api, members, accessible):
    lead, rep = new_lead(), members["rep"][0]
    login("manager", f"/leads/{lead['id']}")
    form = composer(page, "Meeting")
    form.get_by_label("Title").fill("Kick-off")
    form.get_by_label("Place").fill("Room 4")
    form.get_by_label("Reminder").select_option("15 minutes before")
    form.get_by_role("combobox", name="Attendees").fill(rep["display_name"])
    page.get_by_role("option", name=rep["display_name"]).first.click()
    page.keyboard.press("Escape")
    accessible()
    form.get_by_role("button", name="Save meeting").click()
    newest = entries(page).first
    expect(newest).to_contain_text(re.compile("planned a meeting.*Room 4.*Kick-off", re.S))
    made = api("GET", f"/api/v1/activities?filter=%22{lead['id']}%22%20in%20related", role="manager")["activities"][0]
    assert (made["state"], made["reminder_minutes"], made["attendee_ids"]) == ("scheduled", 15, [rep["id"]])
    newest.get_by_role("button", name="More for Kick-off").click()
    page.get_by_role("menuitem", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Edit Kick-off")
    dialog.get_by_label("Title").fill("Second start")
    dialog.get_by_label("Place").fill("")
    accessible()
    dialog.get_by_role("button", name="Save").click()
    expect(newest).to_contain_text("Second start")
    expect(newest).not_to_contain_text("Room 4")
    newest.get_by_role("link", name="planned a meeting").click()
    expect(page.get_by_role("heading", name="Second start", level=1)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Edit Reminder"))).to_contain_text("15 minutes before")
    expect(page.get_by_role("link", name=lead["last_name"])).to_be_visible()
    accessible()
    page.go_back()
    newest.get_by_role("button", name="More for Second start").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(entries(page)).to_have_count(1)
    notices.get_by_role("button", name="Undo").last.click()
    expect(entries(page).first).to_contain_text("Second start")


def test_the_timeline_is_narrowed_and_grouped_by_day(page, login, new_lead, log, api, members, accessible):
    lead = new_lead()
    log(lead, subject="Old call", time=hence(days=-400))
    log(lead, type="email", subject="Prices", time=hence(days=-1))
    log(lead, type="note", text="By a rep", role="rep")
    api("POST", "/api/v1/tasks", {"title": "Send the offer", "related": [lead["id"]]}, role="manager")
    login("manager", f"/leads/{lead['id']}")
    expect(entries(page)).to_have_count(5)
    headings = timeline(page).get_by_role("heading", level=3)
    expect(headings).to_have_text(["Today", "Yesterday", re.compile(r"^\w+, \w+ \d+, \d{4}$")])
    choose(page, "E-mails", "Notes")
    expect(entries(page)).to_have_count(2)
    timeline(page).get_by_role("button", name="By anybody").click()
    page.get_by_role("option", name=members["rep"][0]["display_name"]).click()
    expect(entries(page)).to_have_count(1)
    expect(entries(page)).to_contain_text("By a rep")
    accessible()
    timeline(page).get_by_role("button", name="At any time").click()
    page.get_by_role("menuitemcheckbox", name="Last month").click()
    expect(timeline(page)).to_contain_text("Nothing matches these filters.")
    timeline(page).get_by_role("button", name="Show everything").click()
    expect(entries(page)).to_have_count(5)
    choose(page, "Changes")
    expect(entries(page)).to_have_count(1)
    expect(entries(page)).to_contain_text("created it")


def test_a_task_is_added_by_the_composer_and_completed_in_the_timeline(page, login, new_lead):
    lead = new_lead()
    login("manager", f"/leads/{lead['id']}")
    title = f"Ring {uuid.uuid4().hex[:8]}"
    form = composer(page, "Task")
    form.get_by_label("New task").fill(f"{title} tomorrow 9")
    form.get_by_role("button", name="Add task").click()
    added = entries(page).first
    expect(added).to_contain_text("added a task")
    added.get_by_role("checkbox", name=f"Complete {title}").check()
    expect(entries(page).first).to_contain_text(re.compile(f"completed a task.*{title}", re.S))


def test_more_is_shown_page_by_page_and_nothing_twice(page, login, new_lead, log):
    lead = new_lead()
    for place in range(45):
        log(lead, subject=f"Call {place}.", time=hence(minutes=-place - 1))
    login("manager", f"/leads/{lead['id']}")
    more = timeline(page).get_by_role("button", name="Show more")
    expect(entries(page)).to_have_count(20)
    more.click()
    expect(entries(page)).to_have_count(40)
    log(lead, subject="The newest")
    expect(entries(page).first).to_contain_text("The newest")
    expect(entries(page)).to_have_count(41)
    more.click()
    expect(more).to_have_count(0)
    expect(entries(page)).to_have_count(47)


def test_two_browsers_see_what_the_other_one_logs(page, login, new_page, new_deal, api):
    deal, other = new_deal(), new_page()
    for each in (page, other):
        login("manager", f"/deals/{deal['id']}", on=each)
        expect(each.locator("html[data-live]")).to_be_attached()
    form = composer(page, "Call")
    form.get_by_label("What was said").fill("Side by side")
    form.get_by_role("button", name="Log call").click()
    for each in (page, other):
        expect(entries(each).first).to_contain_text("Side by side")
        expect(each.get_by_role("region", name="Times")).to_contain_text(re.compile("Last activity.*just now", re.S))
    form = composer(other, "Note")
    form.get_by_label("Note").fill("And back")
    form.get_by_role("button", name="Save note").click()
    expect(entries(page).first).to_contain_text("And back")
    api("POST", "/api/v1/tasks", {"title": "A task of others", "related": [deal["id"]]}, role="manager")
    for each in (page, other):
        expect(entries(each).first).to_contain_text("A task of others")


def test_who_may_not_log_sees_no_composer(page, login, new_lead, log):
    lead = new_lead()
    log(lead, subject="Prices")
    login("read_only", f"/leads/{lead['id']}")
    expect(entries(page).first).to_contain_text("Prices")
    expect(page.get_by_role("region", name="Log something")).to_have_count(0)
    expect(timeline(page).get_by_role("button", name=re.compile("^More for"))).to_have_count(0)
    page.goto("/activities")
    expect(page.get_by_role("button", name="Log activity")).to_have_count(0)


def test_a_service_that_does_not_answer_leaves_a_gap_that_says_so(page, login, new_lead, log, api, mesh, accessible):
    lead = new_lead()
    log(lead, subject="Still here")
    api("POST", "/api/v1/tasks", {"title": "Send the offer", "related": [lead["id"]]}, role="manager")
    (tasks,) = mesh.processes("tasks")
    os.kill(tasks, signal.SIGSTOP)
    try:
        login("manager", f"/leads/{lead['id']}")
        gap = timeline(page).get_by_role("status")
        expect(gap).to_contain_text("Tasks are missing here: the services that have them do not answer just now.")
        expect(entries(page).first).to_contain_text("Still here")
        expect(entries(page)).to_have_count(2)
        accessible()
    finally:
        os.kill(tasks, signal.SIGCONT)
    # What the service tells of the task, once it goes on, may have the timeline asked for before this does.
    gap.get_by_role("button", name="Try again").evaluate_all("all => all.forEach(each => each.click())")
    expect(entries(page)).to_have_count(3)
    expect(gap).to_have_count(0)


def test_activities_are_listed_filtered_and_logged_from_anywhere(
        page, login, notices, new_lead, log, api, accessible):
    lead, tag = new_lead(), uuid.uuid4().hex[:8]
    log(lead, subject=f"Talk {tag}", outcome="Reached", seconds=720)
    log(lead, type="note", text=f"Note {tag}")
    login("manager", f"/activities?q={tag}")
    grid = loaded(page.get_by_role("grid", name="Activities"))
    expect(grid.locator("[data-row]")).to_have_count(2)
    expect(page.get_by_text("2 activities")).to_be_visible()
    expect(grid.get_by_role("link", name=f"Note {tag}")).to_be_visible()
    accessible()
    page.goto(f"/activities?q={tag}&type=call&related={lead['id']}")
    expect(loaded(page.get_by_role("grid", name="Activities")).locator("[data-row]")).to_have_count(1)
    filters = page.get_by_role("group", name="Filters")
    expect(filters.get_by_role("button", name="Type is Call")).to_be_visible()
    page.get_by_role("button", name="Log activity").click()
    dialog = page.get_by_role("dialog", name="Log activity")
    dialog.locator(".segment", has_text="Note").click()
    dialog.get_by_role("button", name="Save note").click()
    expect(dialog.get_by_text("Write something.")).to_be_visible()
    dialog.locator(".segment", has_text="Call").click()
    dialog.get_by_label("What was said").fill(f"From anywhere {tag}")
    dialog.get_by_role("combobox", name="Related records").fill(lead["last_name"])
    page.get_by_role("option", name=lead["last_name"]).first.click()
    page.keyboard.press("Escape")
    accessible()
    dialog.get_by_role("button", name="Log call").click()
    expect(notices.get_by_text("Call logged")).to_be_visible()
    expect(page.get_by_role("grid").get_by_role("link", name=f"From anywhere {tag}")).to_be_visible()


def test_a_timeline_fits_on_a_phone(new_page, login, new_lead, log):
    lead = new_lead()
    log(lead, subject="X" * 150, outcome="Y" * 150, text="z" * 600)
    phone = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    login("manager", f"/leads/{lead['id']}", on=phone)
    expect(entries(phone).first).to_be_visible()
    for tab in ("Call", "Meeting", "Task"):
        composer(phone, tab)
        assert phone.evaluate(FITS)
