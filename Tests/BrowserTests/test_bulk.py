"""Many leads at once: choosing them, and what is done to all."""

import csv
import re

import pytest
from playwright.sync_api import expect

from conftest import cell, cells, loaded


@pytest.fixture
def rows(page, login, grid, new_lead):
    word = f"Bulkco {new_lead()['id'][-6:]}"
    for _ in range(6):
        new_lead(company_name=word)
    login("manager", f"/leads?company_name=~{word.replace(' ', '+')}")
    loaded(grid)
    expect(grid.locator("[data-row]")).to_have_count(6)
    return word


@pytest.fixture
def bar(page):
    return page.get_by_role("region", name="Chosen")


def box(grid, row):
    return grid.locator(f"[data-row='{row}']").get_by_role("checkbox")


def test_rows_are_chosen_by_mouse_and_keyboard(page, rows, grid, bar, accessible):
    box(grid, 1).click()
    expect(bar).to_contain_text("1 lead chosen")
    box(grid, 4).click(modifiers=["Shift"])
    expect(bar).to_contain_text("4 leads chosen")
    expect(grid.get_by_role("row", selected=True)).to_have_count(4)
    accessible()
    bar.get_by_role("button", name="Choose none").click()
    expect(bar).to_have_count(0)
    cell(grid, 0, "name").get_by_role("link").focus()
    page.keyboard.press(" ")
    expect(bar).to_contain_text("1 lead chosen")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(bar).to_contain_text("3 leads chosen")
    page.keyboard.press("Control+a")
    expect(bar).to_contain_text("6 leads chosen")
    expect(page.get_by_role("complementary")).to_have_count(0)


def test_a_status_is_given_to_many_and_taken_back(page, rows, grid, bar, notices, accessible):
    grid.get_by_role("checkbox", name="Choose all loaded leads").click()
    bar.get_by_role("button", name="Set status").click()
    accessible()
    page.get_by_role("combobox", name="Status").click()
    page.get_by_role("option", name="Contacted", exact=True).click()
    page.get_by_role("button", name="Change 6 leads").click()
    expect(notices).to_contain_text("Status is Contacted: 6 leads")
    expect(cell(grid, 5, "status")).to_have_text("Contacted")
    assert set(cells(grid, "status")) == {"Contacted"}
    notices.get_by_role("button", name="Undo").click()
    expect(notices).to_contain_text("Undone for 6 leads")
    expect(cell(grid, 5, "status")).to_have_text("New")
    assert set(cells(grid, "status")) == {"New"}


def test_what_did_not_begin_keeps_what_is_chosen(page, rows, grid, bar, notices):
    page.route("**/api/v1/leads:batchDelete", lambda route: route.fulfill(
        status=503, content_type="application/problem+json",
        body='{"title": "Service Unavailable", "status": 503, "code": "UNAVAILABLE"}'))
    box(grid, 0).click()
    box(grid, 2).click(modifiers=["Shift"])
    bar.get_by_role("button", name="Delete").click()
    expect(notices).to_contain_text("A part of Leadmesh is not available")
    expect(bar).to_contain_text("3 leads chosen")
    page.unroute("**/api/v1/leads:batchDelete")
    bar.get_by_role("button", name="Delete").click()
    expect(grid.locator("[data-row]")).to_have_count(3)
    page.problems.clear()


def test_many_are_assigned_at_once(page, rows, grid, bar, notices, members):
    rep = members["rep"][1]["display_name"]
    box(grid, 0).click()
    box(grid, 2).click(modifiers=["Shift"])
    bar.get_by_role("button", name="Assign").click()
    page.get_by_role("combobox", name="Owner").click()
    page.get_by_role("option", name=rep).click()
    page.get_by_role("button", name="Assign 3 leads").click()
    expect(notices).to_contain_text(f"Owner is {rep}: 3 leads")
    for row in range(3):
        expect(cell(grid, row, "owner_id")).to_contain_text(rep)


def test_many_are_deleted_and_brought_back(page, rows, grid, bar, notices):
    box(grid, 0).click()
    box(grid, 1).click()
    bar.get_by_role("button", name="Delete 2 leads").click()
    expect(notices).to_contain_text("Deleted: 2 leads")
    expect(grid.locator("[data-row]")).to_have_count(4)
    expect(page.locator(".list-count")).to_have_text("4 leads")
    page.locator("main").focus()
    page.keyboard.press("Control+z")
    expect(grid.locator("[data-row]")).to_have_count(6)
    expect(page.locator(".list-count")).to_have_text("6 leads")


def test_all_that_match_are_chosen_beyond_what_is_loaded(page, login, grid, bar, notices):
    login("manager", "/leads?source=cold_call&sort=-create_time")
    loaded(grid)
    grid.get_by_role("checkbox", name="Choose all loaded leads").click()
    loaded_count = int(re.search(r"[\d,]+", bar.inner_text())[0].replace(",", ""))
    bar.get_by_role("button", name=re.compile("^Choose all .* that match")).click()
    expect(bar).not_to_contain_text(f"{loaded_count} leads chosen")
    words = bar.get_by_role("status").inner_text()
    count = int(re.search(r"[\d,]+", words)[0].replace(",", ""))
    assert count > loaded_count
    bar.get_by_role("button", name="Set status").click()
    page.get_by_role("combobox", name="Status").click()
    page.get_by_role("option", name="Contacted", exact=True).click()
    page.get_by_role("button", name=re.compile("^Change .* leads$")).click()
    expect(bar.get_by_role("progressbar")).to_be_visible()
    expect(notices).to_contain_text(f"Status is Contacted: {count:,} leads", timeout=30_000)
    statuses = grid.locator("[data-row] .cell-status")
    expect(statuses.filter(has_not_text="Contacted")).to_have_count(0)
    notices.get_by_role("button", name="Undo").click()
    expect(notices).to_contain_text("Undone for", timeout=30_000)
    expect(statuses.filter(has_not_text="Contacted")).not_to_have_count(0)


def test_a_reader_chooses_nothing(page, login, grid):
    login("read_only")
    loaded(grid)
    if grid.get_by_role("checkbox").count():
        box(grid, 0).click()
        bar = page.get_by_role("region", name="Chosen")
        expect(bar.get_by_role("button", name=re.compile("Assign|Set status|Delete"))).to_have_count(0)


def test_chosen_leads_are_exported_and_no_others(page, rows, grid, bar):
    box(grid, 1).click()
    box(grid, 4).click(modifiers=["Shift"])
    with page.expect_request("**/api/v1/leads:export") as asking, page.expect_download() as saving:
        bar.get_by_role("button", name="Export").click()
    ids = asking.value.post_data_json["ids"]
    assert asking.value.method == "POST" and len(ids) == 4
    assert saving.value.suggested_filename == "leads.csv"
    with open(saving.value.path(), newline="", encoding="utf-8") as file:
        assert {line["id"] for line in csv.DictReader(file)} == set(ids)
