"""What every kind of record has beyond its standard methods, by REST and shown on scoring rules."""

import csv
import http.client
import io

import pytest

HOST = "acme.localhost"
RULES = "/api/v1/scoring-rules"


@pytest.fixture
def call(mesh, token):
    def send(method, path, body=None):
        status, _, answer = mesh.request(method, path, host=HOST, body=body, token=token)
        assert status == 200, answer
        return answer

    return send


@pytest.fixture
def rules(call):
    """Three rules of the test's own, which no lead meets."""
    made = [call("POST", RULES, {"display_name": f"=Rule {number}", "points": 40 + number,
                                 "condition": f'city == "Nowhere {number}"'})
            for number in range(3)]
    yield made
    call("POST", f"{RULES}:batchDelete", {"ids": [rule["id"] for rule in made]})


def ended(call, operation):
    """An operation once it is over; each answer comes after at least a commit of the service."""
    while operation.get("end_time") is None:
        operation = call("GET", f"/api/v1/operations/{operation['id']}")
    return operation


def test_many_rules_are_changed_and_put_back(call, rules):
    ids = [rule["id"] for rule in rules]
    missing = "rule_01h455vb4pex5vsknk084sn02q"
    started = call("POST", f"{RULES}:batchUpdate", {
        "ids": [*ids, missing], "scoring_rule": {"points": 77}, "update_mask": "points"})
    assert started["id"].startswith("leads_operation_")
    operation = ended(call, started)
    assert (operation["state"], operation["total"]) == ("OPERATION_STATE_DONE", "4")
    assert (operation["done"], operation["failed"]) == ("3", "1")
    path = f"/api/v1/operations/{operation['id']}"
    failed = call("GET", f"{path}/results?outcome=OPERATION_OUTCOME_FAILED")["results"]
    assert [(result["id"], result["reason"]) for result in failed] == [(missing, "NOT_FOUND")]
    counted = call("GET", f"{RULES}:aggregate?filter=points%20%3D%3D%2077&group_by=active&sum=points")
    assert counted["groups"] == [
        {"keys": ["true"], "count": "3", "sums": [{"field": "points", "integer": "231", "too_large": False}]}]

    undone = ended(call, call("POST", f"{path}:undo", {}))
    assert (undone["state"], undone["undone"]) == ("OPERATION_STATE_UNDONE", "3")
    entries = call("GET", f"{RULES}/{ids[0]}/history")["entries"]
    assert [entry["action"] for entry in entries] == ["update", "update", "create"]
    assert entries[1]["changes"] == [{"field": "points", "old": "40", "new": "77"}]
    assert entries[0]["actor"].startswith("member_")


def test_rules_are_exported_as_a_file(mesh, token, rules):
    connection = http.client.HTTPConnection("127.0.0.1", mesh.port)
    connection.request(
        "GET", f"{RULES}:export?filter=points%20%3E%3D%2040%20%26%26%20points%20%3C%2043"
        "&fields=id,display_name,points",
        headers={"Host": HOST, "Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "text/csv; charset=utf-8"
    assert answer.getheader("Transfer-Encoding") == "chunked"
    rows = list(csv.reader(io.StringIO(answer.read().decode(), newline="")))
    connection.close()
    assert rows[0] == ["id", "display_name", "points"]
    assert rows[1:] == [
        [rule["id"], f"'{rule['display_name']}", str(rule["points"])] for rule in rules]


def test_records_are_named_by_their_ids(call, rules):
    ids = [rules[0]["id"], "rule_01h455vb4pex5vsknk084sn02q", "nonsense"]
    named = call("POST", "/api/v1/records:resolve", {"ids": ids})["records"]
    assert [(record["id"], record["exists"]) for record in named] == [
        (ids[0], True), (ids[1], False), (ids[2], False)]
    assert named[0]["title"] == "=Rule 0"
    assert named[0]["subtitle"] == 'city == "Nowhere 0"'
    checked = call("POST", "/api/v1/records:check", {"ids": ids[:2], "action": "delete"})["records"]
    assert [record["allowed"] for record in checked] == [True, False]


COMPUTED = {"score", "band", "score_breakdown"}


def by_people(entries):
    """What people did. The service may score a lead again at any time, which changes nothing else."""
    for entry in entries:
        if entry["actor"].startswith("system:"):
            assert {change["field"] for change in entry["changes"]} <= COMPUTED, entry
    return [entry["action"] for entry in entries if not entry["actor"].startswith("system:")]


def test_leads_have_what_every_kind_of_record_can_have(mesh, call, token, other_token):
    made = [call("POST", "/api/v1/leads", {
        "last_name": f"Batch {number}", "company_name": "Generic AG", "email": f"g{number}@example.org",
        "phone": "+49 30 901820", "annual_revenue": {"amount_minor": "125000", "currency": "EUR"}})
        for number in range(2)]
    ids = [lead["id"] for lead in made]
    ended(call, call("POST", "/api/v1/leads:batchUpdate", {
        "filter": 'company_name == "Generic AG"', "lead": {"status": "contacted"},
        "update_mask": "status"}))
    grouped = call("GET", "/api/v1/leads:aggregate?group_by=status&sum=annual_revenue"
                          "&filter=company_name%20%3D%3D%20%22Generic%20AG%22")["groups"]
    assert [(group["keys"], group["count"]) for group in grouped] == [(["contacted"], "2")]
    assert grouped[0]["sums"][0]["money"] == {"amount_minor": "250000", "currency": "EUR"}

    path = f"/api/v1/leads/{ids[0]}/history"
    assert by_people(call("GET", path)["entries"]) == ["update", "create"]
    assert mesh.request("GET", path, host="globex.localhost", token=other_token)[0] == 404
    by_id = f"/api/v1/records/{ids[0]}/history"
    assert by_people(call("GET", by_id)["entries"]) == ["update", "create"]
    assert mesh.request("GET", by_id, host="globex.localhost", token=other_token)[0] == 404
    allowed = call("GET", f"/api/v1/records/{ids[0]}/permissions")
    assert allowed["actions"] == ["convert", "convert_override", "delete", "edit", "export", "read"]
    assert "email" in allowed["editable_fields"] and "score" not in allowed["editable_fields"]
    assert "score" in allowed["visible_fields"]
    assert mesh.request("GET", f"/api/v1/records/{ids[0]}/permissions",
                        host="globex.localhost", token=other_token)[0] == 404
    member = call("GET", "/api/v1/auth:session")["member"]["id"]
    call("POST", f"/api/v1/records/{ids[0]}:share", {"grantee_id": member, "may_edit": True})
    shares = call("GET", f"/api/v1/records/{ids[0]}/shares")["shares"]
    assert [(share["grantee_id"], share["may_edit"]) for share in shares] == [(member, True)]
    assert mesh.request("GET", f"/api/v1/records/{ids[0]}/shares",
                        host="globex.localhost", token=other_token)[0] == 404
    named = call("POST", "/api/v1/records:resolve", {"ids": [ids[1], member, ids[0]]})["records"]
    assert [record["id"] for record in named] == [ids[1], member, ids[0]]
    assert [record["title"] for record in named][::2] == ["Batch 1", "Batch 0"]
    assert named[1]["subtitle"] == "owner@acme.example"

    deleted = ended(call, call("POST", "/api/v1/leads:batchDelete", {"ids": ids}))
    assert by_people(call("GET", path)["entries"]) == ["delete", "share_record", "update", "create"]
    assert mesh.request("GET", f"/api/v1/operations/{deleted['id']}",
                        host="globex.localhost", token=other_token)[0] == 404
    ended(call, call("POST", f"/api/v1/operations/{deleted['id']}:undo", {}))
    assert by_people(call("GET", path)["entries"])[0] == "undelete"
    call("POST", "/api/v1/leads:batchDelete", {"ids": ids})


def test_a_field_that_does_not_exist_is_refused_by_name(mesh, token):
    for path, field in [(f"{RULES}:aggregate?group_by=shoe_size", "group_by"),
                        (f"{RULES}:aggregate?sum=condition", "sum"),
                        (f"{RULES}:export?fields=shoe_size", "fields")]:
        status, _, body = mesh.request("GET", path, host=HOST, token=token)
        assert status == 400
        assert [error["field"] for error in body["errors"]] == [field]
