"""What an administrator configures: members, statuses, scoring."""

import re
import uuid

import pytest
from playwright.sync_api import expect


@pytest.fixture
def admin(login):
    return login("admin")


def test_a_member_is_added_changed_and_deactivated(page, admin, accessible):
    name = f"Nora {uuid.uuid4().hex[:6]}"
    page.goto("/settings/members")
    page.get_by_role("button", name="Add member").click()
    dialog = page.get_by_role("dialog", name="Add member")
    dialog.get_by_label("Name", exact=True).fill(name)
    dialog.get_by_label("E-mail").fill(f"{name.replace(' ', '.').lower()}@example.org")
    dialog.get_by_label("First password").fill("short")
    dialog.get_by_role("button", name="Add member").click()
    expect(dialog.get_by_label("First password")).to_have_attribute("aria-invalid", "true")
    accessible()
    dialog.get_by_label("First password").fill("long enough for this")
    dialog.get_by_role("button", name="Add member").click()
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("Rep")

    row.get_by_role("button", name=f"Edit {name}").click()
    dialog = page.get_by_role("dialog", name=name)
    dialog.get_by_label("Takes new leads in turn").uncheck()
    accessible()
    dialog.get_by_role("button", name="Save member").click()
    expect(row.get_by_role("cell").nth(2)).to_have_text("No")

    row.get_by_role("button", name=f"Deactivate {name}").click()
    expect(row).to_contain_text("Deactivated")
    accessible()
    page.get_by_role("status", name="Notices").get_by_role("button", name="Undo").click()
    expect(row).to_contain_text("Active")
    row.get_by_role("button", name=f"Deactivate {name}").click()
    expect(row).to_contain_text("Deactivated")
    row.get_by_role("button", name=f"Reactivate {name}").click()
    expect(row.get_by_role("button", name=f"Deactivate {name}")).to_be_visible()


def test_a_status_is_added_and_can_be_given_to_a_lead(page, admin, accessible):
    name = f"Step {uuid.uuid4().hex[:6]}"
    page.goto("/settings/statuses")
    page.get_by_label("New status").fill(name)
    page.get_by_role("button", name="Add status").click()
    expect(page.get_by_role("rowheader", name=name)).to_be_visible()
    accessible()
    page.get_by_role("link", name="Leads", exact=True).click()
    page.get_by_role("group", name="Filters").get_by_role("button", name="Status").click()
    expect(page.get_by_role("checkbox", name=name)).to_be_visible()


def test_a_status_is_named_in_any_script_and_only_once(page, admin, accessible):
    page.goto("/settings/statuses")
    name = page.get_by_label("New status")
    expect(name).to_be_visible()
    expect(page.get_by_label("Key", exact=True)).to_have_count(0)
    name.fill(f"日本 {uuid.uuid4().hex[:6]}")
    accessible()
    page.get_by_role("button", name="Add status").click()
    expect(page.get_by_role("row").filter(has_text="日本")).to_contain_text("ri_ben_")
    name.fill("Contacted")
    page.get_by_role("button", name="Add status").click()
    expect(page.get_by_text("A status named “Contacted” exists already.")).to_be_visible()


def test_dialogs_stand_in_the_middle_and_ask_at_the_first_field_at_fault(page, admin):
    page.goto("/settings/scoring")
    page.get_by_role("button", name="Add rule").click()
    dialog = page.get_by_role("dialog", name="Add rule")
    box = dialog.bounding_box()
    height = page.viewport_size["height"]
    assert abs(box["y"] - (height - box["y"] - box["height"])) <= 2
    dialog.get_by_label("Name").fill("Named")
    dialog.get_by_role("button", name="Save rule").click()
    expect(dialog.get_by_text("Enter a condition.")).to_be_visible()
    expect(dialog.get_by_label("Condition")).to_be_focused()


def test_a_phone_reaches_what_changes_a_member(page, admin):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/settings/members")
    edit = page.get_by_role("button", name=re.compile("^Edit ")).first
    expect(edit).to_be_visible()
    box = edit.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert box["height"] >= 44


def test_a_rule_is_checked_saved_deleted_and_brought_back(page, admin, accessible):
    name = f"Rule {uuid.uuid4().hex[:6]}"
    page.goto("/settings/scoring")
    page.get_by_role("button", name="Add rule").click()
    dialog = page.get_by_role("dialog", name="Add rule")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Condition").fill("shoe_size > 40")
    dialog.get_by_label("Points").fill("5")
    dialog.get_by_role("button", name="Save rule").click()
    condition = dialog.get_by_label("Condition")
    expect(condition).to_have_attribute("aria-invalid", "true")
    expect(dialog.locator(".field-error")).to_contain_text("shoe_size")
    accessible()
    condition.fill("company_size > 40")
    dialog.get_by_role("button", name="Save rule").click()
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("+5")
    expect(page.get_by_text(re.compile("All leads were scored|Scoring all leads again"))).to_be_visible()
    accessible()
    row.get_by_role("button", name=f"Delete {name}").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_be_visible()
    row.get_by_role("button", name=f"Delete {name}").click()
    expect(row).to_have_count(0)


def test_a_rep_reads_settings_and_finds_nothing_to_change(page, login, accessible):
    login("rep")
    page.goto("/settings/scoring")
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    for name in ("Add rule", "Add status", "Add member"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    accessible()
