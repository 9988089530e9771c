"""Menus, comboboxes and calendars, on the page of all parts that debug builds have."""

import re

from playwright.sync_api import expect


def field(page, label):
    return page.get_by_role("combobox", name=label, exact=True).first


def test_a_menu_is_worked_by_keys(parts):
    button = parts.get_by_role("button", name="More actions")
    button.focus()
    parts.keyboard.press("ArrowDown")
    menu = parts.get_by_role("menu", name="More actions")
    item = menu.get_by_role("menuitem")
    expect(item.filter(has_text="Edit")).to_be_focused()
    parts.keyboard.press("ArrowUp")
    expect(item.filter(has_text="Delete")).to_be_focused()
    parts.keyboard.press("c")
    expect(item.filter(has_text="Copy address")).to_be_focused()
    parts.keyboard.press("o")
    expect(item.filter(has_text="Copy address")).to_be_focused()
    parts.keyboard.press("ArrowDown")
    disabled = item.filter(has_text="Assign")
    expect(disabled).to_be_focused()
    parts.keyboard.press("Enter")
    expect(menu).to_be_visible()
    parts.keyboard.press("ArrowDown")
    on = menu.get_by_role("menuitemcheckbox", name="Compact rows")
    expect(on).to_be_focused()
    expect(on).to_be_checked()
    parts.keyboard.press("Enter")
    expect(menu).to_have_count(0)
    expect(button).to_be_focused()
    expect(parts.get_by_role("region", name="Menu", exact=True)).to_contain_text("Compact rows")
    parts.keyboard.press("ArrowUp")
    expect(item.filter(has_text="Delete")).to_be_focused()
    parts.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(button).to_be_focused()


def test_a_press_outside_closes_a_menu_and_does_what_it_would_do(parts):
    parts.get_by_role("button", name="More actions").click()
    expect(parts.get_by_role("menu")).to_be_visible()
    parts.get_by_role("button", name="Columns").click()
    expect(parts.get_by_role("menu")).to_have_count(0)
    expect(parts.get_by_role("checkbox", name="Company")).to_be_visible()


def test_a_combobox_finds_chooses_and_gives_up(parts):
    status = field(parts, "Status")
    status.focus()
    parts.keyboard.type("LOST")
    options = parts.get_by_role("listbox", name="Status")
    expect(options.get_by_role("option")).to_have_text(
        ["Lost to a competitor", "Create “LOST”"])
    parts.keyboard.press("Enter")
    expect(status).to_have_value("Lost to a competitor")
    expect(options).to_have_count(0)
    parts.keyboard.press("ArrowDown")
    chosen = options.get_by_role("option", name="Lost to a competitor")
    expect(chosen).to_have_attribute("aria-selected", "true")
    active = status.get_attribute("aria-activedescendant")
    expect(chosen).to_have_attribute("id", active)
    parts.keyboard.press("ArrowDown")  # past what cannot be chosen and round the end
    parts.keyboard.press("Enter")
    expect(status).to_have_value("New")
    parts.keyboard.type("quali")
    parts.keyboard.press("Escape")
    expect(status).to_have_value("New")
    parts.keyboard.type("Waiting")
    parts.keyboard.press("Enter")
    expect(status).to_have_value("Waiting")
    parts.get_by_role("button", name="Clear Status", exact=True).click()
    expect(status).to_have_value("")
    expect(status).to_be_focused()


def test_a_combobox_says_when_nothing_matches_and_when_loading_failed(parts):
    owner = field(parts, "Owner")
    said = parts.get_by_role("region", name="Combobox").get_by_role("status")
    owner.fill("nobody like that")
    expect(said.filter(has_text="No match")).to_have_count(1)
    expect(owner).to_have_attribute("aria-expanded", "false")
    owner.fill("fail")
    expect(parts.get_by_role("button", name="Try again").first).to_be_visible()
    owner.fill("jürg")
    parts.get_by_role("option", name="Jürgen Müller").click()
    expect(owner).to_have_value("Jürgen Müller")
    field(parts, "Slow").click()
    expect(said.filter(has_text="Loading")).to_have_count(1)


def test_a_combobox_of_several_keeps_what_is_chosen_before_its_input(parts):
    several = field(parts, "Statuses")
    several.click()
    options = parts.get_by_role("listbox", name="Statuses")
    expect(options).to_have_attribute("aria-multiselectable", "true")
    options.get_by_role("option", name="Contacted").click()
    expect(options).to_be_visible()
    remove = parts.get_by_role("region", name="Combobox").get_by_role(
        "button", name=re.compile("^Remove (New|Lost|Contacted)"))
    expect(remove).to_have_count(3)
    parts.keyboard.press("Backspace")
    expect(remove).to_have_count(2)
    remove.first.click()
    expect(remove).to_have_count(1)
    expect(several).to_be_focused()


def test_a_long_list_of_options_is_cut_and_says_so(parts):
    field(parts, "Company").click()
    options = parts.get_by_role("listbox", name="Company")
    expect(options.get_by_role("option")).to_have_count(200)
    expect(options).to_contain_text("1,000 more")
    field(parts, "Company").fill("company 1111")
    expect(options.get_by_role("option")).to_have_text(["Company 1111"])


def test_a_day_is_typed_or_chosen_by_keys(parts):
    day = parts.get_by_label("Close date", exact=True)
    day.fill("2026-12-24")
    day.press("Enter")
    expect(day).to_have_value("12/24/2026")
    day.press("Alt+ArrowDown")
    calendar = parts.get_by_role("dialog", name="Choose Close date in a calendar")
    cell = calendar.get_by_role("gridcell", name="Thursday, December 24, 2026")
    expect(cell).to_be_focused()
    expect(cell).to_have_attribute("aria-selected", "true")
    for key, then in [
        ("ArrowRight", "Friday, December 25, 2026"),
        ("ArrowDown", "Friday, January 1, 2027"),
        ("Home", "Sunday, December 27, 2026"),
        ("PageDown", "Wednesday, January 27, 2027"),
        ("Shift+PageUp", "Tuesday, January 27, 2026"),
        ("End", "Saturday, January 31, 2026"),
        ("PageDown", "Saturday, February 28, 2026"),
    ]:
        parts.keyboard.press(key)
        expect(calendar.get_by_role("gridcell", name=then)).to_be_focused()
    parts.keyboard.press("Enter")
    expect(calendar).to_have_count(0)
    expect(day).to_have_value("02/28/2026")
    expect(day).to_be_focused()
    day.press("Alt+ArrowDown")
    parts.keyboard.press("Escape")
    expect(day).to_be_focused()


def test_a_day_that_is_none_or_out_of_bounds_stays_with_the_reason(parts):
    visit = parts.get_by_label("Visit", exact=True)
    visit.fill("soon")
    visit.press("Enter")
    expect(visit).to_have_value("soon")
    expect(visit).to_have_attribute("aria-invalid", "true")
    expect(visit).to_have_accessible_description(re.compile("Enter a date such as"))
    visit.fill("11/21/2026")
    visit.press("Enter")
    expect(visit).to_have_accessible_description(re.compile("11/20/2026 or earlier"))
    visit.fill("11/20")
    visit.press("Escape")
    expect(visit).to_have_value("")
    visit.press("Alt+ArrowDown")
    parts.keyboard.press("PageDown")
    last = parts.get_by_role("gridcell", name="November 20, 2026")
    expect(last).to_be_focused()
    expect(parts.get_by_role("gridcell", name="November 21")).to_have_attribute(
        "aria-disabled", "true")


def test_tabs_switches_and_choices_are_worked_by_keys(parts):
    parts.get_by_role("tab", name="Notes").focus()
    parts.keyboard.press("ArrowRight")
    deals = parts.get_by_role("tab", name="Deals")
    expect(deals).to_be_focused()
    expect(parts.get_by_role("tabpanel", name="Deals")).to_contain_text("Panel of deals")
    parts.keyboard.press("ArrowRight")  # past the one that is disabled
    expect(parts.get_by_role("tab", name="Notes")).to_be_focused()
    switch = parts.get_by_role("switch", name="Takes new leads in turn")
    switch.focus()
    parts.keyboard.press("Space")
    expect(switch).not_to_be_checked()
    some = parts.get_by_role("checkbox", name="All rows")
    assert some.evaluate("input => input.indeterminate")
    some.focus()
    parts.keyboard.press("Space")
    expect(some).to_be_checked()
    parts.get_by_role("radio", name="Compact").focus()
    parts.keyboard.press("ArrowRight")
    expect(parts.get_by_role("radio", name="Roomy")).to_be_checked()


def test_a_choice_in_a_cell_opens_at_once_and_ends_with_its_choice(parts):
    cell = parts.get_by_role("region", name="Badges, sections, moments")
    editor = field(parts, "Status in its cell")
    cell.get_by_role("button", name="New").click()
    expect(editor).to_be_focused()
    expect(parts.get_by_role("listbox", name="Status in its cell")).to_be_visible()
    parts.keyboard.press("ArrowDown")
    parts.keyboard.press("Enter")
    expect(editor).to_have_count(0)
    cell.get_by_role("button", name="Contacted").click()
    parts.keyboard.press("Escape")
    expect(editor).to_have_count(0)
    cell.get_by_role("button", name="Contacted").click()
    parts.get_by_role("heading", name="Parts", exact=True).click()
    expect(editor).to_have_count(0)
