"""Importing a file of leads: how it is read, its progress, what came of it, and taking it back."""

import re
import urllib.parse
import uuid

import pytest
from playwright.sync_api import expect

from conftest import FITS

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
    page.get_by_label("Choose a file").set_input_files(path)
    is_read(page)


def is_read(page):
    """Waits until the file is read, and what is shown is as it was read last."""
    expect(page.get_by_role("heading", name="Columns")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Reading the file again")).to_have_count(0, timeout=30_000)


def start(page):
    page.get_by_role("button", name="Start import").click()
    return result(page)


def result(page):
    counts = page.locator("dl[aria-label=Result]")
    expect(counts).to_be_visible(timeout=60_000)
    return dict(
        zip(counts.locator("dt").all_inner_texts(), counts.locator("strong").all_inner_texts()))


def this_import(page):
    return re.search("import_[0-9a-z]+", page.url).group()


def made_by(api, identifier):
    query = urllib.parse.quote(f'import_id == "{identifier}"')
    return api("GET", f"/api/v1/leads?filter={query}&page_size=100&order_by=create_time")["leads"]


def test_a_file_becomes_leads_and_says_which_rows_do_not(page, login, api, leads_file, accessible):
    login("admin")
    choose(page, leads_file)
    expect(page.get_by_text("text in UTF-8, separated by semicolons, 4 rows.")).to_be_visible()
    imported = page.get_by_role("region", name="Table of columns that are imported")
    row = imported.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Notes"))
    expect(row).to_contain_text("with a semicolon")
    expect(page.get_by_label("Field for Surname")).to_have_value("last_name")
    shown = page.get_by_role("region", name="Table of the first rows")
    expect(shown.get_by_role("row")).to_have_count(5)
    expect(shown.get_by_role("row").nth(1)).to_contain_text("New")
    expect(shown.get_by_role("row").nth(3)).to_contain_text("Refused")
    accessible()
    page.get_by_label("Field for Notes").select_option("Leave out")
    is_read(page)
    left_out = page.get_by_role("region", name="Table of columns that are left out")
    expect(left_out).to_contain_text("Notes")
    page.get_by_label("Identified by").select_option("Ref")
    is_read(page)
    accessible()
    # All of it is there for who comes back.
    page.reload()
    is_read(page)
    expect(page.get_by_label("Field for Notes")).to_have_value("")
    expect(page.get_by_label("Identified by")).to_have_value("Ref")
    assert start(page) == {
        "Created": "2", "Duplicates": "1", "Updated": "0", "Unchanged": "0", "Refused": "2"}
    refused = page.get_by_role("region", name="Table of refused rows")
    expect(refused.get_by_role("row")).to_have_count(3)
    expect(refused.get_by_role("row").nth(1)).to_contain_text("an e-mail address or a phone number")
    expect(refused.get_by_role("row").nth(1)).to_contain_text("no address")
    accessible()
    page.get_by_role("link", name="Show the 2 leads it created").click()
    expect(page.get_by_role("status").filter(has_text="2 leads")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Show the 1 duplicate among them").click()
    expect(page.get_by_role("status").filter(has_text="1 lead")).to_be_visible()
    page.goto("/imports")
    expect(page.get_by_role("row").filter(has_text=leads_file.name)).to_contain_text("Done")
    accessible()


def test_refused_rows_come_in_once_they_are_mended(page, login, api, leads_file, tmp_path):
    login("admin")
    choose(page, leads_file)
    start(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV", exact=True).click()
    assert download.value.suggested_filename == f"{leads_file.stem}-refused.csv"
    saved = download.value.path().read_text("utf-8-sig")
    assert [line.split(",")[0] for line in saved.splitlines()] == ["Ref", "3", "4"]
    mended = tmp_path / f"{leads_file.stem}-mended.csv"
    mended.write_text(re.sub("no address", f"n.{leads_file.stem}@example.org", saved))
    choose(page, mended)
    counts = start(page)
    assert (counts["Created"], counts["Refused"]) == ("1", "1")


def test_the_same_file_again_creates_nothing(page, login, leads_file):
    login("admin")
    for created, unchanged in (("2", "0"), ("0", "2")):
        choose(page, leads_file)
        counts = start(page)
        assert (counts["Created"], counts["Unchanged"]) == (created, unchanged)


def test_an_import_is_undone_but_for_what_people_changed_since(page, login, api, leads_file, accessible):
    login("admin")
    choose(page, leads_file)
    start(page)
    first, second = made_by(api, this_import(page))
    api("PATCH", f"/api/v1/leads/{first['id']}?update_mask=city", {"city": "Troy"})
    page.get_by_role("button", name="Undo import").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 leads that it created go to the trash.")
    expect(dialog).to_contain_text("What somebody has changed since")
    accessible()
    dialog.get_by_role("button", name="Undo import").click()
    undone = page.locator("dl[aria-label='What was undone']")
    expect(undone).to_be_visible(timeout=30_000)
    counts = undone.locator("strong").all_inner_texts()
    assert counts == ["1", "0", "1"]
    expect(page.get_by_role("button", name="Undo import")).to_have_count(0)
    assert [lead["id"] for lead in made_by(api, this_import(page))] == [first["id"]]
    page.reload()
    expect(undone).to_be_visible()
    accessible()


def test_an_import_is_paused_and_goes_on(page, login, tmp_path, accessible):
    login("admin")
    tag = uuid.uuid4().hex[:8]
    path = tmp_path / f"many-{tag}.csv"
    rows = [f"Many{tag},p{number}.{tag}@example.org\r\n" for number in range(6000)]
    path.write_text("Last Name,Email\r\n" + "".join(rows))
    choose(page, path)
    page.get_by_role("button", name="Start import").click()
    page.get_by_role("button", name="Pause").click(timeout=30_000)
    expect(page.get_by_role("button", name="Go on")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Paused")).to_be_visible()
    accessible()
    page.reload()
    page.get_by_role("button", name="Go on").click()
    counts = page.locator("dl[aria-label=Result]")
    expect(counts).to_be_visible(timeout=120_000)
    assert result(page)["Created"] == "6,000"


def test_a_mapping_that_would_refuse_every_row_cannot_start(page, login, leads_file, accessible):
    login("admin")
    choose(page, leads_file)
    page.get_by_label("Field for Surname").select_option("Leave out")
    bar = page.get_by_role("region", name="Start", exact=True)
    is_read(page)
    expect(bar).to_contain_text("Last name, Company, First name or Whole name")
    expect(page.get_by_role("button", name="Start import")).to_be_disabled()
    # It is in reach wherever the page is.
    page.evaluate("document.querySelector('.frame-main').scrollTo(0, 0)")
    expect(bar).to_be_in_viewport()
    accessible()


def test_a_file_of_another_encoding_is_read_and_says_so(page, login, tmp_path):
    login("admin")
    path = tmp_path / "leads.csv"
    path.write_bytes("Name;E-mail\nZoë Müller;z@example.org\n".encode("cp1252"))
    choose(page, path)
    expect(page.get_by_text("text in Windows-1252")).to_be_visible()
    expect(page.get_by_role("region", name="Table of the first rows")).to_contain_text("Zoë")


def test_a_file_that_cannot_be_read_says_what_it_is(page, login, tmp_path, accessible):
    login("admin")
    path = tmp_path / "leads.csv"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
    page.goto("/imports/new")
    page.get_by_label("Choose a file").set_input_files(path)
    expect(page.get_by_role("alert")).to_contain_text("The file is a PDF document", timeout=30_000)
    accessible()
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("The file is a PDF document")


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
    is_read(page)
    start(page)
    expect(page.get_by_text("Done")).to_be_visible()


def test_a_file_that_was_read_fits_any_width_in_both_themes(
        page, login, leads_file, accessible_in_both_schemes):
    login("admin")
    choose(page, leads_file)
    for width in (1440, 900, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(FITS), width
        expect(page.get_by_role("button", name="Start import")).to_be_in_viewport()
        accessible_in_both_schemes()
    page.get_by_role("button", name="Cancel import").click()
    expect(page.get_by_text("Cancelled", exact=True)).to_be_visible()


def test_a_file_is_read_and_started_by_keyboard(page, login, leads_file):
    login("admin")
    choose(page, leads_file)
    page.get_by_label("Field for Notes").focus()
    page.keyboard.press("Home")
    is_read(page)
    expect(page.get_by_label("Field for Notes")).to_have_value("")
    page.get_by_role("button", name="Start import").focus()
    page.keyboard.press("Enter")
    assert result(page)["Created"] == "2"


def test_an_import_that_there_is_none_of_leads_back_to_the_imports(page, login, new_lead):
    login("admin", "/imports")
    page.goto(new_lead()["id"].replace("lead_", "/imports/import_"))
    failure = page.get_by_role("alert")
    expect(failure).to_contain_text("There is no such record")
    failure.get_by_role("link", name="Back to Imports").click()
    expect(page.get_by_role("heading", name="Imports", level=1)).to_be_visible()
