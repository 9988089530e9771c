"""Scoring rules: made of rows or in CEL, and what one would do before it is saved."""

import re
import uuid

from playwright.sync_api import expect


def begin(page):
    page.get_by_role("button", name="Add rule").click()
    return page.get_by_role("dialog", name="Add rule")


def test_a_rule_is_made_of_rows_and_shown_in_words(page, login, accessible):
    name = f"Rule {uuid.uuid4().hex[:6]}"
    login("admin", "/settings/scoring")
    dialog = begin(page)
    dialog.get_by_label("Name").fill(name)
    row = dialog.get_by_role("group", name="Row 1")
    dialog.get_by_role("button", name="Save rule").click()
    expect(dialog.get_by_text("Fill in a value in each row.")).to_be_visible()
    row.get_by_role("combobox", name="Field").click()
    page.keyboard.type("Employ")
    page.keyboard.press("Enter")
    row.get_by_label("Comparison").select_option(label="is at least")
    row.get_by_label("Value").fill("40")
    dialog.get_by_role("button", name="And", exact=True).click()
    second = dialog.get_by_role("group", name="Row 2")
    second.get_by_role("combobox", name="Values").click()
    page.get_by_role("option", name="Referral").click()
    page.keyboard.press("Escape")
    accessible()
    dialog.get_by_label("Points").fill("5")
    dialog.get_by_role("button", name="Save rule").click()
    expect(dialog).to_have_count(0)
    shown = page.get_by_role("row").filter(has_text=name)
    expect(shown).to_contain_text(re.compile("Employees is at least 40 and Source is (one of )?Referral"))
    expect(shown).to_contain_text("+5")
    shown.get_by_role("button", name=f"Edit {name}").click()
    dialog = page.get_by_role("dialog", name="Edit rule")
    expect(dialog.get_by_role("group", name="Row 1").get_by_label("Value")).to_have_value("40")
    dialog.get_by_role("button", name="Write the condition in CEL").click()
    expect(dialog.get_by_label("Condition")).to_have_value(re.compile("company_size >= 40 && "))
    dialog.get_by_role("button", name="Fill in rows instead").click()
    expect(dialog.get_by_role("group", name="Row 2")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    shown.get_by_role("button", name=f"Delete {name}").click()
    expect(shown).to_have_count(0)


def test_a_rule_in_cel_is_checked_saved_deleted_and_brought_back(page, login, accessible):
    name = f"Rule {uuid.uuid4().hex[:6]}"
    login("admin", "/settings/scoring")
    dialog = begin(page)
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("button", name="Write the condition in CEL").click()
    condition = dialog.get_by_label("Condition")
    condition.fill("shoe_size > 40")
    dialog.get_by_label("Points").fill("5")
    dialog.get_by_role("button", name="Save rule").click()
    expect(condition).to_have_attribute("aria-invalid", "true")
    expect(dialog.locator(".field-error")).to_contain_text("shoe_size")
    accessible()
    condition.fill("company_size + 1 > 40")
    dialog.get_by_role("button", name="Save rule").click()
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("company_size + 1 > 40")
    expect(page.get_by_text(re.compile("All leads were scored|Scoring all leads again"))).to_be_visible()
    row.get_by_role("button", name=f"Delete {name}").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_be_visible()
    row.get_by_role("button", name=f"Delete {name}").click()
    expect(row).to_have_count(0)


def test_a_rule_tells_before_it_is_saved_what_it_would_change(page, login, new_lead, accessible):
    tag = f"Preview {uuid.uuid4().hex[:8]}"
    for _ in range(3):
        new_lead(campaign=tag)
    login("admin", "/settings/scoring")
    dialog = begin(page)
    preview = dialog.get_by_role("status", name="Preview")
    row = dialog.get_by_role("group", name="Row 1")
    row.get_by_role("combobox", name="Field").click()
    page.keyboard.type("Campaign")
    page.keyboard.press("Enter")
    expect(preview).to_be_empty()
    row.get_by_label("Value").fill(tag)
    dialog.get_by_label("Points").fill("100")
    expect(preview).to_contain_text(re.compile("Matches 3 of [0-9,]+ leads; 3 would change their band"))
    expect(preview.get_by_role("listitem")).to_have_text(["3 from cold to very hot"])
    accessible()
    dialog.get_by_role("button", name="Write the condition in CEL").click()
    dialog.get_by_label("Condition").fill(f'campaign == "{tag}" && city == "Nowhere"')
    expect(preview).to_contain_text(re.compile("Matches 0 of [0-9,]+ leads; 0 would change their band"))
    dialog.get_by_role("button", name="Cancel").click()
    page.goto(f"/leads?campaign=~{tag.replace(' ', '+')}")
    expect(page.get_by_role("grid", name="Leads").get_by_text("Cold")).to_have_count(3)
