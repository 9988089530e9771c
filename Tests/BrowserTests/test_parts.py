"""The parts that screens are made of, on the page of all parts that debug builds have."""

import mimetypes
import re
import subprocess
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import expect

from mesh import ROOT

BUILT = ROOT / ".build/web-debug"


@pytest.fixture(scope="session")
def debug_build():
    subprocess.run(["node", "build.mjs", "--debug"], cwd=ROOT / "Gateway/Web", check=True,
                   stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def policy(mesh):
    """The content security policy of the gateway."""
    page = urllib.request.Request(
        f"http://127.0.0.1:{mesh.port}/", headers={"Host": "acme.localhost"})
    with urllib.request.urlopen(page) as answer:
        return answer.headers["Content-Security-Policy"]


@pytest.fixture
def parts(page, policy, debug_build):
    """/parts from the debug build, under the policy that the gateway gives its own pages."""

    def serve(route):
        path = BUILT / urllib.parse.urlparse(route.request.url).path.lstrip("/")
        file = path if path.is_file() else BUILT / "index.html"
        route.fulfill(
            body=file.read_bytes(),
            headers={"Content-Type": mimetypes.guess_type(file.name)[0] or "text/plain",
                     "Content-Security-Policy": policy})

    page.route("**/*", serve)
    page.goto("/parts")
    expect(page.get_by_role("heading", name="Parts", exact=True)).to_be_visible()
    return page


def field(page, label):
    return page.get_by_role("combobox", name=label, exact=True)


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
    parts.keyboard.press("Escape")
    opens.click()
    expect(dialog.get_by_label("First name")).to_have_value("Ada")
    dialog.get_by_label("Last name").fill("Lovelace")
    dialog.get_by_role("button", name="Create thing").click()
    expect(dialog).to_have_count(0)
    opens.click()
    expect(dialog.get_by_label("First name")).to_have_value("")


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


def test_a_list_is_put_in_order_by_keys(parts):
    rows = parts.get_by_role("list", name="Steps", exact=True).get_by_role("listitem")
    said = parts.get_by_role("region", name="Sortable list").get_by_role("status").first
    handle = parts.get_by_role("button", name="Move New", exact=True)
    handle.focus()
    parts.keyboard.press("Space")
    expect(said).to_have_text("New lifted, place 1 of 7.")
    expect(handle).to_have_attribute("aria-pressed", "true")
    parts.keyboard.press("ArrowDown")
    parts.keyboard.press("ArrowDown")
    expect(said).to_have_text("New: place 3 of 7.")
    parts.keyboard.press("Escape")
    expect(said).to_have_text("New is back where it was.")
    expect(rows.first).to_contain_text("New")
    parts.keyboard.press("Space")
    parts.keyboard.press("ArrowDown")
    parts.keyboard.press("Enter")
    expect(said).to_have_text("New dropped, place 2 of 7.")
    expect(rows.nth(1)).to_contain_text("New")
    expect(handle).to_be_focused()
    parts.get_by_role("button", name="Move New to…").click()
    parts.get_by_role("menuitem", name="Move to bottom").click()
    expect(rows.last).to_contain_text("New")


def test_a_list_is_put_in_order_by_pulling(parts):
    rows = parts.get_by_role("list", name="Steps", exact=True).get_by_role("listitem")
    pull(parts, parts.get_by_role("button", name="Move Qualified", exact=True), rows.first)
    expect(rows.first).to_contain_text("Qualified")
    expect(rows.nth(1)).to_contain_text("New")


def test_a_card_is_moved_by_keys_and_a_refused_one_goes_back(parts):
    board = parts.get_by_role("region", name="Board", exact=True)
    won = board.get_by_role("region", name="Won")
    handle = board.get_by_role("button", name="Move Acme", exact=True)
    handle.focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "Enter"):
        parts.keyboard.press(key)
    expect(won.get_by_role("article", name="Acme")).to_be_visible()
    expect(handle).to_be_focused()
    refused = board.get_by_role("button", name="Move Umbrella", exact=True)
    refused.focus()
    for key in ("Space", "ArrowRight", "Space"):
        parts.keyboard.press(key)
    talks = board.get_by_role("region", name="In talks")
    expect(talks.get_by_role("article", name="Umbrella")).to_contain_text("It has no amount yet.")
    expect(board.get_by_role("status").filter(has_text="back where it was")).to_have_count(1)
    expect(refused).to_be_focused()
    board.get_by_role("button", name="Move Globex to…").click()
    expect(parts.get_by_role("menuitem", name="Frozen")).to_have_attribute("aria-disabled", "true")
    parts.get_by_role("menuitem", name="In talks").click()
    expect(talks.get_by_role("article", name="Globex")).to_be_visible()


def test_a_card_is_pulled_to_another_column(parts):
    board = parts.get_by_role("region", name="Board", exact=True)
    pull(parts, board.get_by_role("article", name="Initech"),
         board.get_by_role("article", name="Umbrella"), x=90)
    cards = board.get_by_role("region", name="In talks").get_by_role("article")
    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text("Initech")


def pull(page, what, onto, x=8):
    """Pulls an element by the mouse to the upper edge of another one."""
    # Away from the edges of the window, where it would scroll.
    onto.evaluate("(element) => element.scrollIntoView({block: 'center'})")
    start, end = what.bounding_box(), onto.bounding_box()
    page.mouse.move(start["x"] + x, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + x, end["y"] + 12, steps=8)
    page.mouse.move(end["x"] + x, end["y"] + 2)
    page.mouse.up()


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
