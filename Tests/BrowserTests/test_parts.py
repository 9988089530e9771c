"""What holds of all parts, and what lies over the page, on the page that debug builds have."""

import re

import pytest
from playwright.sync_api import expect


def field(page, label):
    """A combobox that is typed into, of which the sample records on the page have none."""
    return page.get_by_role("combobox", name=label, exact=True).and_(page.locator("input"))


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", (1440, 900)), ("dark", (390, 844))], ids=["wide", "phone"])
def test_every_part_is_accessible_and_fits(parts, accessible, scheme, size):
    parts.set_viewport_size({"width": size[0], "height": size[1]})
    parts.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    accessible()
    assert parts.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for part, name, shown in [
        ("Menu", "More actions", "menu"),
        ("Tooltip", "Columns", "group"),
        ("Dates", "Choose Close date in a calendar", "dialog"),
        ("Dialog and sheet", "Open dialog", "dialog"),
        ("Dialog and sheet", "Open sheet", "dialog"),
        ("Form", "Fill in", "dialog"),
        ("Form", "Leave", "dialog"),
    ]:
        parts.get_by_role("region", name=part).get_by_role("button", name=name).first.click()
        expect(parts.get_by_role(shown).last).to_be_visible()
        accessible()
        parts.keyboard.press("Escape")
        expect(parts.get_by_role("dialog")).to_have_count(0)
    for label in ["Status", "Statuses", "Owner", "Slow"]:
        field(parts, label).click()
        expect(field(parts, label)).to_be_focused()
        accessible()
    field(parts, "Status").fill("no such thing at all")
    accessible()


def test_a_tooltip_comes_by_focus_and_hover_and_goes_by_escape(parts):
    button = parts.get_by_role("button", name="5m ago")
    tooltip = parts.get_by_role("tooltip")
    button.hover()
    expect(tooltip).to_contain_text("Friday, 27 November")
    expect(button).to_have_accessible_description(re.compile("Friday"))
    tooltip.hover()
    expect(tooltip).to_be_visible()
    parts.keyboard.press("Escape")
    expect(tooltip).to_have_count(0)
    parts.get_by_role("button", name="Copy the address").focus()
    parts.keyboard.press("Tab")
    expect(button).to_be_focused()
    expect(tooltip).to_be_visible()


def test_a_dialog_begins_at_its_first_field_keeps_focus_and_gives_it_back(parts):
    opens = parts.get_by_role("button", name="Open dialog")
    opens.click()
    dialog = parts.get_by_role("dialog", name="New thing")
    first = dialog.get_by_label("Thing")
    expect(first).to_be_focused()
    for _ in range(12):
        parts.keyboard.press("Tab")
        assert parts.evaluate("document.activeElement.closest('dialog') !== null")
    first.focus()
    parts.keyboard.press("Shift+Tab")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    parts.keyboard.press("Shift+Tab")
    another = dialog.get_by_role("button", name="Open another")
    expect(another).to_be_focused()
    parts.keyboard.press("Enter")
    second = parts.get_by_role("dialog", name="Over the other")
    expect(second.get_by_role("button", name="Go back")).to_be_focused()
    parts.keyboard.press("Escape")
    expect(second).to_have_count(0)
    expect(another).to_be_focused()
    field(parts, "Status").last.click()
    parts.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    parts.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opens).to_be_focused()


def test_a_sheet_comes_from_the_side_and_on_a_phone_from_the_bottom(parts):
    parts.emulate_media(reduced_motion="reduce")
    opens = parts.get_by_role("button", name="Open sheet")
    opens.click()
    sheet = parts.get_by_role("dialog")
    expect(sheet).to_be_focused()
    box = sheet.bounding_box()
    assert box["x"] + box["width"] == parts.viewport_size["width"]
    parts.mouse.click(20, 400)
    expect(sheet).to_have_count(0)
    expect(opens).to_be_focused()
    parts.set_viewport_size({"width": 390, "height": 844})
    opens.click()
    box = sheet.bounding_box()
    assert box["x"] == 0 and box["width"] == 390
    assert box["y"] + box["height"] == 844 and box["y"] >= 40


def test_a_form_keeps_what_was_typed_and_asks_at_the_field_at_fault(parts):
    opens = parts.get_by_role("button", name="Fill in")
    opens.click()
    dialog = parts.get_by_role("dialog", name="New thing")
    dialog.get_by_label("First name").fill("Ada")
    dialog.get_by_role("button", name="Create thing").click()
    last = dialog.get_by_label("Last name")
    expect(last).to_be_focused()
    expect(last).to_have_accessible_description("Enter a last name.")
    birthday = dialog.get_by_label("Birthday", exact=True)
    last.fill("Lovelace")
    birthday.fill("some day")
    dialog.get_by_role("button", name="Create thing").click()
    expect(birthday).to_be_focused()
    expect(dialog).to_be_visible()
    birthday.fill("12/10/1815")
    birthday.press("Tab")
    last.fill("")
    parts.keyboard.press("Escape")
    opens.click()
    expect(dialog.get_by_label("First name")).to_have_value("Ada")
    expect(birthday).to_have_value("12/10/1815")
    dialog.get_by_label("Last name").fill("Lovelace")
    dialog.get_by_role("button", name="Create thing").click()
    expect(dialog).to_have_count(0)
    opens.click()
    expect(dialog.get_by_label("First name")).to_have_value("")


TOO_SMALL = """
() => [...document.querySelectorAll("button, a, input, select, [role^=menuitem], [role=option], td")]
  .filter((each) => each.checkVisibility() && each.tabIndex !== -2 && !each.closest("[inert]"))
  .map((each) => [each, (each.matches("button") ? null : each.closest("label, .combobox")) ?? each])
  .map(([each, target]) => [each, target.getBoundingClientRect(), getComputedStyle(target, "::after")])
  .map(([each, box, after]) => {
    const reach = after.content === "none" ? 0 : -2 * parseFloat(after.top);
    return {height: box.height + reach, what: each.getAttribute("aria-label") ?? each.textContent};
  })
  .filter(({height}) => height < 43.5)
  .map(({height, what}) => `${what}: ${height}`)
"""


def test_a_finger_meets_everything_on_a_phone(parts):
    parts.set_viewport_size({"width": 390, "height": 844})
    inline = ["link"]  # links in a sentence are as high as it
    assert [each for each in parts.evaluate(TOO_SMALL) if each.split(":")[0] not in inline] == []
    parts.get_by_role("button", name="More actions").click()
    expect(parts.get_by_role("menu")).to_be_visible()
    field(parts, "Status").click()
    expect(parts.get_by_role("listbox")).to_be_visible()
    assert [each for each in parts.evaluate(TOO_SMALL) if each.split(":")[0] not in inline] == []


def test_a_notice_goes_by_itself_but_not_from_under_the_pointer(parts):
    parts.clock.install()
    parts.get_by_role("button", name="Show notices").click()
    notices = parts.get_by_role("status", name="Notices")
    undo = notices.get_by_role("button", name="Undo")
    expect(notices).not_to_contain_text("Gone again")
    undo.hover()
    parts.clock.fast_forward("00:09")
    expect(notices).not_to_contain_text("could not be saved")
    expect(undo).to_be_visible()
    undo.click()
    expect(notices).to_contain_text("Lead is back")
    parts.mouse.move(0, 0)
    parts.clock.fast_forward("00:09")
    expect(notices).to_have_text("")


def test_a_dialog_that_has_to_stay_is_not_closed_by_pressing_escape_again(parts):
    parts.get_by_role("button", name="Ask twice").click()
    dialog = parts.get_by_role("dialog", name="Stays until it is answered")
    for _ in range(4):
        parts.keyboard.press("Escape")
        expect(dialog).to_be_visible()
    expect(dialog.get_by_text("Asked")).to_be_visible()
    dialog.get_by_role("button", name="Answer").click()
    expect(dialog).to_have_count(0)
    expect(parts.get_by_role("button", name="Ask twice")).to_be_focused()


def test_a_board_by_a_field_with_choices_has_a_column_for_each(parts):
    records = parts.get_by_role("region", name="Record of any kind")
    board = records.get_by_role("region", name="Board", exact=True)
    expect(board.get_by_role("heading", level=2)).to_have_text(["Rail", "Road", "Ship"])
