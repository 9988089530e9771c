"""The list of leads: its rows, columns, order, words and count."""

import re

from playwright.sync_api import expect

from conftest import FITS, cell, cells, loaded

WIDTHS = [390, 600, 800, 1024, 1100, 1440, 2000]
CUT = """
grid => [...grid.querySelectorAll(".grid-head .cell, .row .cell-score, .row .cell-status")]
  .filter(each => !each.matches(".cell-check") && each.scrollWidth > each.clientWidth).map(each => each.className)
"""
SPILLED = """
grid => [...grid.querySelectorAll(".row > .cell")].filter(each => {
  const [outer, row] = [each.getBoundingClientRect(), each.parentElement.getBoundingClientRect()];
  return [...each.querySelectorAll("*")].some(inner => {
    const box = inner.getBoundingClientRect();
    return box.width > 0 && (box.right > outer.right + 1 || box.left < outer.left - 1
      || box.top < row.top - 1 || box.bottom > row.bottom + 1);
  });
}).map(each => each.className + ": " + each.textContent)
"""
END_TO_START = "grid => grid.scrollTo(0, 0)"


def heading(grid, name):
    return grid.get_by_role("columnheader", name=name, exact=True)


def test_rows_say_whom_to_call(page, login, grid, accessible):
    login("manager", "/leads?sort=-score")
    loaded(grid)
    first = grid.locator("[data-row='0']")
    assert first.bounding_box()["height"] == 44
    titles = grid.get_by_role("columnheader").all_inner_texts()
    shown = [title.strip() for title in titles if title.strip()]
    assert shown[:7] == ["Name", "Score", "Status", "Owner", "Last activity", "Phone", "E-mail"]
    lines = cell(grid, 0, "name").locator("bdi")
    expect(lines).to_have_count(2)
    name, company = (lines.nth(each).bounding_box() for each in (0, 1))
    assert name["y"] + name["height"] <= company["y"] + 1
    accessible()


def test_thousands_of_leads_scroll_with_few_rows_in_the_page(page, login, grid):
    login("manager")
    loaded(grid)
    expect(page.get_by_role("status").filter(has_text="leads")).to_have_text("1,000+ leads")
    assert grid.get_by_role("row").count() < 80
    first = cells(grid, "name")[0]
    for row in (900, 1090):  # more than 1,000 have room once they are known
        grid.evaluate("(grid, row) => grid.scrollTo(0, 44 * row)", row)
        expect(cell(grid, row, "name")).to_be_visible()
    assert grid.get_by_role("row").count() < 80
    grid.evaluate(END_TO_START)
    expect(cell(grid, 0, "name")).to_have_text(re.compile(re.escape(first.split("\n")[0])))


def test_what_does_not_fit_is_left_out_by_priority(page, login, grid):
    login("manager")
    loaded(grid)
    counts = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        loaded(grid)
        page.wait_for_function("() => document.querySelector('.grid').scrollWidth <= document.querySelector('.grid').clientWidth")
        assert page.evaluate(FITS), width
        assert grid.evaluate(CUT) == [], width
        assert grid.evaluate(SPILLED) == [], width
        counts.append(grid.locator("[data-row='0'] > .cell").count())
    assert counts == sorted(counts) and counts[0] < counts[-1]


def test_beside_an_open_lead_the_list_keeps_what_counts(page, login, grid):
    login("manager")
    loaded(grid)
    page.set_viewport_size({"width": 1100, "height": 900})
    cell(grid, 0, "name").get_by_role("link").click()
    expect(page.get_by_role("complementary")).to_be_visible()
    for name in ("Name", "Score", "Status"):
        expect(heading(grid, name)).to_be_visible()
    expect(heading(grid, "E-mail")).to_have_count(0)
    assert grid.evaluate("grid => grid.scrollWidth <= grid.clientWidth")


def test_columns_are_chosen_ordered_and_kept_in_the_address(page, login, grid, accessible):
    login("manager")
    loaded(grid)
    page.get_by_role("button", name="More for this list").click()
    page.get_by_role("menuitem", name="Choose columns").click()
    dialog = page.get_by_role("dialog", name="Columns")
    accessible()
    dialog.get_by_role("checkbox", name="Status", exact=True).uncheck()
    dialog.get_by_role("checkbox", name="City").check()
    dialog.get_by_role("button", name="Move City to…").click()
    page.get_by_role("menuitem", name="Move to top").click()
    dialog.get_by_role("button", name="Show these columns").click()
    expect(heading(grid, "City")).to_be_visible()
    expect(heading(grid, "Status")).to_have_count(0)
    titles = [title.strip() for title in grid.get_by_role("columnheader").all_inner_texts()]
    assert [title for title in titles if title][:3] == ["Name", "City", "Score"]
    page.reload()
    expect(heading(grid, "City")).to_be_visible()
    page.get_by_role("button", name="More for this list").click()
    page.get_by_role("menuitem", name="Choose columns").click()
    dialog.get_by_role("button", name="Usual columns").click()
    expect(heading(grid, "Status")).to_be_visible()
    assert "columns" not in page.url


def test_a_width_is_dragged_or_typed_and_kept(page, login, grid):
    login("manager")
    loaded(grid)
    edge = grid.get_by_role("separator", name="Width of Owner")
    before = heading(grid, "Owner").bounding_box()["width"]
    box = edge.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 - 30, box["y"] + 10, steps=3)
    page.mouse.up()
    dragged = heading(grid, "Owner").bounding_box()["width"]
    assert abs(dragged - (before - 30)) <= 2
    edge.focus()
    page.keyboard.press("ArrowRight")
    expect(edge).to_have_attribute("aria-valuenow", str(round(dragged + 16)))
    page.reload()
    loaded(grid)
    expect(edge).to_have_attribute("aria-valuenow", str(round(dragged + 16)))


def test_a_heading_sorts_both_ways(page, login, grid):
    login("manager")
    loaded(grid)
    score = heading(grid, "Score")

    def scores():
        loaded(grid)
        return [int(re.search(r"\d+", text)[0]) for text in cells(grid, "score")]

    score.get_by_role("button").click()
    expect(score).to_have_attribute("aria-sort", "descending")
    expect(page).to_have_url(re.compile("sort=-score"))
    assert scores() == sorted(scores(), reverse=True)
    score.get_by_role("button").click()
    expect(score).to_have_attribute("aria-sort", "ascending")
    expect(page).to_have_url(re.compile("sort=score"))
    assert scores() == sorted(scores())
    expect(cell(grid, 0, "score")).to_contain_text(re.compile("Cold|Warm"))


def test_the_name_column_sorts_by_what_it_shows(page, login, grid, new_lead):
    tag = new_lead(first_name="Zoe", last_name="Aachen")["last_name"]
    assert tag == "Aachen"
    word = f"Sortco{new_lead()['id'][-6:]}"
    for first, last in (("Zoe", "Aachen"), ("Anna", "Zander"), ("Mia", "Moser")):
        new_lead(first_name=first, last_name=last, company_name=word)
    login("manager", f"/leads?q={word}&sort=last_name")
    expect(grid.locator("[data-row]")).to_have_count(3)
    shown = [text.split("\n")[0] for text in cells(grid, "name")]
    assert shown == sorted(shown) or [name.split()[-1] for name in shown] == ["Aachen", "Moser", "Zander"]


def test_search_finds_by_the_beginning_of_a_word(page, login, grid, new_lead):
    lead = new_lead(company_name="Quixotic Cobblers")
    login("manager")
    loaded(grid)
    page.keyboard.press("/")
    search = page.get_by_role("searchbox", name="Search leads")
    expect(search).to_be_focused()
    search.fill(lead["last_name"][:-1])
    expect(grid.locator("[data-row]")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=Wanda"))
    expect(grid).to_contain_text("Quixotic Cobblers")
    search.press("ArrowDown")
    expect(cell(grid, 0, "name").get_by_role("link")).to_be_focused()
    search.fill("nosuchwordanywhere")
    expect(page.get_by_role("heading", name="No lead matches")).to_be_visible()
    page.get_by_role("button", name="Show all leads").click()
    loaded(grid)
    expect(search).to_have_value("")


def test_the_end_of_a_list_is_said(page, login, grid, new_lead):
    word = f"Endco{new_lead()['id'][-6:]}"
    for _ in range(3):
        new_lead(company_name=word)
    login("manager", f"/leads?q={word}")
    expect(page.get_by_role("status").filter(has_text="lead")).to_have_text("3 leads")
    cell(grid, 0, "name").get_by_role("link").focus()
    page.keyboard.press("End")
    expect(cell(grid, 2, "name").get_by_role("link")).to_be_focused()


def test_the_end_is_one_request_away_and_so_is_the_beginning(page, login, grid, api):
    login("manager", "/leads?sort=-create_time")
    loaded(grid)
    first = cells(grid, "name")[0]
    last = api("GET", "/api/v1/leads?order_by=create_time%20desc&page_size=1&from_end=true")["leads"][-1]
    asked = []
    page.on("request", lambda request: "/api/v1/leads?" in request.url and asked.append(request.url))
    page.get_by_role("button", name="More for this list").click()
    page.get_by_role("menuitem", name="Go to the end").click()
    end = grid.get_by_role("link", name=last["display_name"]).last
    expect(end).to_be_visible()
    assert len(asked) == 1, asked
    end.focus()
    page.keyboard.press("Control+Home")
    expect(cell(grid, 0, "name")).to_have_text(re.compile(re.escape(first.split("\n")[0])))
    assert len(asked) <= 2, asked


def test_back_and_forward_restore_list_and_place(page, login, grid, filters):
    login("manager")
    loaded(grid)
    heading(grid, "Score").get_by_role("button").click()
    expect(page).to_have_url(re.compile("sort=-score"))
    loaded(grid)
    grid.evaluate("grid => grid.scrollTo(0, 44 * 60)")
    row = cell(grid, 62, "name").get_by_role("link")
    name = cell(grid, 62, "name").inner_text()
    row.click()
    page.get_by_role("link", name="Open full page").click()
    expect(page.get_by_role("navigation", name="Breadcrumb")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("complementary")).to_have_count(0)
    expect(heading(grid, "Score")).to_have_attribute("aria-sort", "descending")
    expect(cell(grid, 62, "name")).to_have_text(re.compile(re.escape(name.split("\n")[0])))
    assert grid.evaluate("grid => grid.scrollTop") == 44 * 60
    page.go_back()
    expect(heading(grid, "Score")).to_have_attribute("aria-sort", "none")
    page.go_forward()
    expect(heading(grid, "Score")).to_have_attribute("aria-sort", "descending")


def test_a_rep_begins_with_their_own_leads_by_score(page, login, grid, filters):
    login("rep")
    expect(filters.get_by_role("button", name="Owner is Me", exact=True)).to_be_visible()
    expect(heading(grid, "Score")).to_have_attribute("aria-sort", "descending")
    assert "?" not in page.url
    loaded(grid)
    assert len(set(cells(grid, "owner_id"))) == 1
    filters.get_by_role("button", name="Clear filters").click()
    expect(filters.get_by_role("button", name="Owner", exact=True)).to_be_visible()
    page.reload()
    expect(filters.get_by_role("button", name="Owner", exact=True)).to_be_visible()


def test_a_list_that_cannot_be_reached_shows_no_count(page, login):
    login("manager")
    page.context.route("**/api/v1/leads?*", lambda route: route.abort())
    page.goto("/leads?q=another")
    expect(page.get_by_role("heading", name="Leadmesh cannot be reached")).to_be_visible()
    expect(page.locator(".list-count")).to_have_text("")
    page.context.unroute("**/api/v1/leads?*")
    page.locator("main").get_by_role("button", name="Try again").last.click()
    expect(page.get_by_role("heading", name="Leadmesh cannot be reached")).to_have_count(0)
    page.problems.clear()


HOSTILE = [
    {"last_name": "\u202eevoli gnihtyreve", "company_name": "Bidi Brothers"},
    {"last_name": "عبد الرحمن بن عبد العزيز آل سعود", "company_name": "شركة النقل السريع المحدودة"},
    {"last_name": "Donaudampfschifffahrtsgesellschaftskapitän" * 4, "company_name": "W" * 180},
]


def test_long_and_right_to_left_names_are_cut_and_turn_nothing(page, login, grid, new_lead):
    word = f"Hostile{new_lead()['id'][-6:]}"
    for each in HOSTILE:
        new_lead(city=word, **each)
    login("manager", f"/leads?city=~{word}")
    for width in (390, 800, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        expect(grid.locator("[data-row]")).to_have_count(3)
        page.wait_for_function("() => document.querySelector('.grid').scrollWidth <= document.querySelector('.grid').clientWidth")
        assert page.evaluate(FITS), width
        assert grid.evaluate(SPILLED_OR_CUT) == [], width
    row = grid.locator("[data-row]").filter(has_text="Bidi Brothers")
    boxes = [row.locator(f".cell-{column}").bounding_box()["x"] for column in ("name", "score", "status")]
    assert boxes == sorted(boxes)
    assert row.locator("bdi").first.evaluate("each => getComputedStyle(each).unicodeBidi") in ("isolate", "plaintext")


SPILLED_OR_CUT = """
grid => [...grid.querySelectorAll(".row > .cell")].filter(each => {
  const outer = each.getBoundingClientRect();
  const clips = getComputedStyle(each).overflow !== "visible";
  return !clips && [...each.querySelectorAll("*")].some(inner => {
    const box = inner.getBoundingClientRect();
    return box.width > 0 && (box.right > outer.right + 1 || box.left < outer.left - 1);
  });
}).map(each => each.className)
"""


def test_a_phone_shows_name_score_and_status(page, login, grid, accessible):
    page.set_viewport_size({"width": 390, "height": 844})
    login("rep")
    loaded(grid)
    for column in ("name", "score", "status"):
        expect(cell(grid, 0, column)).to_be_visible()
    assert grid.locator("[data-row='0']").bounding_box()["height"] >= 44
    accessible()
    cell(grid, 0, "name").get_by_role("link").click()
    panel = page.get_by_role("complementary")
    expect(panel).to_be_visible()
    expect(panel).to_be_focused()
    panel.get_by_role("button", name="Close panel").click()
    expect(panel).to_have_count(0)


SHIFTS = """
new Promise(done => new PerformanceObserver(list => done(list.getEntries()
    .reduce((sum, each) => sum + each.value, 0))).observe({type: "layout-shift", buffered: true})
  || setTimeout(() => done(0), 500))
"""


def test_nothing_moves_while_the_list_arrives(page, login, grid):
    login("manager")
    loaded(grid)
    expect(page.locator(".list-count")).not_to_be_empty()
    assert page.evaluate(SHIFTS) < 0.01


def test_scrolling_through_thousands_shows_no_blank_row(page, login, grid):
    login("manager", "/leads?sort=-score")
    loaded(grid)
    for row in range(40, 1000, 120):
        grid.evaluate("(grid, row) => grid.scrollTo(0, 44 * row)", row)
        expect(grid.locator(f"[data-row='{row}']")).to_be_visible()
        expect(grid.locator(".row-awaited")).to_have_count(0)
    box = grid.bounding_box()
    rows = grid.locator("[data-row]").evaluate_all("all => all.map(each => each.getBoundingClientRect().y)")
    inside = sorted(y for y in rows if box["y"] <= y <= box["y"] + box["height"] - 44)
    assert all(abs(after - before - 44) < 1 for before, after in zip(inside, inside[1:]))


def test_rows_of_the_list_before_are_dimmed_while_others_are_awaited(page, login, grid):
    login("manager", "/leads")
    rows = page.locator(".grid-body")
    expect(rows).to_have_css("opacity", "1")
    page.route("**/api/v1/leads?*", lambda route: None)
    heading(grid, "Score").get_by_role("button").first.click()
    expect(rows).to_have_css("opacity", "0.4")
    page.unroute("**/api/v1/leads?*")  # which lets go on what was held
    expect(rows).to_have_css("opacity", "1")
