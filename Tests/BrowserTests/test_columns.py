"""How the columns of a list share its room, and what is said of those that have none."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from conftest import WATCH, loaded

COMPANY = "Brightwater Manufacturing Group"
IS_WHOLE = "cell => [...cell.querySelectorAll('bdi')].every(each => each.scrollWidth <= each.clientWidth)"
HEADINGS = "grid => [...grid.querySelectorAll('.grid-head > *')].map(each => each.getBoundingClientRect().x)"


@pytest.fixture
def show(login, new_lead, grid):
    """The list of a few leads with a long company, of whom nobody has done anything yet."""

    def show(columns="", count=3):
        tag = f"Columns {uuid.uuid4().hex[:6]}"
        for _ in range(count):
            new_lead(company_name=COMPANY, campaign=tag)
        login("manager", f"/leads?campaign=~{tag.replace(' ', '+')}{columns}")
        loaded(grid)

    return show


def test_an_empty_column_gives_up_room_to_one_that_is_cut(show, grid):
    show()
    name = grid.locator("[data-row='0'] > .cell-name")
    expect(name).to_contain_text(COMPANY)
    assert name.evaluate(IS_WHOLE)
    heading = grid.get_by_role("columnheader", name="Last activity")
    assert heading.bounding_box()["width"] < 100
    assert heading.evaluate("each => each.scrollHeight <= each.clientHeight + 1")


def test_headings_come_with_the_first_rows_and_do_not_move(page, login, grid):
    login("manager", "/settings/password")
    held = []
    page.route(re.compile(r"/api/v1/leads\?"), lambda route: held.append(route))
    page.add_init_script(WATCH)
    page.goto("/leads")
    expect(grid).to_be_visible()
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    heading = grid.get_by_role("columnheader", name="Phone")
    expect(heading).to_have_count(0)
    for route in held:
        route.continue_()
    page.unroute_all()
    loaded(grid)
    expect(heading).to_be_visible()
    assert page.evaluate("shift") == 0


def test_columns_stay_where_they_are_while_one_scrolls(login, grid):
    login("manager", "/leads?sort=-create_time")
    loaded(grid)
    before = grid.evaluate(HEADINGS)
    for row in (100, 500, 900):
        grid.evaluate("(grid, row) => grid.scrollTo(0, 44 * row)", row)
        expect(grid.locator(f"[data-row='{row}']")).to_be_visible()
    assert grid.evaluate(HEADINGS) == before


def test_what_was_chosen_and_has_no_room_is_said(page, show, accessible):
    page.set_viewport_size({"width": 1024, "height": 768})
    show("&columns=name,score,status,phone,email,city,country,industry")
    note = page.get_by_role("button", name="columns have no room")
    count = int(re.search(r"\d+", note.inner_text())[0])
    note.click()
    dialog = page.get_by_role("dialog", name="Columns")
    marked = dialog.get_by_role("checkbox", name="No room at this width")
    expect(marked).to_have_count(count)
    expect(dialog.get_by_role("checkbox", name="Industry No room at this width")).to_be_checked()
    expect(dialog.get_by_role("checkbox", name="Score", exact=True)).to_be_checked()
    accessible()
    dialog.get_by_role("button", name="Move Industry to…").click()
    page.get_by_role("menuitem", name="Move to top").click()
    expect(dialog.get_by_role("checkbox", name="Industry", exact=True)).to_be_checked()
    while marked.count() > 0:
        marked.last.click()
    dialog.get_by_role("button", name="Show these columns").click()
    expect(note).to_have_count(0)


def test_the_usual_columns_that_have_no_room_are_nothing_to_say(page, show):
    page.set_viewport_size({"width": 1024, "height": 768})
    show()
    expect(page.get_by_role("button", name="no room")).to_have_count(0)
    page.get_by_role("button", name="More for this list").click()
    page.get_by_role("menuitem", name="Choose columns").click()
    dialog = page.get_by_role("dialog", name="Columns")
    expect(dialog.get_by_role("checkbox", name="No room at this width").first).to_be_checked()
