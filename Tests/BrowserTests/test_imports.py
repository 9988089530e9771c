"""Importing a file: its columns, its progress, what came of it."""

import re
import uuid

import pytest
from playwright.sync_api import expect

HEADER = "Ref;Surname;E-mail Address;Mobile;Notes\r\n"


@pytest.fixture
def leads_file(tmp_path):
    """A file with a byte order mark, quoted line breaks, a duplicate and two rows to refuse."""
    tag = uuid.uuid4().hex[:8]
    rows = [
        f'1;Import{tag};a.{tag}@example.org;;"Two\nlines; with a semicolon"\r\n',
        f'2;Import{tag};A.{tag}@Example.org;;"The same ""address"" again"\r\n',
        f"3;Import{tag};no address;;\r\n",
        f"4;Import{tag};;;\r\n",
    ]
    path = tmp_path / f"leads-{tag}.csv"
    path.write_bytes(("\ufeff" + HEADER + "".join(rows)).encode())
    return path


def choose(page, path):
    page.goto("/imports/new")
    page.get_by_label("Choose a CSV file").set_input_files(path)
    expect(page.get_by_role("table")).to_be_visible()


def start(page):
    page.get_by_role("button", name="Start import").click()
    result = page.locator("dl[aria-label=Result]")
    expect(result).to_be_visible(timeout=30_000)
    return dict(
        zip(result.locator("dt").all_inner_texts(), result.locator("strong").all_inner_texts()))


def test_a_file_becomes_leads_and_says_which_rows_do_not(page, login, leads_file, accessible):
    login("admin")
    choose(page, leads_file)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Notes"))
    expect(row).to_contain_text("Two lines; with a semicolon")
    expect(page.get_by_label("Field for Surname")).to_have_value("last_name")
    page.get_by_label("Field for Notes").select_option("Leave out")
    page.get_by_label("Identified by").select_option("Ref")
    page.get_by_label("Comes from").fill(leads_file.stem)
    accessible()
    assert start(page) == {"Created": "2", "Duplicates": "1", "Unchanged": "0", "Refused": "2"}
    refused = page.get_by_role("table")
    expect(refused.get_by_role("row")).to_have_count(3)
    expect(refused.get_by_role("row").nth(1)).to_contain_text("Enter an e-mail address such as")
    accessible()
    page.get_by_role("link", name="Imports").first.click()
    expect(page.get_by_role("row").filter(has_text=leads_file.name)).to_contain_text("Done")
    accessible()


def test_the_same_file_again_creates_nothing(page, login, leads_file):
    login("admin")
    for created, unchanged in (("2", "0"), ("0", "2")):
        choose(page, leads_file)
        page.get_by_label("Comes from").fill(leads_file.stem)
        counts = start(page)
        assert (counts["Created"], counts["Unchanged"]) == (created, unchanged)


def test_a_mapping_that_would_refuse_every_row_cannot_start(page, login, leads_file, accessible):
    login("admin")
    choose(page, leads_file)
    page.get_by_label("Field for Surname").select_option("Leave out")
    expect(page.get_by_role("alert")).to_contain_text("Last name or Company")
    expect(page.get_by_role("button", name="Start import")).to_be_disabled()
    accessible()


def test_a_file_that_is_no_text_is_refused_before_it_is_sent(page, login, tmp_path):
    login("admin")
    path = tmp_path / "leads.csv"
    path.write_bytes("Name,E-mail\nZoë,z@example.org\n".encode("latin-1"))
    page.goto("/imports/new")
    page.get_by_label("Choose a CSV file").set_input_files(path)
    expect(page.get_by_role("alert")).to_contain_text("not UTF-8")


def test_an_import_goes_on_when_its_file_is_chosen_again(page, login, api, leads_file):
    login("admin")
    made = api("POST", "/api/v1/imports", {
        "file_name": leads_file.name, "source_system": re.sub(r"\W", "_", leads_file.stem)})
    page.goto(f"/imports/{made['id']}")
    again = page.get_by_label(f"Choose {leads_file.name} again to go on")
    other = leads_file.with_name("other.csv")
    other.write_text("something else")
    again.set_input_files(other)
    expect(page.get_by_role("alert")).to_contain_text("the file you began with")
    again.set_input_files(leads_file)
    expect(page.locator("dl[aria-label=Result]")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Done")).to_be_visible()


def test_an_import_that_there_is_none_of_leads_back_to_the_imports(page, login, new_lead):
    login("admin", "/imports")
    page.goto(new_lead()["id"].replace("lead_", "/imports/import_"))
    failure = page.get_by_role("alert")
    expect(failure).to_contain_text("There is no such record")
    failure.get_by_role("link", name="Back to Imports").click()
    expect(page.get_by_role("heading", name="Imports", level=1)).to_be_visible()
