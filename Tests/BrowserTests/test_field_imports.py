"""Files that people's programs write, dragged onto the page: what it shows of each, and what becomes of them."""

import base64
import json
import os
import pathlib
import re

import pytest
from playwright.sync_api import expect

from mesh import ROOT
from test_imports import is_read, made_by, result, this_import

# Field data, which are not part of the project.
DATA = (pathlib.Path(os.environ.get("LEADMESH_TEST_DATA", ROOT.parent / "shared" / "data"))
        / "field" / "import")
CASES = json.loads((DATA / "expected.json").read_text()) if DATA.is_dir() else []
MAKE_TRANSFER = """
([name, content]) => {
  const bytes = Uint8Array.from(atob(content), character => character.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  return transfer;
}
"""

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"no field data in {DATA}; see LEADMESH_TEST_DATA")

# Each file: where it comes from, what is said of it, and what its first rows have.
FILES = {
    "02_ids_in_scientific_notation.csv": (
        "Zoho CRM|No system that is known", ["“Record Id” is no id", "4.87655E+17"], ["l0@x.example"]),
    "06b_notes_before_the_header.csv": (
        "LinkedIn connections", ["2 rows"], ["Mira", "Head of Sales"]),
    "08b_utf16_facebook.csv": (
        "Facebook lead ads", ["UTF-16"], ["Óle", "+12125550101"]),
    "10a_google_contacts.csv": (
        "Google Contacts", ["1 row"], ["Berg AS", "12180"]),
    "15_amounts_german.csv": (
        "No system that is known", ["decimal comma"], ["1250000.00", "4.25"]),
    "30b_status_is_free_text.csv": (
        "No system that is known", ["more new values than a list usually gets"], ["L0"]),
}


def drop(page, path):
    """Drags a file onto the page, and lets it go there."""
    content = base64.b64encode(path.read_bytes()).decode()
    transfer = page.evaluate_handle(MAKE_TRANSFER, [path.name, content])
    target = page.locator(".drop")
    for event in ("dragover", "drop"):
        target.dispatch_event(event, {"dataTransfer": transfer})


def case_of(name):
    return next(case for case in CASES if name in case["files"])


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_dragged_in_shown_and_imported(page, login, api, accessible, name):
    source, said, stored = FILES[name]
    login("admin", "/imports/new")
    drop(page, DATA / name)
    is_read(page)
    expect(page.get_by_label("Comes from")).to_have_value(re.compile(f"^({source})$"))
    for text in said:
        expect(page.get_by_role("main")).to_contain_text(text)
    first = page.get_by_role("region", name="Table of the first rows")
    for text in stored:
        expect(first).to_contain_text(text)
    accessible()
    begin = page.get_by_role("button", name="Start import")
    if name.startswith("30b"):
        expect(begin).to_be_disabled()
        expect(page.get_by_role("region", name="Start", exact=True)).to_contain_text("what becomes of new values")
        page.get_by_role("radio", name="Leave them out").check(force=True)
    expect(begin).to_be_enabled()
    begin.click()
    counts = result(page)
    expected = case_of(name)["expect"]
    wanted = [case for case in expected.get("any_of", [expected]) if case.get("created_total")][0]
    assert counts["Created"] == str(wanted["created_total"]) and counts["Refused"] == "0"
    leads = made_by(api, this_import(page))
    assert {lead["last_name"] for lead in leads} == {lead["last_name"] for lead in wanted["leads"]}
    for lead in wanted["leads"]:
        found = next(each for each in leads if each["last_name"] == lead["last_name"])
        plain = {key: value for key, value in lead.items() if isinstance(value, str)}
        assert {key: found.get(key) for key in plain} == plain
    accessible()
    # Others find the workspace as it was.
    page.get_by_role("button", name="Undo import").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo import").click()
    expect(page.locator("dl[aria-label='What was undone']")).to_be_visible(timeout=30_000)
    assert made_by(api, this_import(page)) == []
