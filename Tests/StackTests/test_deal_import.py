"""Files of accounts, contacts and deals through the whole mesh: command, gRPC, store, REST."""

import collections
import csv
import datetime
import os
import pathlib

import pytest

from conftest import OWNER
from imports import report as imported
from load import wait_until
from mesh import PASSWORD, ROOT

# Real files, which are not part of the project.
DATA = pathlib.Path(os.environ.get("LEADMESH_TEST_DATA", ROOT.parent / "shared" / "data")) / "deals"


def run(mesh, kind, path, *options):
    return imported(mesh, kind, path, "stack", *options, seconds=500)


def counts(report):
    return [report[name] for name in ("created", "unchanged", "refused")]


@pytest.fixture(scope="module")
def call(mesh):
    """One REST call as the tenant's owner; what it answers."""
    token = mesh.login("stack", OWNER, PASSWORD)

    def call(method, path, body=None):
        status, _, answer = mesh.request(
            method, f"/api/v1/{path}", host="stack.localhost", body=body, token=token)
        return status, answer

    return call


@pytest.fixture(scope="module")
def everything(call):
    """Every record of a list that a filter finds, page by page."""
    def everything(name, query=""):
        records, page = [], ""
        while True:
            status, answer = call("GET", f"{name}?page_size=1000&page_token={page}{query}")
            assert status == 200, answer
            records += answer[name]
            page = answer["next_page_token"]
            if not page:
                return records

    return everything


@pytest.fixture(scope="module")
def members(call):
    """Makes reps of those names, and waits until deals can be theirs; their ids by name."""
    def members(names):
        ids = {}
        for name in names:
            email = f"{name.lower().replace(' ', '.')}@stack.example"
            status, member = call("POST", "members", {
                "member": {"email": email, "display_name": name, "role": "rep"},
                "password": PASSWORD})
            assert status == 200, member
            ids[name] = member["id"]
        # Members arrive in the order in which they were made.
        last = list(ids.values())[-1]
        made = []

        def arrived():
            status, deal = call("POST", "deals", {"name": "Trial", "owner_id": last})
            made.append(deal.get("id"))
            return status == 200

        wait_until(arrived, "members in Deals")
        assert call("DELETE", f"deals/{made[-1]}")[0] == 200
        return ids

    return members


def test_misspelt_names_are_reported_and_mapped_by_the_request(
        mesh, call, everything, members, tmp_path):
    ids = members(["Ada Byron"])
    accounts = tmp_path / "accounts.csv"
    # A parent stands below its part.
    accounts.write_text("account,subsidiary_of\nNorthwind Ltd,Northwind\nNorthwind,\nOrphan,Nobody\n")
    rehearsed = run(mesh, "accounts", accounts, "--dry-run")
    assert counts(rehearsed) == [3, 0, 0] and rehearsed["refused_rows"] == []
    assert [row["line"] for row in rehearsed["incomplete_rows"]] == [4]
    assert not [one for one in everything("accounts") if one["name"] == "Northwind"]
    report = run(mesh, "accounts", accounts)
    assert counts(report) == [3, 0, 0] and report["refused_rows"] == []
    assert report["incomplete"] == 1
    assert [(row["line"], row["field"]) for row in report["incomplete_rows"]] == [(4, "parent_id")]
    assert mesh.command("import", "refused", report["import_id"], "--tenant", "stack") == ""
    path = f"record-imports/{report['import_id']}/faults"
    assert call("GET", path)[1]["faults"] == []
    status, answer = call("GET", f"{path}?created=true")
    assert status == 200 and [(one["line"], one["created"]) for one in answer["faults"]] == [("4", True)]
    listed = mesh.command("import", "incomplete", report["import_id"], "--tenant", "stack")
    assert listed.startswith("line 4, ") and "Nobody" in listed and listed.count("\n") == 1, listed
    named = {one["name"]: one for one in everything("accounts")}
    assert named["Northwind Ltd"]["parent_id"] == named["Northwind"]["id"]
    assert not named["Orphan"].get("parent_id")

    deals = tmp_path / "deals.csv"
    deals.write_text(
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
        "A1,ada byron,Pump,Northwind,Won,1/2/2017,3/4/2017,100\n"
        "A2,Ada Biron,Pump,Northwind,Lost,1/2/2017,3/4/2017,0\n"
        "A3,Ada Byron,Pmup,Nortwind,Engaging,1/2/2017,,\n"
        "A4,Ada Byron,Pump,,Prospecting,,,\n")
    first = run(mesh, "deals", deals, "--date-order", "mdy")
    # Who is no member is left out; an account that there is not refuses the row.
    assert counts(first) == [3, 0, 1]
    assert [(row["line"], row["column"]) for row in first["refused_rows"]] == [(4, "account")]
    assert {"Ada Biron", "Nortwind"} <= {remark["value"] for remark in first["remarks"]}
    second = run(
        mesh, "deals", deals, "--date-order", "mdy", "--value", "sales_agent:Ada Biron=Ada Byron",
        "--value", "account:Nortwind=Northwind", "--value", "product:Pmup=Pump")
    assert counts(second) == [1, 2, 0] and second["updated"] == 1, "the deal without an owner gets one"
    ours = [one for one in everything("deals") if one.get("owner_id") == ids["Ada Byron"]]
    assert collections.Counter(one["stage"] for one in ours) == {
        "closed_won": 1, "closed_lost": 1, "qualified": 1, "new": 1}
    won = next(one for one in ours if one["stage"] == "closed_won")
    assert (won["start_date"], won["close_date"], won["win_reason"]) == (
        "2017-01-02", "2017-03-04", "other")
    assert won["account_id"] == named["Northwind"]["id"] and won["description"] == "product: Pump"
    engaged = next(one for one in ours if one["stage"] == "qualified")
    assert engaged["description"] == "product: Pump"
    status, history = call("GET", f"deals/{won['id']}/history")
    assert status == 200 and [one["action"] for one in history["entries"]] == ["create"], history

    contacts = tmp_path / "contacts.csv"
    contacts.write_text(
        "contact_id,first_name,last_name,email,account,reports_to\n"
        "C1,Tim,Lee,tim@northwind.example,Northwind,C2\nC2,Grace,Hopper,,Northwind,\n")
    assert counts(run(mesh, "contacts", contacts)) == [2, 0, 0]
    people = {one["first_name"]: one for one in everything("contacts")}
    assert people["Tim"]["reports_to_id"] == people["Grace"]["id"]
    assert people["Tim"]["account_id"] == named["Northwind"]["id"]


def test_all_faults_of_a_row_are_told_together_also_in_a_dry_run(mesh, tmp_path):
    contacts = tmp_path / "contacts.csv"
    contacts.write_text(
        "last_name,account,reports_to\nFaulty,Nowhere at all,Nobody\nSelfish,,Selfish\n")
    for options in (["--dry-run"], []):
        report = run(mesh, "contacts", contacts, *options)
        assert counts(report) == [1, 0, 1]
        assert [(row["line"], row["field"]) for row in report["refused_rows"]] == [
            (2, "account_id"), (2, "reports_to_id")]
        assert [(row["line"], row["field"]) for row in report["incomplete_rows"]] == [
            (3, "reports_to_id")]


def test_a_value_that_cannot_be_read_costs_no_row(mesh, everything, tmp_path):
    accounts = tmp_path / "accounts.csv"
    accounts.write_text("account,employees\nLenient,many\n")
    report = run(mesh, "accounts", accounts)
    assert counts(report) == [1, 0, 0]
    assert [(row["line"], row["column"], row["value"]) for row in report["row_remarks"]] == [
        (2, "employees", "many")]
    assert [one.get("employees") for one in everything("accounts") if one["name"] == "Lenient"] in (
        [None], [0])


def days(begin, end):
    return (end - begin).days


@pytest.mark.skipif(not DATA.is_dir(), reason=f"no deal files in {DATA}; see LEADMESH_TEST_DATA")
def test_the_real_file_comes_in_whole_and_once(mesh, everything, members, tmp_path):
    rows = list(csv.DictReader((DATA / "sales_pipeline.csv").open()))
    teams = list(csv.DictReader((DATA / "sales_teams.csv").open()))
    offices = {row["sales_agent"]: row["regional_office"] for row in teams}
    ids = members(sorted(offices))
    accounts = run(
        mesh, "accounts", DATA / "accounts.csv", "--value", "sector:technolgy=technology",
        "--value", "office_location:Philipines=Philippines")
    assert counts(accounts) == [85, 0, 0] and accounts["refused_rows"] == []
    named = {one["name"]: one for one in everything("accounts")}
    parents = {
        row["account"]: row["subsidiary_of"]
        for row in csv.DictReader((DATA / "accounts.csv").open()) if row["subsidiary_of"]}
    assert len(parents) == 15
    assert all(named[part]["parent_id"] == named[whole]["id"] for part, whole in parents.items())

    # The agent's office is in another file.
    path = tmp_path / "deals.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "regional_office"])
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "regional_office": offices[row["sales_agent"]]})
    options = ["--date-order", "mdy", "--value", "product:GTXPro=GTX Pro"]
    before = len(everything("deals"))
    rehearsed = run(mesh, "deals", path, "--dry-run", *options)
    assert counts(rehearsed) == [8800, 0, 0] and len(everything("deals")) == before
    report = run(mesh, "deals", path, *options)
    assert counts(report) == [8800, 0, 0]
    assert {(remark["field"], remark["value"], remark["rows"]) for remark in report["remarks"]} >= {
        ("description", "GTXPro", 1480), ("stage", "Won", 4238)}
    assert counts(run(mesh, "deals", path, *options)) == [0, 8800, 0]

    names = {member: name for name, member in ids.items()}
    deals = [one for one in everything("deals") if one.get("owner_id") in names]
    assert len(deals) == 8800
    assert sum(not one.get("account_id") for one in deals) == 1425
    assert collections.Counter(one["stage"] for one in deals) == {
        "new": 500, "qualified": 1589, "closed_won": 4238, "closed_lost": 2473}

    def date(text):
        return datetime.datetime.strptime(text, "%m/%d/%Y").date()

    sums, wanted = collections.Counter(), collections.Counter()
    for row in rows:
        if row["deal_stage"] == "Won":
            wanted[row["sales_agent"]] += int(row["close_value"]) * 100
    for one in deals:
        if one["status"] == "won":
            sums[names[one["owner_id"]]] += int(one["amount"]["amount_minor"])
    assert sums == wanted
    in_file = [days(date(row["engage_date"]), date(row["close_date"])) for row in rows if row["close_date"]]
    in_mesh = [
        days(datetime.date.fromisoformat(one["start_date"]), datetime.date.fromisoformat(one["close_date"]))
        for one in deals if one.get("close_date")]
    assert len(in_mesh) == len(in_file) and sum(in_mesh) == sum(in_file)
    assert any("regional_office: Central" in one["description"] for one in deals)
