"""The lead list: windowed, filtered, sorted and searched."""

import re
import uuid

import pytest
from playwright.sync_api import expect

DATA_ROW = "[data-row]"


@pytest.fixture
def grid(page, login):
    login("manager")
    grid = page.get_by_role("grid", name="Leads")
    expect(grid.locator(DATA_ROW).first).to_be_visible()
    return grid


def cells(grid, column):
    return grid.locator(f"{DATA_ROW} .cell-{column}").all_inner_texts()


def test_thousands_of_leads_scroll_with_few_rows_in_the_page(page, grid, accessible):
    expect(page.get_by_role("status").filter(has_text="lead")).to_contain_text(re.compile(r"\d"))
    assert grid.locator("[role=row]").count() < 80
    accessible()
    first = cells(grid, "name")[0]
    for row in (900, 1090):  # more than 1,000 have room once they are known
        grid.evaluate("(element, row) => element.scrollTo(0, 36 * row)", row)
        expect(grid.locator(f'[data-row="{row}"] .cell-name')).to_be_visible()
    assert grid.locator("[role=row]").count() < 80
    grid.evaluate("element => element.scrollTo(0, 0)")
    expect(grid.locator('[data-row="0"] .cell-name')).to_have_text(first)


def test_a_filter_is_a_sentence_and_narrows_the_list(page, grid, accessible):
    filters = page.get_by_role("group", name="Filters")
    filters.get_by_role("button", name="Band").click()
    page.get_by_role("checkbox", name="Very hot").check()
    page.keyboard.press("Escape")
    chip = filters.get_by_role("button", name="Band is Very hot")
    expect(chip).to_be_focused()
    expect(grid.locator(f"{DATA_ROW} .band").first).to_contain_text("Very hot")
    assert all("Very hot" in text for text in cells(grid, "score"))
    filters.get_by_role("button", name="Status", exact=True).click()
    page.get_by_role("checkbox", name="New", exact=True).check()
    page.keyboard.press("Escape")
    expect(filters.get_by_role("button", name="Status is New")).to_be_visible()
    accessible()
    page.reload()
    expect(filters.get_by_role("button", name="Status is New")).to_be_visible()
    filters.get_by_role("button", name="Clear filters").click()
    expect(filters.get_by_role("button", name="Status", exact=True)).to_be_visible()


def test_a_heading_sorts_both_ways(page, grid):
    heading = grid.get_by_role("columnheader", name="Score")
    heading.get_by_role("button").click()
    first = heading.get_attribute("aria-sort")
    assert first in ("ascending", "descending")

    def scores():
        return [int(re.search(r"\d+", text)[0]) for text in cells(grid, "score")]

    expect(page).to_have_url(re.compile("score"))
    expect(grid).to_have_attribute("aria-busy", "false")
    assert scores() == sorted(scores(), reverse=first == "descending")
    heading.get_by_role("button").click()
    expect(heading).not_to_have_attribute("aria-sort", first)
    expect(grid).to_have_attribute("aria-busy", "false")
    assert scores() == sorted(scores(), reverse=first != "descending")


def test_search_finds_by_the_beginning_of_a_word(page, grid):
    company = next(text for text in cells(grid, "company") if text)
    page.keyboard.press("Control+K")
    search = page.get_by_role("searchbox", name="Search leads")
    expect(search).to_be_focused()
    word = company.split()[0]
    search.fill(word[:-1] if len(word) > 4 else word)
    expect(page).to_have_url(re.compile(re.escape(word[:3])))
    expect(grid).to_have_attribute("aria-busy", "false")
    assert company in cells(grid, "company")
    search.fill("nosuchwordanywhere")
    expect(page.get_by_role("heading", name="No lead matches")).to_be_visible()
    page.get_by_role("button", name="Show all leads").click()
    expect(grid.locator(DATA_ROW).first).to_be_visible()


def test_arrow_keys_move_and_enter_opens(page, grid, accessible):
    grid.locator('[data-row="0"] a').focus()
    page.keyboard.press("ArrowDown")
    second = grid.locator('[data-row="1"] a')
    expect(second).to_be_focused()
    name = second.inner_text()
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name=f"Lead: {name}")
    expect(panel.get_by_role("heading", name=name)).to_be_visible()
    accessible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_f2_changes_the_status_in_its_row(page, login, accessible):
    login("manager")
    grid = page.get_by_role("grid", name="Leads")
    row = grid.locator('[data-row="2"]')
    row.locator("a").focus()
    before = row.locator(".cell-status").inner_text()
    page.keyboard.press("F2")
    editor = row.get_by_role("combobox")
    expect(editor).to_be_focused()
    accessible()
    page.keyboard.press("Escape")
    expect(row.locator("a")).to_be_focused()
    page.keyboard.press("F2")
    editor.select_option(label="Unqualified" if before != "Unqualified" else "Qualified")
    expect(row.locator(".cell-status")).to_contain_text("ualified")
    page.get_by_role("button", name="Undo").click()
    expect(row.locator(".cell-status")).to_have_text(before)


def test_a_narrow_screen_has_everything_in_reach(page, login, accessible):
    page.set_viewport_size({"width": 390, "height": 800})
    login("rep")
    expect(page.get_by_role("grid", name="Leads").locator(DATA_ROW).first).to_be_visible()
    accessible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_dark_scheme_has_contrast_too(page, login, accessible):
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    login("rep")
    page.get_by_role("grid", name="Leads").locator(f"{DATA_ROW} a").first.click()
    expect(page.get_by_role("region", name="Score")).to_be_visible()
    accessible()


CUT = """
grid => [...grid.querySelectorAll(".grid-head .cell, .row .cell-score, .row .cell-status")]
  .filter(each => each.scrollWidth > each.clientWidth).map(each => each.className)
"""


@pytest.mark.parametrize("width", [1100, 1440])
def test_what_does_not_fit_is_left_out_by_priority(page, login, width):
    page.set_viewport_size({"width": width, "height": 900})
    login("manager")
    grid = page.get_by_role("grid", name="Leads")
    names = ["Name", "Company", "Score", "Status"]
    for more in (["Owner", "Last activity"], []):
        for name in names + more:
            expect(grid.get_by_role("columnheader", name=name)).to_be_visible()
        expect(grid.get_by_role("columnheader", name="Owner")).to_have_count(len(more[:1]))
        assert grid.evaluate("each => each.scrollWidth <= each.clientWidth")
        assert grid.evaluate(CUT) == []
        grid.locator("[data-row='0'] a").click()
        expect(page.get_by_role("complementary")).to_be_visible()


def test_a_rep_begins_with_their_own_leads_by_score(page, login):
    login("rep")
    filters = page.get_by_role("group", name="Filters")
    expect(filters.get_by_role("button", name="Owner is Me")).to_be_visible()
    grid = page.get_by_role("grid", name="Leads")
    expect(grid.get_by_role("columnheader", name="Score")).to_have_attribute("aria-sort", "descending")
    assert "?" not in page.url
    expect(grid.locator(DATA_ROW).first).to_be_visible()
    assert len(set(cells(grid, "owner"))) == 1
    filters.get_by_role("button", name="Clear filters").click()
    expect(filters.get_by_role("button", name="Owner", exact=True)).to_be_visible()
    page.reload()
    expect(filters.get_by_role("button", name="Owner", exact=True)).to_be_visible()


def test_leads_of_a_deactivated_owner_can_be_found(page, login, api):
    login("admin")
    name = f"Gone {uuid.uuid4().hex[:6]}"
    member = api("POST", "/api/v1/members", {
        "member": {"display_name": name, "email": f"{name[5:]}@example.org", "role": "rep"},
        "password": "long enough for this"})
    api("POST", "/api/v1/leads", {
        "last_name": "Orphaned", "email": f"o{name[5:]}@example.org", "owner_id": member["id"]})
    api("POST", f"/api/v1/members/{member['id']}:deactivate", {})
    page.reload()
    page.get_by_role("group", name="Filters").get_by_role("button", name="Owner").click()
    page.get_by_role("checkbox", name=f"{name} (deactivated)").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("grid", name="Leads").locator("[data-row]")).to_have_count(1)
    expect(page.get_by_role("grid", name="Leads")).to_contain_text("Orphaned")


def test_a_list_that_cannot_be_reached_shows_no_count(page, login):
    login("manager")
    page.context.route("**/api/v1/leads?*", lambda route: route.abort())
    page.goto("/leads?q=another")
    expect(page.get_by_role("heading", name="Leadmesh cannot be reached")).to_be_visible()
    expect(page.locator(".lead-list-count")).to_have_text("")
    page.problems.clear()
