"""Files that come again: mended, exported from here, edited; and imports that are taken back."""

import csv
import io
import json

import pytest

from conftest import OWNER
from imports import Client, counts, number, report, state, written
from load import wait_until
from mesh import PASSWORD

KINDS = ["leads", "accounts", "contacts", "deals", "tasks"]
# Three columns of each kind with what is written into every row.
EDITS = {
    "leads": {"city": "Ulm", "job_title": "Head, \"really\"", "company_size": "1200"},
    "accounts": {"industry": "Tools", "billing_address.city": "Ulm", "employees": "1200"},
    "contacts": {"job_title": "Head", "description": "One line\nand another", "sms_consent": "denied"},
    "deals": {"next_step": "Call", "amount": "1234.56 EUR", "expected_close_date": "2031-02-03"},
    "tasks": {"priority": "urgent", "due_time": "2031-02-03T04:05:06Z", "description": "about 5 \"degrees\""},
}


@pytest.fixture(scope="module")
def owner(mesh):
    return Client(mesh, "stack", mesh.login("stack", OWNER, PASSWORD))


@pytest.fixture(scope="module")
def elsewhere(mesh):
    """The owner of a workspace that has records of every kind, with all that their fields can hold."""
    mesh.create_tenant("elsewhere", OWNER, PASSWORD)
    owner = Client(mesh, "elsewhere", mesh.login("elsewhere", OWNER, PASSWORD))

    def make(kind, **fields):
        made = []

        def is_made():
            status, answer = owner.call("POST", kind, fields)
            # A new tenant is heard of within moments.
            assert status in (200, 503), answer
            made.append(answer)
            return status == 200

        wait_until(is_made, f"one of {kind} is made")
        return made[-1]["id"]

    make("leads", first_name="Ida", last_name="O'Hara, the \"first\"", email="ida@hara.example",
         phone="+12125550101 ext. 12", job_title="=HYPERLINK(\"x\")", company_name="Ärzte & Söhne GmbH",
         annual_revenue={"amount_minor": "123456", "currency": "EUR"}, company_size=0,
         website="https://hara.example/?a=b", street_address="1 Main St\nFloor 2", city="Troy", state="NY",
         postal_code="02134", country="US", source="referral", status="contacted", do_not_email=True,
         do_not_sms=True, preferred_contact_method="email", time_zone="Europe/Berlin",
         description="@first\n\n  indented; and, \"quoted\"", medium="cpc", campaign="N/A week")
    make("leads", company_name="Northwind", email="info@northwind.example")
    make("leads", first_name="Ole", phone="12")
    make("leads", last_name="None", email="none@null.example", city="Null")
    whole = make("accounts", name="Whole Ltd", type="customer", website="whole.example",
                 annual_revenue={"amount_minor": "100000", "currency": "USD"}, employees=7,
                 billing_address={"street": "1 Main St", "city": "Troy", "postal_code": "02134"},
                 shipping_address={"street": "2 Side St", "country": "DE"}, phone="+4930901820")
    part = make("accounts", name="Part", parent_id=whole)
    chief = make("contacts", last_name="Hopper", account_id=whole, email_consent="granted",
                 phone_consent="denied", email="hopper@whole.example")
    make("contacts", first_name="Tim", last_name="Lee", account_id=part, reports_to_id=chief,
         sms_consent="denied", phone="+12125550142")
    make("deals", name="Pumps", account_id=whole, amount={"amount_minor": "5000050", "currency": "USD"},
         expected_close_date="2030-01-31", competitor="=1+1", description="line\nline")
    make("deals", name="Bare")
    project = make("projects", name="Move in")
    above = make("tasks", title="Pack", project_id=project, due_time="2030-01-31T09:30:00Z",
                 due_time_zone="Europe/Berlin", priority="low", estimated_seconds="5400",
                 status="in_progress", tags=["a", "b"])
    make("tasks", title="Pack books", parent_id=above, project_id=project)
    return owner


# Mending

ROWS = """Lead Id,Last Name,Email,City
7,Berg,ida@mended.example,Oslo
8,Lund,,Oslo
9,Holm,eva@mended.example,"Oslo, N"
10,Ness,tom@mended.example,Oslo,"too, much"
"""


def test_mended_rows_come_in_alone(mesh, owner, tmp_path):
    path, refused = written(tmp_path, "rows.csv", ROWS), tmp_path / "refused.csv"
    first = report(mesh, "leads", path, "stack", "--refused", str(refused))
    assert counts(first) == [2, 0, 0, 0, 2]
    assert refused.read_bytes().decode() == owner.rows("leads", {"id": first["import_id"]})
    heading, *rows = csv.reader(io.StringIO(refused.read_bytes().decode()))
    assert heading == ["Lead Id", "Last Name", "Email", "City", "Reason"]
    assert [row[:2] for row in rows] == [["8", "Lund"], ["10", "Ness"]] and all(row[-1] for row in rows)
    assert rows[1][4] == "too, much", "what it had too much is there"

    rows[0][2] = "ole@mended.example"
    del rows[1][4]
    with refused.open("w", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
    again = tmp_path / "again.csv"
    second = report(mesh, "leads", refused, "stack", "--refused", str(again))
    assert counts(second) == [2, 0, 0, 0, 0]
    assert again.read_text().splitlines() == ["Lead Id,Last Name,Email,City,Reason"]
    assert counts(report(mesh, "leads", refused, "stack")) == [0, 0, 0, 2, 0]
    again = report(mesh, "leads", path, "stack")
    assert counts(again) == [0, 0, 0, 3, 1], "a row without an address is about the lead of its id"
    names = sorted(lead["last_name"] for lead in owner.all("leads", "&query=mended.example"))
    assert names == ["Berg", "Holm", "Lund", "Ness"]


def test_rows_with_a_remark_can_be_had_too(mesh, owner, tmp_path):
    text = "Last Name,Email,Website\nBerg,ida@remark.example,localhost\nLund,ole@remark.example,\n"
    remarks = tmp_path / "remarks.csv"
    found = report(mesh, "leads", written(tmp_path, "rows.csv", text), "stack", "--remarks", str(remarks))
    assert counts(found) == [2, 0, 0, 0, 0]
    heading, *rows = csv.reader(io.StringIO(remarks.read_bytes().decode()))
    assert heading[-1] == "Reason" and [row[0] for row in rows] == ["Berg"] and "localhost" in rows[0][-1]
    whole = {"id": found["import_id"]}
    assert owner.rows("leads", whole, refused=False) == remarks.read_bytes().decode()
    assert len(owner.rows("leads", whole).splitlines()) == 1, "none was refused"


# Taking back

@pytest.mark.parametrize("way", ["cli", "rest"])
def test_an_import_is_taken_back_but_for_what_was_changed_since(mesh, owner, tmp_path, way):
    domain = f"{way}.undo.example"

    def rows(*lines):
        return "Lead Id,Last Name,Email,City,Title\n" + "".join(
            f"{way}-{number},{name},{name.lower()}@{domain},{city},{title}\n"
            for number, name, city, title in lines)

    def leads():
        return {lead["last_name"]: lead for lead in owner.all("leads", f"&query={domain}")}

    first = owner.run("leads", rows(
        (1, "Berg", "Oslo", ""), (2, "Lund", "Oslo", ""), (3, "Holm", "Oslo", ""), (4, "Gone", "Oslo", "")))
    assert counts(first) == [4, 0, 0, 0, 0]
    before = leads()
    owner.ask("DELETE", f"leads/{before['Gone']['id']}")
    second = owner.run("leads", rows(
        (1, "Berg", "Bergen", "Buyer"), (2, "Lund", "Bergen", "Buyer"), (3, "Holm", "Oslo", ""),
        (4, "Gone", "Oslo", ""), (5, "Ness", "Bergen", ""), (6, "Oak", "Bergen", "")),
        choices={"known": "update", "deleted": "restore"})
    assert counts(second) == [2, 2, 1, 1, 0]
    during = leads()
    assert set(during) == {"Berg", "Lund", "Holm", "Gone", "Ness", "Oak"}
    assert during["Berg"]["city"] == "Bergen" and during["Gone"]["id"] == before["Gone"]["id"]
    # Somebody works on two of them.
    owner.ask("PATCH", f"leads/{during['Lund']['id']}", {"city": "Ulm"})
    owner.ask("PATCH", f"leads/{during['Oak']['id']}", {"city": "Ulm"})

    if way == "rest":
        ended = owner.undo("leads", second)
        assert state(ended) == "UNDONE"
        assert [number(ended["undo"], name) for name in ("deleted", "put_back", "left")] == [2, 1, 2]
        assert owner.undo("leads", second)["undo"] == ended["undo"], "twice is the same as once"
    else:
        found = json.loads(mesh.command("import", "undo", second["id"], "--tenant", "stack", "--json"))
        assert [found[name] for name in ("deleted", "put_back", "left")] == [2, 1, 2]
        text = mesh.command("import", "undo", second["id"], "--tenant", "stack")
        assert "left          2, changed since" in text
    after = leads()
    assert set(after) == {"Berg", "Lund", "Holm", "Oak"}, "what it made and restored is in the trash"
    assert (after["Berg"]["city"], after["Berg"]["job_title"]) == ("Oslo", "")
    assert (after["Lund"]["city"], after["Lund"]["job_title"]) == ("Ulm", ""), "the rest of it is taken back"
    assert after["Holm"] == before["Holm"] and after["Oak"]["city"] == "Ulm"
    # It is as if it had not been: the same file makes what is not there.
    third = owner.run("leads", rows((5, "Ness", "Bergen", "")))
    assert counts(third) == [1, 0, 0, 0, 0]


@pytest.mark.parametrize("kind, rows", [
    ("accounts", "Account ID,Name,Subsidiary Of\nu1,Undone part,Undone whole\nu2,Undone whole,\n"),
    ("contacts", "Contact ID,Last Name,Email,Reports To\nu1,Undone,1@undo.example,Undone Chief\n"
                 "u2,Undone Chief,2@undo.example,\n"),
    ("deals", "Deal ID,Deal Name,Amount\nu1,Undone 1,12\nu2,Undone 2,1200\n"),
    ("tasks", "Task ID,Task,Part of\nu1,Undone part,Undone whole\nu2,Undone whole,\n"),
])
def test_imports_of_other_kinds_are_taken_back_too(mesh, owner, kind, rows):
    def present():
        name = {"contacts": "display_name", "tasks": "title"}.get(kind, "name")
        return [one for one in owner.all(kind) if one[name].startswith("Undone") and not one.get("archived")]

    made = owner.run(kind, rows)
    assert counts(made) == [2, 0, 0, 0, 0] and not number(made, "incomplete"), made
    assert len(present()) == 2
    found = json.loads(mesh.command("import", "undo", made["id"], "--tenant", "stack", "--json"))
    assert [found[name] for name in ("deleted", "put_back", "left")] == [2, 0, 0]
    assert present() == []
    again = owner.run(kind, rows)
    assert counts(again)[3:] == [0, 0] and len(present()) == 2, again


def test_an_import_that_is_at_work_or_was_a_trial_is_not_taken_back(owner):
    waiting = owner.send("leads", b"Last Name,Email\nBerg,ida@wait.example\n")
    status, answer = owner.call("POST", f"imports/{waiting['id']}:undo", {})
    assert status == 400 and "not ended" in answer["detail"], answer
    trial = owner.run("leads", "Last Name,Email\nBerg,ida@trial.example\n", validate_only=True)
    assert counts(trial) == [1, 0, 0, 0, 0]
    assert owner.call("POST", f"imports/{trial['id']}:undo", {})[0] == 400
    owner.ask("POST", f"imports/{waiting['id']}:cancel", {})
    assert owner.all("leads", "&query=trial.example") == []


# Our own exports

def exported(owner, kind):
    status, text = owner.text(f"{kind}:export")
    assert status == 200, text
    return text


def records(owner, kind):
    """All records of a kind by id."""
    return {record["id"]: record for record in owner.all(kind)}


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_that_comes_back_changes_nothing(elsewhere, kind):
    before, text = records(elsewhere, kind), exported(elsewhere, kind)
    back = elsewhere.run(kind, text)
    assert state(back) == "SUCCEEDED", (back["failure"], back["questions"])
    assert counts(back) == [0, 0, 0, len(before), 0], back["row_remarks"]
    assert number(back, "remarked") == 0, back["row_remarks"]
    assert records(elsewhere, kind) == before
    assert exported(elsewhere, kind) == text


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_that_was_edited_changes_just_that(mesh, elsewhere, tmp_path, kind):
    before = records(elsewhere, kind)
    rows = list(csv.DictReader(io.StringIO(exported(elsewhere, kind))))
    original = [dict(row) for row in rows]
    for row in rows:
        row.update(EDITS[kind])
    path = tmp_path / "edited.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    changed = report(mesh, kind, path, "elsewhere", "--known", "update")
    assert counts(changed) == [0, len(before), 0, 0, 0], changed["row_remarks"]
    found = list(csv.DictReader(io.StringIO(exported(elsewhere, kind))))
    expected = [{**row, **EDITS[kind]} for row in original]
    # What the system itself keeps of a record follows from the change.
    own = {"etag", "update_time", "updated_by", "score", "band", "phone_valid", "annual_amount",
           "weighted_amount", "forecast_date", "priority_rank", "overdue", "last_activity_time", "rot_time",
           "due_time_zone"}
    for one, wanted in zip(found, expected, strict=True):
        assert {name: one[name] for name in one if name not in own} == {
            name: wanted[name] for name in wanted if name not in own}
    assert counts(report(mesh, kind, path, "elsewhere", "--known", "update")) == [
        0, 0, 0, len(before), 0]
