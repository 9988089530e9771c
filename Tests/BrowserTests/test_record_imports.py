"""Importing accounts, contacts and deals: what columns and values mean, dry runs, and what was refused."""

import re
import urllib.parse
import uuid

import pytest
from playwright.sync_api import expect

from test_imports import is_read

COLUMNS = "opportunity_id,sales_agent,account,deal_stage,engage_date,close_date,close_value\n"


@pytest.fixture
def account(api):
    """An account whose name no other one has."""
    return api("POST", "/api/v1/accounts", {"name": f"Globex {uuid.uuid4().hex[:8]}"})


@pytest.fixture
def deals_file(account, members, tmp_path):
    """Three deals: one as it should be, one whose agent is nobody, and one whose account is misspelt."""
    agent, name = members["rep"][0]["display_name"], account["name"]
    path = tmp_path / f"deals-{uuid.uuid4().hex[:8]}.csv"
    path.write_text(
        COLUMNS
        + f"{path.stem}-1,{agent},{name},Won,1/2/2017,3/4/2017,100\n"
        + f"{path.stem}-2,Nobody Known,{name},Engaging,1/2/2017,,250\n"
        + f"{path.stem}-3,{agent},{name}x,Prospecting,,,\n")
    return path


def choose(page, path, kind="deal"):
    page.goto(f"/imports/new?of={kind}")
    page.get_by_label("Choose a file").set_input_files(path)
    is_read(page)


def read_as(page, value, name):
    """Says what a value of the file means."""
    page.get_by_role("combobox", name=f"What {value} is read as").fill(name)
    page.get_by_role("option", name=name).first.click()
    is_read(page)


def result(page):
    """The counts of the import that was begun last, once it has ended."""
    counts = page.locator("dl[aria-label=Result]")
    expect(counts).to_be_visible(timeout=30_000)
    return dict(zip(counts.locator("dt").all_inner_texts(), counts.locator("strong").all_inner_texts()))


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def deals_of(api, account):
    """The deals of an account by their names' ends."""
    query = urllib.parse.quote(f'account_id == "{account["id"]}"')
    found = api("GET", f"/api/v1/deals?filter={query}")["deals"]
    return {deal["name"].rsplit("-", 1)[-1]: deal for deal in found}


def test_deals_come_in_once_what_is_misspelt_is_said(
        page, login, api, account, members, deals_file, accessible):
    agent = members["rep"][0]
    login("admin")
    choose(page, deals_file)
    expect(page.get_by_role("heading", name=deals_file.name, level=1)).to_be_visible()
    for column, field in (("deal_stage", "stage"), ("sales_agent", "owner_id"), ("account", "account_id")):
        expect(page.get_by_label(f"Field for {column}")).to_have_value(field)
    expect(page.get_by_label("Identified by")).to_have_value("opportunity_id")
    page.get_by_label("Days such as 3/4/2026").select_option("mdy")
    is_read(page)
    expect(page.get_by_role("combobox", name="What Won is read as")).to_have_value("Closed Won")
    expect(page.get_by_role("combobox", name=f"What {agent['display_name']} is read as")).to_have_count(0)
    owners = page.get_by_role("region", name="Table of values of sales_agent")
    expect(owners.get_by_role("row").filter(has_text="Nobody Known")).to_contain_text("1")
    accessible()
    press(page, "Dry run")
    assert result(page) == {
        "Would be created": "2", "Duplicates": "0", "Would be updated": "0", "Unchanged": "0",
        "Would be refused": "1"}
    assert deals_of(api, account) == {}
    expect(page.get_by_role("heading", name="Rows that would be refused")).to_be_visible()
    refused = page.get_by_role("region", name="Table of refused rows")
    expect(refused.get_by_role("row").nth(1)).to_contain_text(
        f"There is no account called “{account['name']}x”.")
    accessible()

    again = page.get_by_role("link", name="Change columns and values")
    assert again.bounding_box()["y"] < refused.bounding_box()["y"]
    again.click()
    is_read(page)
    expect(page.get_by_label("Days such as 3/4/2026")).to_have_value("mdy")
    read_as(page, "Nobody Known", agent["display_name"])
    read_as(page, f"{account['name']}x", account["name"])
    accessible()
    press(page, "Dry run")
    assert result(page)["Would be created"] == "3"
    expect(page.get_by_role("region", name="Good to know")).to_contain_text(
        f"“Nobody Known” was read as “{agent['display_name']}”")
    press(page, "Import 3 deals")
    expect(page.get_by_text("Dry run", exact=True)).to_have_count(0)
    assert result(page) == {
        "Created": "3", "Duplicates": "0", "Updated": "0", "Unchanged": "0", "Refused": "0"}
    accessible()
    deals = deals_of(api, account)
    assert {end: deal["stage"] for end, deal in deals.items()} == {
        "1": "closed_won", "2": "qualified", "3": "new"}
    assert {deal["owner_id"] for deal in deals.values()} == {agent["id"]}
    assert deals["1"]["close_date"] == "2017-03-04"
    # Also where the file calls the account otherwise.
    assert deals["3"]["name"] == f"{account['name']} {deals_file.stem}-3"
    page.get_by_role("link", name="Show the 3 deals it created").click()
    expect(page.get_by_role("grid", name="Deals")).to_contain_text(deals["3"]["name"])


def test_refused_rows_are_saved_as_they_are_with_what_to_correct(page, login, account, deals_file):
    login("admin")
    choose(page, deals_file)
    press(page, "Dry run")
    result(page)
    for _ in range(2):
        with page.expect_download() as download:
            press(page, "Save as CSV")
        assert download.value.suggested_filename == f"{deals_file.stem}-refused.csv"
        header, *rows = download.value.path().read_text("utf-8-sig").splitlines()
        assert header == COLUMNS.strip() + ",Reason"
        assert [row.split(",")[0].rsplit("-", 1)[-1] for row in rows] == ["3"]
        assert f"“{account['name']}x” does not" in rows[0]
        # It is there also after the page was left.
        page.reload()


def test_what_was_tried_is_imported_also_after_the_page_was_left(page, login, api, account, deals_file):
    login("admin")
    choose(page, deals_file)
    page.get_by_label("Days such as 3/4/2026").select_option("mdy")
    is_read(page)
    press(page, "Dry run")
    result(page)
    page.reload()
    press(page, "Import 2 deals")
    expect(page.get_by_text("Dry run", exact=True)).to_have_count(0)
    assert result(page)["Created"] == "2"
    assert sorted(deals_of(api, account)) == ["1", "2"]


def test_the_same_file_can_have_another_kind_of_record(page, login, tmp_path):
    login("admin")
    path = tmp_path / "people.csv"
    path.write_text("first_name,surname,company,email\nAda,Lovelace,Globex,ada@globex.example\n")
    page.goto("/imports/new")
    page.get_by_label("Choose a file").set_input_files(path)
    is_read(page)
    expect(page.get_by_label("Field for company")).to_have_value("company_name")
    page.get_by_role("radio", name="Contacts").check(force=True)
    expect(page).to_have_url(re.compile("/imports/records/import_"))
    is_read(page)
    expect(page.get_by_label("Field for company")).to_have_value("account_id")
    expect(page.get_by_role("button", name="Start import")).to_be_enabled()
    for heading in ("first_name", "surname"):
        page.get_by_label(f"Field for {heading}").select_option("Leave out")
        is_read(page)
    bar = page.get_by_role("region", name="Start", exact=True)
    expect(bar).to_contain_text("Last name, First name or Whole name")
    expect(page.get_by_role("button", name="Start import")).to_be_disabled()
    press(page, "Cancel import")


def test_tasks_come_in_too(page, login, api, tmp_path, accessible):
    login("admin", "/tasks")
    tag = uuid.uuid4().hex[:8]
    path = tmp_path / f"tasks-{tag}.csv"
    path.write_text(f"Title,Due,Priority\nRing {tag},2026-12-01,high\nMail {tag},,\n")
    page.get_by_role("button", name="More for this list").click()
    page.get_by_role("menuitem", name="Import tasks").click()
    page.get_by_label("Choose a file").set_input_files(path)
    is_read(page)
    expect(page.get_by_label("Field for Title")).to_have_value("title")
    page.reload()
    is_read(page)
    press(page, "Start import")
    assert result(page)["Created"] == "2"
    accessible()
    page.get_by_role("link", name="Show the 2 tasks it created").click()
    expect(page.get_by_role("grid", name="Tasks")).to_contain_text(f"Ring {tag}")
    page.go_back()
    press(page, "Undo import")
    page.get_by_role("dialog").get_by_role("button", name="Undo import").click()
    expect(page.locator("dl[aria-label='What was undone']")).to_contain_text("2", timeout=30_000)
    query = urllib.parse.quote(f'title == "Ring {tag}"')
    assert api("GET", f"/api/v1/tasks?filter={query}").get("tasks", []) == []


def test_what_was_said_of_values_is_there_for_who_comes_back(page, login, deals_file):
    login("admin")
    choose(page, deals_file)
    page.get_by_label("Field for close_value").select_option("Leave out")
    is_read(page)
    page.get_by_role("link", name="Imports").first.click()
    row = page.get_by_role("row").filter(has_text=deals_file.name)
    expect(row).to_contain_text("Ready to start")
    row.get_by_role("link").first.click()
    is_read(page)
    expect(page.get_by_label("Field for close_value")).to_have_value("")
    press(page, "Cancel import")


def test_accounts_name_their_parents_and_what_they_lack_is_said(page, login, api, tmp_path, accessible):
    login("admin")
    tag = uuid.uuid4().hex[:8]
    path = tmp_path / f"accounts-{tag}.csv"
    path.write_text(
        "account,subsidiary_of,office_location,employees\n"
        f"Part {tag},Whole {tag},Kenya,5\nWhole {tag},,Ghana,\nOrphan {tag},Missing {tag},,\n"
        f"Circle {tag},Circle {tag},,\nSmall {tag},Missing {tag},,many\n")
    choose(page, path, "account")
    expect(page.get_by_label("Field for office_location")).to_have_value("billing_address.country")
    press(page, "Dry run")
    assert result(page) == {
        "Would be created": "5", "Duplicates": "0", "Would be updated": "0", "Unchanged": "0",
        "Would be refused": "0", "Would not be linked": "3"}
    expect(page.get_by_role("heading", name="Would be taken, but not linked")).to_be_visible()
    press(page, "Import 5 accounts")
    expect(page.get_by_text("Dry run", exact=True)).to_have_count(0)
    assert result(page) == {
        "Created": "5", "Duplicates": "0", "Updated": "0", "Unchanged": "0", "Refused": "0",
        "Not linked": "3"}
    # A head count that is none costs nothing but itself.
    remarks = page.get_by_role("region", name="Table of remarks on rows")
    expect(remarks.get_by_role("row").filter(has_text="“many”")).to_contain_text("employees")
    expect(page.get_by_role("heading", name="Taken, but not linked")).to_be_visible()
    made = page.get_by_role("region", name="Table of rows that were not linked")
    expect(made.get_by_role("row")).to_have_count(4)
    expect(made.get_by_role("row").nth(1)).to_contain_text(f"There is no account called “Missing {tag}”.")
    expect(made.get_by_role("row").nth(2)).to_contain_text(
        f"Choose another account: “Circle {tag}” is the record itself")
    with page.expect_download() as download:
        press(page, "Save as CSV")
    rows = download.value.path().read_text("utf-8-sig").splitlines()
    assert rows[0] == "Line,Column,Reason" and rows[1].startswith("4,subsidiary_of,"), rows
    accessible()
    accounts = api("GET", f"/api/v1/accounts?query={tag}")["accounts"]
    found = {each["name"].split()[0]: each for each in accounts}
    assert found["Part"]["parent_id"] == found["Whole"]["id"]
    assert found["Part"]["billing_address"]["country"] == "Kenya"


def test_imports_of_all_kinds_stand_in_one_list(page, login, deals_file, api, accessible):
    login("admin")
    choose(page, deals_file)
    page.get_by_label("Days such as 3/4/2026").select_option("mdy")
    is_read(page)
    press(page, "Dry run")
    result(page)
    lead = api("POST", "/api/v1/imports", {"file_name": f"{deals_file.stem}-leads.csv"})
    api("POST", f"/api/v1/imports/{lead['id']}:cancel", {})
    page.goto("/imports")
    rows = page.get_by_role("row").filter(has_text=deals_file.stem)
    # The one that waits, its dry run, and the one of leads.
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("Leads")
    expect(rows.nth(1)).to_contain_text("Deals")
    expect(rows.nth(2)).to_contain_text("Ready to start")
    expect(rows.nth(1)).to_contain_text("Dry run")
    # It made nothing.
    expect(rows.nth(0).locator("[data-label=Created]")).to_have_text("0")
    expect(rows.nth(1).locator("[data-label=Created]")).to_have_count(0)
    accessible()
    rows.nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=deals_file.name, level=1)).to_be_visible()


def test_a_list_leads_to_the_import_of_a_file(page, login):
    login("manager", "/accounts")
    page.get_by_role("button", name="More for this list").click()
    page.get_by_role("menuitem", name="Import accounts").click()
    expect(page.get_by_role("heading", name="Import accounts", level=1)).to_be_visible()
