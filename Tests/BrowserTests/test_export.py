"""Leads as a file: those that the list shows, or those that are chosen."""

import csv
import uuid

import pytest
from playwright.sync_api import expect

from conftest import loaded


@pytest.fixture
def tag(new_lead):
    """A campaign of three leads, one of which has a formula for a job title."""
    tag = f"Export {uuid.uuid4().hex[:6]}"
    for name, job in (("Aachen", "Buyer"), ("Moser", '=HYPERLINK("http://evil.example")'), ("Zander", "@SUM(1)")):
        new_lead(last_name=name, job_title=job, campaign=tag)
    return tag


def shown(login, grid, tag, role="manager", count=3):
    login(role, f"/leads?campaign=~{tag.replace(' ', '+')}&sort=-create_time&columns=name,job_title,campaign")
    loaded(grid)
    expect(grid.locator("[data-row]")).to_have_count(count)


def saved(page, press):
    """The rows of the file that a press lets the browser keep."""
    with page.expect_download() as download:
        press()
    assert download.value.suggested_filename.endswith(".csv")
    with open(download.value.path(), newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_what_the_list_shows_is_kept_as_a_file_without_formulas(page, login, grid, tag):
    shown(login, grid, tag)
    page.get_by_role("button", name="More for this list").click()
    rows = saved(page, page.get_by_role("menuitem", name="Export these leads").click)
    jobs = {row["display_name"]: row["job_title"] for row in rows}
    assert set(jobs) == {"Aachen", "Moser", "Zander"}
    assert jobs["Aachen"] == "Buyer"
    for name in ("Moser", "Zander"):
        assert jobs[name][0] == "'", jobs
    assert {row["campaign"] for row in rows} == {tag}
    assert list(rows[0]) == ["display_name", "company_name", "job_title", "campaign", "id"]


def test_only_chosen_rows_are_kept_when_some_are(page, login, grid, tag):
    shown(login, grid, tag)
    for row in (0, 2):
        grid.locator(f"[data-row='{row}']").get_by_role("checkbox").click()
    bar = page.get_by_role("region", name="Chosen")
    rows = saved(page, bar.get_by_role("button", name="Export").click)
    assert {row["display_name"] for row in rows} == {"Aachen", "Zander"}


@pytest.mark.parametrize("role", ["rep", "read_only"])
def test_who_may_not_export_is_not_offered_it(page, login, grid, tag, role):
    shown(login, grid, tag, role)
    page.get_by_role("button", name="More for this list").click()
    expect(page.get_by_role("menuitem", name="Choose columns")).to_be_visible()
    expect(page.get_by_role("menuitem", name="xport")).to_have_count(0)
