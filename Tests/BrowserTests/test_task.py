"""One task: its steps, subtasks, reminders, series, dependencies, logged time and records."""

import re
import uuid

from playwright.sync_api import expect

from conftest import fact, hence, until


def test_the_steps_of_a_task_are_ticked_added_and_removed(
        page, login, notices, new_task, api, accessible_in_both_schemes):
    task = new_task(checklist=[{"text": "Slides"}, {"text": "Room"}])
    login("rep", f"/tasks/{task['id']}")
    steps = page.get_by_role("region", name=re.compile("^Checklist"))
    expect(steps.get_by_role("heading")).to_have_text("Checklist (0 of 2)")
    steps.get_by_role("checkbox", name="Slides").check()
    expect(steps.get_by_role("heading")).to_have_text("Checklist (1 of 2)")
    steps.get_by_label("New step").fill("Champagne")
    page.keyboard.press("Enter")
    expect(steps.get_by_role("checkbox", name="Champagne")).to_be_visible()
    accessible_in_both_schemes()
    steps.get_by_role("button", name="Remove Room").click()
    expect(steps.get_by_role("checkbox", name="Room")).to_have_count(0)
    notices.get_by_role("button", name="Undo").last.click()
    expect(steps.get_by_role("checkbox")).to_have_count(3)
    steps = [("Slides", True), ("Room", False), ("Champagne", False)]
    until(page, lambda: [
        (each["text"], each.get("done", False))
        for each in api("GET", f"/api/v1/tasks/{task['id']}", role="rep")["checklist"]] == steps)


def test_a_task_has_subtasks_and_reminders(page, login, new_task, api):
    task = new_task(due_time=hence(days=2))
    login("rep", f"/tasks/{task['id']}")
    parts = page.get_by_role("region", name=re.compile("^Subtasks"))
    title = f"Part {uuid.uuid4().hex[:8]}"
    parts.get_by_label("New task").fill(title)
    page.keyboard.press("Enter")
    parts.get_by_role("link", name=title).click()
    expect(page.get_by_role("link", name=task["title"]).first).to_be_visible()
    page.go_back()
    reminders = page.get_by_role("region", name="Reminders")
    reminders.get_by_role("button", name="Add reminder").click()
    page.get_by_role("menuitem", name="1 day before").click()
    expect(reminders.get_by_role("listitem")).to_have_text(["1 day before"])
    reminders.get_by_role("button", name="Add reminder").click()
    page.get_by_role("menuitem", name="Another time").click()
    dialog = page.get_by_role("dialog", name="Add reminder")
    dialog.get_by_label("How long before").fill("90")
    dialog.get_by_label("Unit").select_option("minutes")
    dialog.get_by_role("button", name="Add reminder").click()
    expect(reminders.get_by_role("listitem")).to_have_text(["90 minutes before", "1 day before"])
    reminded = api("GET", f"/api/v1/tasks/{task['id']}", role="rep")["reminders"]
    assert {each["minutes"] for each in reminded} == {90, 1440}


def test_a_task_recurs_by_a_form_and_says_so_in_words(page, login, notices, new_task, api, accessible):
    task = new_task(due_time="2027-03-10T15:00:00Z", due_time_zone="Europe/Berlin")
    login("rep", f"/tasks/{task['id']}")
    recurrence = page.get_by_role("region", name="Recurrence")
    expect(recurrence).to_contain_text("It does not recur.")
    recurrence.get_by_role("button", name="Let it recur").click()
    dialog = page.get_by_role("dialog", name="How it recurs")
    dialog.get_by_label("Every", exact=True).fill("2")
    dialog.get_by_role("checkbox", name="Wednesday").check()
    dialog.get_by_role("checkbox", name="Friday").check()
    shown = dialog.get_by_role("status", name="The next five times").get_by_role("listitem")
    expect(shown).to_have_count(5)
    expect(shown.first).to_contain_text("Fri, Mar 12")
    accessible()
    dialog.get_by_label("Ends").select_option("after")
    times = dialog.get_by_label("Times", exact=True)
    times.fill("0")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("Enter a whole number from 1 to 10,000.")
    expect(times).to_be_focused()
    times.fill("12")
    dialog.get_by_role("button", name="Save").click()
    expect(recurrence).to_contain_text("Every 2 weeks on Wednesday and Friday, 12 times")
    made = api("GET", f"/api/v1/tasks/{task['id']}", role="rep")
    assert made["recurrence"]["rule"] == "FREQ=WEEKLY;INTERVAL=2;COUNT=12;BYDAY=WE,FR"
    page.get_by_role("button", name="Complete", exact=True).click()
    expect(notices.get_by_text(f"{task['title']} completed, and the next one made")).to_be_visible()
    recurrence.get_by_role("link", name="Next one").click()
    expect(fact(page, "Due")).to_contain_text("Mar 12")


def test_a_changed_rule_of_a_series_is_given_back(page, login, notices, new_task, api):
    first = new_task(due_time="2031-03-10T15:00:00Z", recurrence={"rule": "FREQ=WEEKLY;COUNT=5"})
    second = api("POST", f"/api/v1/tasks/{first['id']}:complete", {}, role="rep")["next_id"]
    # One that was moved: the series goes on by where it was.
    api("PATCH", f"/api/v1/tasks/{second}?update_mask=due_time", {"due_time": "2031-03-19T15:00:00Z"}, role="rep")
    now = lambda: api("GET", f"/api/v1/tasks/{second}", role="rep")
    login("rep", f"/tasks/{second}")
    recurrence = page.get_by_role("region", name="Recurrence")
    recurrence.get_by_role("button", name="Change").click()
    dialog = page.get_by_role("dialog", name="How it recurs")
    dialog.get_by_label("How often").select_option("daily")
    dialog.get_by_role("button", name="Save").click()
    expect(recurrence).to_contain_text("Every day")
    notices.get_by_role("button", name="Undo").last.click()
    expect(recurrence).to_contain_text("Every week, 4 times")
    until(page, lambda: now()["due_time"] == "2031-03-19T15:00:00Z")
    assert (now()["recurrence"]["rule"], now()["series_time"]) == ("FREQ=WEEKLY;COUNT=4", "2031-03-17T15:00:00Z")


def test_a_rule_that_the_form_cannot_show_stays_as_it_is(page, login, new_task, api):
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    task = new_task(due_time="2027-03-31T15:00:00Z", recurrence={"rule": rule})
    login("rep", f"/tasks/{task['id']}")
    recurrence = page.get_by_role("region", name="Recurrence")
    expect(recurrence).to_contain_text(f"By the rule {rule}")
    recurrence.get_by_role("button", name="Change").click()
    dialog = page.get_by_role("dialog", name="How it recurs")
    expect(dialog.get_by_label("Rule")).to_have_value(rule)
    dialog.get_by_label("Rule").fill("FREQ=MONTHLY;BYDAY=NO")
    expect(dialog.get_by_role("status", name="The next five times").locator(".field-error")).to_be_visible()
    dialog.get_by_label("How often").select_option("never")
    dialog.get_by_role("button", name="Save").click()
    expect(recurrence).to_contain_text("It does not recur.")
    assert not (api("GET", f"/api/v1/tasks/{task['id']}", role="rep").get("recurrence") or {}).get("rule")


def test_what_a_task_waits_for_holds_it_up(page, login, notices, new_task, api, accessible):
    first, last = new_task(), new_task()
    login("rep", f"/tasks/{last['id']}")
    section = page.get_by_role("region", name="Dependencies")

    def add(other):
        section.get_by_role("button", name="Add dependency").click()
        dialog = page.get_by_role("dialog", name="Add dependency")
        dialog.get_by_role("combobox", name="Other task").fill(other["title"])
        page.get_by_role("option", name=other["title"]).click()
        dialog.get_by_role("button", name="Add dependency").click()
        return dialog

    add(first)
    waits = section.get_by_role("list", name="It waits for")
    expect(waits).to_contain_text("Holds this up")
    expect(page.get_by_text(f"It waits for {first['title']}.")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Complete", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Complete what it waits for first.")).to_be_visible()
    page.goto(f"/tasks/{first['id']}")
    expect(section.get_by_role("list", name="It holds up")).to_contain_text(last["title"])
    dialog = add(last)
    expect(dialog).to_contain_text(re.compile(f"would wait for each other: .*{first['title']}"))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Complete", exact=True).click()
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    page.goto(f"/tasks/{last['id']}")
    expect(waits).to_be_visible()
    expect(page.get_by_text("Holds this up")).to_have_count(0)
    section.get_by_role("button", name=f"Remove the dependency on {first['title']}").click()
    expect(section).to_contain_text("It waits for no task")
    notices.get_by_role("button", name="Undo").last.click()
    expect(waits).to_contain_text(first["title"])


def test_time_is_logged_by_a_timer_and_by_hand(page, member, api, new_task, accessible):
    someone, own = member("rep", "/tasks/mine")
    task = api("POST", "/api/v1/tasks", {"title": f"Dig {uuid.uuid4().hex[:8]}", "assignee_ids": [someone["id"]]})
    own.goto(f"/tasks/{task['id']}")
    own.get_by_role("button", name="Start timer").click()
    time = own.get_by_role("region", name=re.compile("^Time( |$)"))
    expect(time).to_contain_text("running")
    own.goto("/tasks/mine")
    running = own.get_by_role("status").filter(has_text="Your timer on")
    expect(running).to_contain_text(task["title"])
    running.get_by_role("button", name="Stop timer").click()
    expect(running).to_have_count(0)
    own.goto(f"/tasks/{task['id']}")
    time.get_by_role("button", name="Log time").click()
    dialog = own.get_by_role("dialog", name="Log time")
    dialog.get_by_label("Took").fill("soon")
    dialog.get_by_role("button", name="Log time").click()
    expect(dialog).to_contain_text("Enter a length of time such as 1:30 or 90 min.")
    dialog.get_by_label("Took").fill("1:30")
    dialog.get_by_label("What was done").fill("Half of it")
    dialog.get_by_role("button", name="Log time").click()
    expect(time).to_contain_text("Half of it")
    expect(time.locator(".fact", has_text="Logged")).to_contain_text("1\u00a0h 30\u00a0min")
    own.get_by_role("button", name=re.compile("^Edit Estimate")).click()
    own.get_by_label("Estimate", exact=True).fill("3 h")
    own.keyboard.press("Enter")
    expect(time.locator(".fact", has_text="Estimate")).to_contain_text("3\u00a0h")
    assert api("GET", f"/api/v1/tasks/{task['id']}")["estimated_seconds"] == "10800"


def test_a_record_is_named_by_a_search_of_all_kinds(page, login, new_task, new_lead, api):
    lead, task = new_lead(role="rep"), new_task()
    login("rep", f"/tasks/{task['id']}")
    page.get_by_role("button", name=re.compile(r"^Show \d+ empty fields")).click()
    fact(page, "Related records").click()
    page.get_by_role("combobox", name="Related records").fill(lead["last_name"])
    page.get_by_role("option", name=lead["last_name"]).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name=lead["last_name"])).to_be_visible()
    until(page, lambda: api("GET", f"/api/v1/tasks/{task['id']}", role="rep")["related"] == [lead["id"]])
