"""What surrounds every screen: navigation, command palette, shortcuts, theme, and what fails to load."""

import re

import pytest
from playwright.sync_api import expect

from conftest import FITS, loaded


@pytest.fixture
def palette(page):
    return page.get_by_role("dialog", name="Command palette")


def open_palette(page, palette):
    page.keyboard.press("Control+k")
    expect(palette.get_by_role("combobox", name="Go to, do or find")).to_be_focused()


def test_the_palette_goes_does_and_finds(page, login, palette, new_lead, accessible):
    lead = new_lead()
    login("admin")
    open_palette(page, palette)
    accessible()
    page.keyboard.type("scor")
    expect(palette.get_by_role("option", name=re.compile("^Scoring"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Scoring rules")).to_be_visible()
    expect(palette).to_have_count(0)

    open_palette(page, palette)
    page.keyboard.type("new lead")
    expect(palette.get_by_role("option", name=re.compile("^New lead"))).to_have_attribute(
        "aria-selected", "true")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="New lead")
    expect(dialog.get_by_label("First name")).to_be_focused()
    dialog.get_by_role("button", name="Cancel").click()

    open_palette(page, palette)
    page.keyboard.type(lead["last_name"])
    leads = palette.get_by_role("group", name="Leads")
    expect(leads.get_by_role("option", name=re.compile(lead["last_name"]))).to_be_visible()
    accessible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=lead["last_name"], level=1)).to_be_visible()


def test_arrows_and_escape_work_the_palette(page, login, palette):
    login("manager")
    open_palette(page, palette)
    options = palette.get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.type("nosuchthinganywhere")
    expect(palette).to_contain_text("Nothing found.")
    page.keyboard.press("Escape")
    expect(palette).to_have_count(0)


def test_the_palette_says_what_could_not_be_searched(page, login, palette):
    found = [{"object": "lead", "more": True, "subtitle_fields": ["company_name"], "records": [
        {"id": "lead_1", "title": "Ada Baker", "subtitle": "Bakers"}]}]
    login("manager")
    page.route("**/api/v1/search?*", lambda route: route.fulfill(
        json={"groups": found, "unavailable": ["deals"]}))
    open_palette(page, palette)
    page.keyboard.type("bak")
    leads = palette.get_by_role("group", name="Leads")
    expect(leads.get_by_role("option", name="Ada Baker")).to_contain_text("Bakers")
    expect(palette.get_by_role("status")).to_contain_text("Deals cannot be searched")
    leads.get_by_role("option", name="All leads with these words").click()
    expect(page.get_by_role("searchbox")).to_have_value("bak")


def test_the_palette_says_when_nothing_could_be_searched(page, login, palette):
    login("manager")
    page.route("**/api/v1/search?*", lambda route: route.fulfill(status=503, json={}))
    open_palette(page, palette)
    page.keyboard.type("zzz")
    expect(palette.get_by_role("status")).to_contain_text("Records cannot be searched")
    expect(palette).not_to_contain_text("Nothing found.")
    page.problems.clear()


def test_the_palette_offers_only_what_one_may(page, login, palette):
    login("read_only")
    open_palette(page, palette)
    expect(palette.get_by_role("option", name=re.compile("^Leads"))).to_be_visible()
    for name in ("New lead", "Import"):
        expect(palette.get_by_role("option", name=re.compile(f"^{name}"))).to_have_count(0)


def test_what_is_about_no_records_searches_all_of_them_and_makes_any(page, login, palette, accessible):
    login("admin", "/settings/members")
    page.get_by_role("button", name="Search everything").click()
    expect(palette).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("main").press("/")
    expect(palette).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New", exact=True).click()
    expect(page.get_by_role("menuitem", name="New deal")).to_be_visible()
    accessible()


def test_shortcuts_are_told(page, login, accessible):
    login("manager")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("Go to, do or find anything")
    accessible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    search = page.get_by_role("searchbox")
    search.focus()
    page.keyboard.type("?")
    expect(dialog).to_have_count(0)
    expect(search).to_have_value("?")


def test_a_theme_is_kept(page, login, accessible):
    login("manager")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.get_by_role("button", name="You:").click()
    page.get_by_role("menuitemcheckbox", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(background) != light
    accessible()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="You:").click()
    expect(page.get_by_role("menuitemcheckbox", name="Dark")).to_be_checked()
    page.get_by_role("menuitemcheckbox", name="Same as the device").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_the_navigation_has_groups_and_can_be_narrowed(page, login):
    login("admin")
    navigation = page.get_by_role("navigation", name="Main")
    for group, entry in (("Work", "Leads"), ("Manage", "Imports"), ("Manage", "Settings")):
        region = navigation.get_by_role("region", name=group)
        expect(region.get_by_role("link", name=entry)).to_be_visible()
    expect(navigation.get_by_role("link", name="Leads")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Narrow navigation").click()
    page.reload()
    expect(page.get_by_role("button", name="Widen navigation")).to_be_visible()
    expect(navigation.get_by_role("link", name="Imports")).to_be_visible()
    assert navigation.bounding_box()["width"] <= 60
    page.set_viewport_size({"width": 1000, "height": 800})
    expect(navigation.get_by_role("link", name="Imports")).to_be_visible()
    assert navigation.bounding_box()["width"] <= 60


def test_the_navigation_is_icons_on_a_tablet_until_it_is_widened(page, login):
    page.set_viewport_size({"width": 1024, "height": 768})
    login("admin")
    navigation = page.get_by_role("navigation", name="Main")
    expect(navigation.get_by_role("link", name="Leads")).to_be_visible()
    assert navigation.bounding_box()["width"] <= 60
    page.get_by_role("button", name="Widen navigation").click()
    page.reload()
    expect(page.get_by_role("button", name="Narrow navigation")).to_be_visible()
    assert navigation.bounding_box()["width"] > 200


def test_a_phone_has_its_navigation_at_the_bottom(page, login):
    page.set_viewport_size({"width": 390, "height": 844})
    login("rep")
    navigation = page.get_by_role("navigation", name="Main")
    box = navigation.bounding_box()
    assert box["y"] + box["height"] == 844 and box["width"] == 390
    expect(navigation.get_by_role("link")).to_have_text(["Home", "Leads", "Tasks", "Deals"])
    for link in navigation.get_by_role("link").all():
        assert link.bounding_box()["height"] >= 44
    more = navigation.get_by_role("button", name="More")
    assert more.bounding_box()["height"] >= 44
    expect(more).not_to_have_attribute("aria-current", "true")
    more.click()
    entries = ["Forecast", "Accounts", "Contacts", "Projects", "Activities", "Settings"]
    expect(page.get_by_role("menuitem")).to_have_text(entries)
    page.get_by_role("menuitem", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
    expect(more).to_have_attribute("aria-current", "true")
    assert page.evaluate(FITS)


def test_a_rep_finds_no_import_and_its_address_explains(page, login):
    login("rep")
    navigation = page.get_by_role("navigation", name="Main")
    expect(navigation.get_by_role("link", name="Leads")).to_be_visible()
    expect(navigation.get_by_role("link", name="Imports")).to_have_count(0)
    page.goto("/imports/new")
    expect(page.get_by_text("Your role does not allow this")).to_be_visible()
    expect(page.get_by_text("needs a permission that you do not have")).to_be_visible()
    page.get_by_role("link", name="Go to the start").click()
    expect(page.get_by_role("heading", name="Home", level=1)).to_be_visible()


def test_an_address_that_leads_nowhere_says_so(page, login):
    login("rep", "/nowhere/at/all")
    expect(page.get_by_text("There is nothing at this address")).to_be_visible()
    expect(page).to_have_title(re.compile("^Nothing here · Acme"))
    page.get_by_role("link", name="Go to the start").click()
    expect(page.get_by_role("heading", name="Home", level=1)).to_be_visible()


def test_the_tab_names_workspace_and_screen(page, login, new_lead):
    lead = new_lead()
    login("admin")
    expect(page).to_have_title("Leads · Acme Supply")
    for path, title in (("/settings/scoring", "Scoring"), ("/imports", "Imports"),
                        (f"/leads/{lead['id']}", lead["last_name"])):
        page.goto(path)
        expect(page).to_have_title(f"{title} · Acme Supply")


def failing(page, times):
    """Lets the next chunks that the page asks for not arrive."""
    left = [times]

    def route(each):
        left[0] -= 1
        each.abort() if left[0] >= 0 else each.continue_()

    page.route("**/assets/*.js", route)


def forgive(page):
    page.unroute("**/assets/*.js")


def test_a_chunk_that_fails_once_is_asked_for_again(page, login):
    login("admin")
    loaded(page.get_by_role("grid", name="Leads"))
    failing(page, 1)
    page.get_by_role("link", name="Imports").click()
    expect(page.get_by_role("heading", name="Imports", level=1)).to_be_visible()
    page.problems.clear()


@pytest.mark.parametrize("link, heading", [("Imports", "Imports"), ("Settings", "Members")])
def test_a_screen_that_does_not_arrive_can_be_tried_again(page, login, link, heading):
    login("admin")
    loaded(page.get_by_role("grid", name="Leads"))
    failing(page, 50)
    page.get_by_role("link", name=link).click()
    expect(page.get_by_text("This screen could not be shown")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    forgive(page)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    page.problems.clear()


def test_a_section_that_does_not_arrive_can_be_tried_again(page, login):
    login("admin", "/settings/members")
    expect(page.get_by_role("heading", name="Members")).to_be_visible()
    failing(page, 50)
    page.get_by_role("link", name="Scoring").click()
    expect(page.get_by_text("This screen could not be shown")).to_be_visible()
    forgive(page)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Scoring rules")).to_be_visible()
    page.problems.clear()


def test_a_form_that_does_not_arrive_leaves_the_page_alone(page, login):
    login("admin")
    loaded(page.get_by_role("grid", name="Leads"))
    failing(page, 50)
    page.get_by_role("button", name="New lead").click()
    expect(page.get_by_text("This form could not be shown")).to_be_visible()
    expect(page.get_by_role("grid", name="Leads")).to_be_visible()
    forgive(page)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("dialog", name="New lead").get_by_label("First name")).to_be_visible()
    page.problems.clear()


def test_the_banner_of_a_lost_connection_tries_again(page, login, grid, accessible):
    login("admin")
    loaded(grid)
    page.context.route("**/api/v1/**", lambda route: route.abort())
    page.get_by_role("link", name="Imports").click()
    banner = page.get_by_role("status", name="Connection")
    expect(banner).to_contain_text("What you typed is kept, but not saved yet.")
    accessible()
    banner.get_by_role("button", name="Try again").click()
    expect(banner).to_contain_text("cannot be reached")
    page.context.unroute("**/api/v1/**")
    banner.get_by_role("button", name="Try again").click()
    expect(banner).to_be_empty()
    page.problems.clear()
