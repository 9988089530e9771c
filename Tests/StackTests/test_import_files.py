"""Files of every form and kind, by the command and by REST: workbooks, archives, contacts; consents, tasks, owners."""

import datetime
import gzip

import pytest

from conftest import OWNER
from imports import Client, archive, by_command, counts, report, state, workbook, written
from mesh import PASSWORD

HEADINGS = ["First Name", "Last Name", "Email", "Phone", "Annual Revenue"]


@pytest.fixture(scope="module")
def owner(mesh):
    return Client(mesh, "stack", mesh.login("stack", OWNER, PASSWORD))


@pytest.fixture(params=["cli", "rest"])
def take(request, mesh, owner, tmp_path):
    """Imports a file and says what became of its rows, by either way; choices are options of the command."""
    names = {"country": "region", "sheet": "sheet", "known": "known"}

    def take(kind, name, content, **options):
        content = content.encode() if isinstance(content, str) else content
        if request.param == "cli":
            words = [word for key, value in options.items() for word in (f"--{key}", value)]
            return report(mesh, kind, written(tmp_path, name, content), "stack", *words)
        choices = {names[key]: value for key, value in options.items() if key in names}
        if "owner" in options:
            members = {one["email"]: one["id"] for one in owner.all("members")}
            choices["owner_id"] = members[options["owner"]]
        found = owner.run(kind, content, name, choices=choices)
        assert state(found) == "SUCCEEDED", (found["failure"], found["questions"])
        return found

    take.way = request.param
    return take


def people(way, *names):
    """Rows of the headings, whose addresses are of their own."""
    return [[name, "Form", f"{name.lower()}@{way}.form.example", f"+1212555010{place}", 1200.5 + place]
            for place, name in enumerate(names)]


def texts(rows):
    return "".join(",".join(str(value) for value in row) + "\n" for row in rows)


def leads(owner, domain):
    return {lead["first_name"] or lead["last_name"]: lead
            for lead in owner.all("leads", f"&query={domain}")}


FORMS = {
    "book.xlsx": lambda rows: workbook(Leads=[HEADINGS, *rows]),
    # What it is counts, not what it is called.
    "book.csv": lambda rows: workbook(Leads=[HEADINGS, *rows]),
    "rows.zip": lambda rows: archive({"__MACOSX/._a.csv": b"\0", "a.csv": texts([HEADINGS, *rows]).encode()}),
    "book.zip": lambda rows: archive({"a.xlsx": workbook(Leads=[HEADINGS, *rows])}),
    "rows.csv.gz": lambda rows: gzip.compress(texts([HEADINGS, *rows]).encode()),
    "rows.tsv": lambda rows: texts([HEADINGS, *rows]).replace(",", "\t").encode("utf-16"),
    "page.xls": lambda rows: "<html><body><table>" + "".join(
        "<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in [HEADINGS, *rows])
        + "</table></body></html>",
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_file_comes_in_as_the_same_rows(owner, take, name):
    way = f"{take.way}-{name.replace('.', '-')}"
    found = take("leads", name, FORMS[name](people(way, "Ida", "Ole")))
    assert counts(found) == [2, 0, 0, 0, 0]
    made = leads(owner, f"{way}.form.example")
    assert {one: (lead["phone"], lead["annual_revenue"]["amount_minor"]) for one, lead in made.items()} == {
        "Ida": ("+12125550100", "120050"), "Ole": ("+12125550101", "120150")}
    again = take("leads", name, FORMS[name](people(way, "Ida", "Ole")))
    assert counts(again) == [0, 0, 0, 2, 0]


def test_contacts_of_an_address_book_come_in(owner, take):
    card = "\r\n".join([
        "BEGIN:VCARD", "VERSION:3.0", "FN:Dr. Ida Berg", "N:Berg;Ida;;Dr.;", "ORG:Berg AS",
        f"EMAIL;TYPE=WORK:ida@{take.way}.card.example", f"EMAIL;TYPE=HOME:ida2@{take.way}.card.example",
        "TEL;TYPE=CELL:(212) 555-0101", "ADR;TYPE=WORK:;;1 Main St;Troy;NY;12180;US", "END:VCARD", ""])
    assert counts(take("leads", "people.vcf", card)) == [1, 0, 0, 0, 0]
    lead = leads(owner, f"{take.way}.card.example")["Ida"]
    assert (lead["last_name"], lead["company_name"], lead["phone"]) == ("Berg", "Berg AS", "+12125550101")
    assert (lead["street_address"], lead["city"], lead["postal_code"]) == ("1 Main St", "Troy", "12180")
    assert lead["email"] == f"ida@{take.way}.card.example"
    assert f"ida2@{take.way}.card.example" in lead["description"]


def test_another_sheet_is_read_when_it_is_named(owner, take):
    first, second = people(f"{take.way}-one", "Ida"), people(f"{take.way}-two", "Ole")
    book = workbook(Notes=[["Printed on"], []], First=[HEADINGS, *first], Second=[HEADINGS, *second])
    assert counts(take("leads", "book.xlsx", book, sheet="Second")) == [1, 0, 0, 0, 0]
    assert set(leads(owner, f"{take.way}-two.form.example")) == {"Ole"}
    assert not leads(owner, f"{take.way}-one.form.example")


def test_a_part_that_is_not_there_is_answered_with_those_that_are(mesh, owner, tmp_path):
    book = workbook(Leads=[HEADINGS, *people("missing", "Ida")])
    found = owner.run("leads", book, "book.xlsx", choices={"sheet": "Accounts"})
    assert state(found) == "FAILED" and "“Leads”" in found["failure"]
    several = archive({"a.csv": b"Last Name,Email\n", "b.csv": b"Last Name,Email\n"})
    code, _, error = by_command(mesh, "leads", written(tmp_path, "two.zip", several), "stack")
    assert code == 1 and "“a.csv”, “b.csv”" in error
    for name, content in (("a.csv", b"%PDF-1.7\n"), ("a.xlsx", book[:200])):
        code, _, error = by_command(mesh, "leads", written(tmp_path, name, content), "stack")
        assert code == 1 and error.count("\n") == 1, error


def test_days_of_a_workbook_are_days(owner, take):
    day = datetime.date(2031, 3, 4)
    book = workbook(Deals=[["Deal ID", "Deal Name", "Amount", "Expected Close Date"],
                           [f"{take.way}-d1", f"Pump {take.way}", 1000, day]])
    assert counts(take("deals", "deals.xlsx", book)) == [1, 0, 0, 0, 0]
    deal = next(one for one in owner.all("deals") if one["name"] == f"Pump {take.way}")
    assert deal["expected_close_date"] == "2031-03-04" and deal["amount"]["amount_minor"] == "100000"


def test_whoever_imports_says_whose_the_rest_is_and_where_it_calls(owner, take):
    domain = f"{take.way}.owner.example"
    text = ("Last Name,Email,Phone,Owner,Country\n"
            f"Nobody,n@{domain},030 901820,,\nNamed,r@{domain},030 901820,REP2@stack.example,\n"
            f"Called,c@{domain},030 901820,rep 3,\nStranger,s@{domain},22 12 34 56,Sam Seller,Norway\n")
    found = take("leads", "owners.csv", text, owner="rep1@stack.example", country="DE")
    assert counts(found) == [4, 0, 0, 0, 0]
    assert [(entry["value"], int(entry["rows"])) for entry in found["reading"]["unknown_owners"]] == [
        ("Sam Seller", 1)]
    members = {one["id"]: one["email"].split("@")[0] for one in owner.all("members")}
    made = {lead["last_name"]: lead for lead in owner.all("leads", f"&query={domain}")}
    assert {name: members.get(lead["owner_id"]) for name, lead in made.items()} == {
        "Nobody": "rep1", "Named": "rep2", "Called": "rep3", "Stranger": "rep1"}
    assert {name: lead["phone"] for name, lead in made.items()} == {
        "Nobody": "+4930901820", "Named": "+4930901820", "Called": "+4930901820", "Stranger": "+4722123456"}


# Contacts' consents

def test_consents_of_contacts_come_in_and_follow_the_address(owner, take):
    domain = f"{take.way}.consent.example"
    text = ("Last Name,Email,Mobile,Accepts Marketing,Unsubscribed,Phone Consent,SMS Opt Out\n"
            f"Yes,yes@{domain},+12125550110,yes,,granted,\n"
            f"Both,both@{domain},+12125550111,yes,yes,,no\n"
            f"Odd,odd@{domain},+12125550112,,,perhaps,x\n"
            f"None,none@{domain},+12125550113,,no,,\n")
    found = take("contacts", "consents.csv", text)
    assert counts(found) == [4, 0, 0, 0, 0]
    assert [(one["line"], one["value"]) for one in found["row_remarks"]] in (
        [(4, "perhaps")], [("4", "perhaps")])
    names = ("email_consent", "phone_consent", "sms_consent")

    def consents(query):
        return {one["last_name"]: tuple(one[name] for name in names)
                for one in owner.all("contacts", f"&query={query}")}

    assert consents(domain) == {
        "Yes": ("granted", "granted", ""), "Both": ("denied", "", ""), "Odd": ("", "denied", "denied"),
        # Who has not refused has not consented.
        "None": ("", "", "")}
    # The address comes in again, by a file and by hand.
    again = take("contacts", "again.csv", f"Last Name,Email\nAgain,BOTH@{domain}\n")
    assert counts(again) == [1, 0, 0, 0, 0]
    byhand = owner.ask("POST", "contacts", {"last_name": "Hand", "phone": "(212) 555-0112"})
    assert consents(domain)["Again"][0] == "denied"
    assert (byhand["phone_consent"], byhand["sms_consent"]) == ("denied", "denied")


def test_a_consent_that_was_denied_is_not_lifted_by_a_file(owner, take):
    def row(consent):
        return ("Contact ID,Last Name,Email,Email Consent\n"
                f"{take.way}-k1,Kept,kept@{take.way}.kept.example,{consent}\n")

    assert counts(take("contacts", "first.csv", row("denied"))) == [1, 0, 0, 0, 0]
    assert counts(take("contacts", "second.csv", row("granted"), known="update")) == [0, 0, 0, 1, 0]
    contact = owner.all("contacts", f"&query={take.way}.kept.example")[0]
    assert contact["email_consent"] == "denied"


# Tasks

def test_tasks_come_in_with_their_projects_and_parents(owner, take):
    project = owner.ask("POST", "projects", {"name": f"Move {take.way}"})
    text = ("Task ID;Subject;Due Date;Priority;Status;Assigned To;Project;Part of;Notes;Related To\n"
            f"{take.way}1;Pack {take.way};2031-03-04;High;In progress;rep2@stack.example;"
            f"{project['name']};;Boxes first;Berg AS\n"
            f"{take.way}2;Books {take.way};04.03.2031;urgent;todo;Rep 3;{project['name']};Pack {take.way};;\n"
            f"{take.way}3;Odd {take.way};someday;huge;Not Started;Sam Seller;;;;\n"
            f"{take.way}4;;2031-03-04;low;;;;;;\n")
    found = take("tasks", "tasks.csv", text)
    assert counts(found) == [3, 0, 0, 0, 1]
    left = [column["column"] for column in found["reading"]["columns"]
            if column["group"].removeprefix("IMPORT_COLUMN_GROUP_").lower() == "left_out"]
    assert left == ["Related To"], "what fills nothing is listed"
    members = {one["id"]: one["email"].split("@")[0] for one in owner.all("members")}
    made = {one["title"].split()[0]: one for one in owner.all("tasks")
            if one["title"].endswith(f" {take.way}")}
    assert set(made) == {"Pack", "Books", "Odd"}
    pack, books, odd = made["Pack"], made["Books"], made["Odd"]
    assert (pack["priority"], pack["status"], members[pack["owner_id"]]) == ("high", "in_progress", "rep2")
    assert pack["project_id"] == project["id"] and pack["due_time"].startswith("2031-03-0")
    assert "Boxes first" in pack["description"]
    assert (books["parent_id"], books["due_time"]) == (pack["id"], pack["due_time"])
    assert members[books["owner_id"]] == "rep3" and books["priority"] == "urgent"
    assert not odd.get("due_time"), "a day that is none is left out"
    remarked = {entry["value"] for entry in found["row_remarks"]}
    assert {"someday", "huge"} <= remarked
    assert counts(take("tasks", "tasks.csv", text)) == [0, 0, 0, 3, 1]
