"""The keyboard in the list, and changes in its cells."""

import pytest
from playwright.sync_api import expect

from conftest import cell, loaded, until


@pytest.fixture
def own_rows(page, login, grid, new_lead):
    """A list of five leads that only this test has."""

    def show(role="manager", count=5, **values):
        word = f"Cellco {new_lead()['id'][-6:]}"
        leads = [new_lead(company_name=word, **values) for _ in range(count)]
        login(role, f"/leads?company_name=~{word.replace(' ', '+')}&sort=-create_time")
        loaded(grid)
        expect(grid.locator("[data-row]")).to_have_count(count)
        return list(reversed(leads))

    return show


def focus(grid, row, column):
    """Moves the keyboard to a cell by arrow keys alone."""
    grid.locator("[data-row='0'] a").focus()
    page = grid.page
    for _ in range(row):
        page.keyboard.press("ArrowDown")
    target = cell(grid, row, column)
    for _ in range(12):
        if target.get_attribute("data-active") is not None:
            break
        page.keyboard.press("ArrowRight")
    expect(target).to_be_focused()
    return target


def test_arrows_move_between_cells_and_enter_opens(page, own_rows, grid, accessible):
    leads = own_rows()
    focus(grid, 1, "status")
    page.keyboard.press("ArrowDown")
    expect(cell(grid, 2, "status")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(cell(grid, 2, "score")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(cell(grid, 2, "name").get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name=f"Lead: {leads[2]['last_name']}")
    expect(panel.get_by_role("heading", name=leads[2]["last_name"])).to_be_visible()
    accessible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(cell(grid, 2, "name").get_by_role("link")).to_be_focused()


def test_a_status_is_changed_in_its_row_and_given_back(page, own_rows, grid, notices, accessible):
    own_rows()
    focus(grid, 1, "status")
    page.keyboard.press("F2")
    editor = cell(grid, 1, "status").get_by_role("combobox", name="Status")
    expect(editor).to_be_focused()
    expect(page.get_by_role("option", name="Qualified", exact=True)).to_be_visible()
    accessible()
    page.keyboard.press("Escape")
    expect(cell(grid, 1, "status")).to_be_focused()
    expect(cell(grid, 1, "status")).to_have_text("New")
    page.keyboard.press("Enter")
    expect(editor).to_be_focused()
    page.keyboard.type("Quali")
    page.keyboard.press("Enter")
    expect(cell(grid, 1, "status")).to_have_text("Qualified")
    expect(cell(grid, 1, "status")).to_be_focused()
    expect(notices).to_contain_text("Status is Qualified")
    page.keyboard.press("Control+z")
    expect(cell(grid, 1, "status")).to_have_text("New")
    expect(notices).to_contain_text("Undone: Status is Qualified")
    expect(notices.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_status_opens_on_a_click(page, own_rows, grid):
    own_rows()
    cell(grid, 0, "status").locator(".cell-chip").click()
    page.get_by_role("option", name="Contacted", exact=True).click()
    expect(cell(grid, 0, "status")).to_have_text("Contacted")
    expect(page.get_by_role("complementary")).to_have_count(0)


def test_an_owner_is_changed_in_its_row_and_only_those_who_can_own_are_offered(
        page, own_rows, grid, members, notices, api):
    leads = own_rows(owner_id=members["manager"][0]["id"])
    reader, rep = members["read_only"][0], members["rep"][1]
    focus(grid, 0, "owner_id")
    page.keyboard.press("F2")
    options = page.get_by_role("listbox")
    expect(options.get_by_role("option", name=rep["display_name"])).to_be_visible()
    expect(options.get_by_role("option", name=reader["display_name"])).to_have_count(0)
    page.keyboard.type(rep["display_name"].split()[0])
    page.keyboard.press("Enter")
    expect(cell(grid, 0, "owner_id")).to_contain_text(rep["display_name"])
    expect(notices).to_contain_text(f"Owner is {rep['display_name']}")
    assert api("GET", f"/api/v1/leads/{leads[0]['id']}")["owner_id"] == rep["id"]


def test_a_phone_number_is_typed_in_its_row_and_shown_formatted(page, own_rows, grid, api):
    leads = own_rows(phone="+493012345678")
    expect(cell(grid, 0, "phone")).not_to_have_text("+493012345678")
    focus(grid, 0, "phone")
    page.keyboard.press("Enter")
    editor = cell(grid, 0, "phone").get_by_label("Phone")
    expect(editor).to_be_focused()
    editor.fill("+1 650 253 0000")
    page.keyboard.press("Enter")
    expect(cell(grid, 0, "phone")).to_have_text("+1 650 253 0000")
    expect(cell(grid, 0, "phone")).to_be_focused()
    expect(cell(grid, 0, "phone").get_by_role("textbox")).to_have_count(0)
    assert api("GET", f"/api/v1/leads/{leads[0]['id']}")["phone"] == "+16502530000"


def test_what_is_refused_in_a_cell_stays_with_its_reason(page, own_rows, grid, accessible):
    own_rows()
    focus(grid, 0, "email")
    page.keyboard.press("F2")
    editor = cell(grid, 0, "email").get_by_label("E-mail")
    editor.fill("no address")
    page.keyboard.press("Enter")
    reason = cell(grid, 0, "email").get_by_role("alert")
    expect(reason).to_contain_text("Not saved. Enter an e-mail address such as")
    expect(editor).to_have_value("no address")
    box = reason.bounding_box()
    assert box["width"] > 120 and box["x"] + box["width"] <= 1440
    accessible()
    page.keyboard.press("Escape")
    expect(reason).to_have_count(0)
    expect(cell(grid, 0, "email")).to_contain_text("@example.org")


def test_a_cell_that_one_may_not_change_does_not_open(page, login, grid, filters):
    login("read_only")
    loaded(grid)
    focus(grid, 0, "status")
    page.keyboard.press("F2")
    expect(grid.get_by_role("combobox")).to_have_count(0)
    expect(cell(grid, 0, "status")).to_be_focused()


def test_a_row_that_somebody_else_changed_is_edited_without_a_question(page, own_rows, grid, api):
    lead, *_ = own_rows()
    api("PATCH", f"/api/v1/leads/{lead['id']}?update_mask=city,job_title", {"city": "Lyon", "job_title": "Buyer"})
    focus(grid, 0, "status")
    page.keyboard.press("F2")
    page.keyboard.type("Quali")
    page.keyboard.press("Enter")
    expect(cell(grid, 0, "status")).to_have_text("Qualified")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    # The row shows what was chosen before it is saved.
    until(page, lambda: api("GET", f"/api/v1/leads/{lead['id']}")["status"] == "qualified")
    saved = api("GET", f"/api/v1/leads/{lead['id']}")
    assert (saved["city"], saved["job_title"]) == ("Lyon", "Buyer")
