"""What an administrator sets up for tasks: rules that make them, categories, alerts."""

import uuid

from playwright.sync_api import expect


def test_a_rule_that_makes_tasks_is_filled_in_and_run(page, login, notices, api, new_lead, accessible):
    lead = new_lead(city="Ulm")
    login("admin", "/settings/task-rules")
    page.get_by_role("button", name="Add rule").click()
    dialog = page.get_by_role("dialog", name="Add rule")
    name = f"Rule {uuid.uuid4().hex[:8]}"
    dialog.get_by_role("button", name="Save rule").click()
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    expect(dialog).to_contain_text("Enter what is to be done.")
    dialog.get_by_label("Name", exact=True).fill(name)
    dialog.get_by_label("When this happens").select_option("lead_created")
    dialog.get_by_role("button", name="Write the condition in CEL").click()
    dialog.get_by_label("Condition", exact=True).fill('ctiy == "Ulm"')
    dialog.get_by_label("For how long the condition must hold", exact=True).fill("4")
    dialog.get_by_label("Title").fill("Write a letter")
    dialog.get_by_label("Due after", exact=True).fill("2")
    accessible()
    dialog.get_by_role("button", name="Save rule").click()
    expect(dialog).to_contain_text("There is no field 'ctiy'")
    dialog.get_by_label("Condition", exact=True).fill('city == "Ulm"')
    dialog.get_by_role("button", name="Save rule").click()
    shown = page.get_by_role("row").filter(has_text=name)
    expect(shown).to_contain_text("A lead is created")
    expect(shown).to_contain_text("and for 4 hours after")
    expect(shown).to_contain_text("None yet")
    shown.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name="Make tasks now").click()
    dialog = page.get_by_role("dialog", name=f"Make tasks of {name} now")
    dialog.get_by_role("button", name="Write the condition in CEL").click()
    dialog.get_by_label("Condition", exact=True).fill(f'id == "{lead["id"]}"')
    dialog.get_by_role("button", name="Make tasks now").click()
    expect(notices.get_by_text("1 task made")).to_be_visible()
    expect(shown).to_contain_text("1 task, 0 completed")
    expect(shown.get_by_role("list", name="By priority").get_by_role("listitem")).to_have_text(["Medium1"])
    expect(shown).to_contain_text("Last one made just now")
    page.get_by_label("Tasks made").select_option("last_month")
    expect(shown).to_contain_text("None in this time")
    page.get_by_label("Tasks made").select_option("today")
    expect(shown).to_contain_text("1 task, 0 completed")
    found = api("GET", f"/api/v1/tasks?filter=%22{lead['id']}%22%20in%20related")["tasks"]
    assert [each["title"] for each in found] == ["Write a letter"]
    shown.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(shown).to_have_count(0)


def test_categories_and_alerts_are_set_up(page, login, notices, api, accessible):
    login("admin", "/settings/task-categories")
    name = f"Visit {uuid.uuid4().hex[:8]}"
    page.get_by_label("New category").fill(name)
    page.get_by_role("button", name="Add category").click()
    expect(page.get_by_role("list", name="Task categories")).to_contain_text(name)
    accessible()
    page.goto("/settings/overdue-tasks")
    hours = page.get_by_label("Managers hear of overdue tasks after")
    before = hours.input_value()
    hours.fill("0")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Enter a whole number from 1 to 8,760.")).to_be_visible()
    hours.fill("36")
    page.get_by_role("button", name="Save").click()
    expect(notices.get_by_text("Saved")).to_be_visible()
    assert api("GET", "/api/v1/tenant")["settings"]["overdue_escalation_hours"] == 36
    hours.fill(before)
    page.get_by_role("button", name="Save").click()
