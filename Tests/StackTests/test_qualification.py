"""A lead is assessed, qualified, disqualified and put back, over REST."""

import uuid

import pytest

from conftest import OWNER
from mesh import PASSWORD

RITA, RON = "rep1@stack.example", "rep2@stack.example"


@pytest.fixture(scope="module")
def call(mesh):
    """One REST call as a member; the status and the answer."""
    tokens = {}

    def send(who, method, path, body=None, **headers):
        if who not in tokens:
            tokens[who] = mesh.login("stack", who, PASSWORD)
        status, _, answer = mesh.request(
            method, f"/api/v1/{path}", host="stack.localhost", body=body, token=tokens[who], headers=headers)
        return status, answer

    return send


def fields(problem):
    return [error["field"] for error in problem["errors"]]


@pytest.fixture
def lead(call):
    name = uuid.uuid4().hex
    status, lead = call(RITA, "POST", "leads", {
        "last_name": name, "email": f"{name}@example.com", "company_name": "Acme"})
    assert status == 200 and lead["status"] == "new", lead
    return lead


def open_items(call, lead):
    status, found = call(RITA, "GET", f"leads/{lead['id']}/qualification")
    assert status == 200, found
    return [item["key"] for item in found["checklist"] if not item["done"]], found


def test_a_lead_is_qualified_disqualified_and_put_back(call, lead):
    path = f"leads/{lead['id']}"
    missing, found = open_items(call, lead)
    assert missing[0] == "qualified_status" and len(missing) == 12 and not found["checklist_done"]
    _, risk = call(RITA, "GET", f"{path}/risk-score")
    assert (risk["score"], risk["level"]) == (25, "low"), risk
    assert {f["state"] for f in risk["factors"] if f["key"] == "no_contact"} == {"absent"}

    budget = {"score": 20, "evidence": "The CFO has signed"}
    status, assessed = call(RITA, "POST", f"{path}:assess", {"bant": {"budget": budget}})
    assert status == 200 and assessed["bant_score"] == 20 and not assessed["qualified"], assessed
    status, problem = call(RITA, "POST", f"{path}:qualify", {"bant": {"need": {"score": 26}}})
    assert status == 400 and fields(problem) == ["reason", "bant.need.score"], problem
    body = {
        "reason": "They have a plan", "etag": assessed["etag"],
        "bant": {key: {"score": 20} for key in ("authority", "need", "timeline")}}
    status, qualified = call(RITA, "POST", f"{path}:qualify", body)
    assert status == 200 and qualified["status"] == "qualified" and qualified["qualified"], qualified
    assert qualified["qualification_reason"] == "They have a plan" and qualified["qualification_time"]
    assert qualified["bant_score"] == 80 and qualified["bant"]["budget"]["evidence"] == budget["evidence"]
    assert call(RITA, "POST", f"{path}:qualify", body)[0] == 409, "the etag is an old one"
    missing, found = open_items(call, lead)
    assert found["checklist_done"] and found["bant_reached"] and len(missing) == 7
    assert call(RITA, "GET", f"{path}/risk-score")[1]["score"] == 0
    _, listed = call(RITA, "GET", "leads?filter=qualified%20%26%26%20bant_score%20%3E%3D%2080&page_size=1000")
    assert lead["id"] in [each["id"] for each in listed["leads"]]

    status, problem = call(RITA, "POST", f"{path}:disqualify", {"reason": "a whim"})
    assert status == 400 and fields(problem) == ["reason"], problem
    status, lost = call(RITA, "POST", f"{path}:disqualify", {"reason": "no_budget"})
    assert status == 200 and lost["status"] == "unqualified" and not lost["qualified"], lost
    status, back = call(
        RITA, "POST", f"{path}:recycle", {"reason": "Next year", "return_date": "2999-01-01"})
    assert status == 200 and (back["status"], back["return_date"]) == ("new", "2999-01-01"), back
    assert back["disqualification_reason"] == ""
    _, history = call(OWNER, "GET", f"{path}/history")
    actions = [entry["action"] for entry in history["entries"] if entry["action"] != "update"]
    assert actions == ["recycle", "disqualify", "qualify", "assess", "create"]


def test_the_same_key_qualifies_once(call, lead):
    path, key = f"leads/{lead['id']}:qualify", {"Idempotency-Key": uuid.uuid4().hex}
    first = call(RITA, "POST", path, {"reason": "They called"}, **key)
    assert first[0] == 200 and call(RITA, "POST", path, {"reason": "They called"}, **key) == first
    assert call(RITA, "POST", path, {"reason": "Another"}, **key)[0] == 422


def test_a_lead_is_qualified_by_whoever_may_edit_it(call, lead):
    body = {"reason": "They called"}
    assert call(RON, "POST", f"leads/{lead['id']}:qualify", body)[0] == 403
    assert call(RON, "GET", f"leads/{lead['id']}/qualification")[0] == 200
    assert call(RITA, "POST", "leads/lead_01h455vb4pex5vsknk084sn02q:qualify", body)[0] == 404


def test_a_workflow_holds_for_updates_too(call, lead):
    key = f"s{uuid.uuid4().hex[:8]}"
    status, step = call(OWNER, "POST", "lead-statuses", {
        "key": key, "display_name": key, "next_statuses": ["contacted"],
        "required_fields": ["job_title"]})
    assert status == 200, step
    path = f"leads/{lead['id']}"
    status, problem = call(RITA, "PATCH", path, {"status": key})
    assert status == 400 and fields(problem) == ["job_title"], problem
    assert call(RITA, "PATCH", path, {"status": key, "job_title": "Buyer"})[0] == 200
    status, problem = call(RITA, "POST", f"{path}:qualify", {"reason": "They called"})
    assert status == 400 and fields(problem) == ["status"], problem
    assert call(RITA, "PATCH", path, {"status": "contacted"})[0] == 200
    assert call(RITA, "POST", f"{path}:qualify", {"reason": "They called"})[0] == 200


def test_a_lead_has_a_substatus_of_its_status_and_a_stage(call, lead):
    key = f"s{uuid.uuid4().hex[:8]}"
    status, step = call(OWNER, "POST", "lead-statuses", {
        "key": key, "display_name": key, "substatuses": ["Left a message", "Waiting"]})
    assert status == 200 and step["substatuses"] == ["Left a message", "Waiting"], step
    path = f"leads/{lead['id']}"
    assert lead["lifecycle_stage"] == "lead", lead
    status, problem = call(RITA, "PATCH", path, {"status": key, "substatus": "Gone"})
    assert status == 400 and fields(problem) == ["substatus"], problem
    status, waiting = call(RITA, "PATCH", path, {"status": key, "substatus": "waiting"})
    assert status == 200 and waiting["substatus"] == "Waiting", waiting
    status, staged = call(RITA, "PATCH", path, {"lifecycle_stage": "marketing_qualified"})
    assert status == 200 and staged["lifecycle_stage"] == "marketing_qualified", staged
    status, problem = call(RITA, "PATCH", path, {"lifecycle_stage": "suspect"})
    assert status == 400 and fields(problem) == ["lifecycle_stage"], problem
    status, qualified = call(RITA, "POST", f"{path}:qualify", {"reason": "They called"})
    assert status == 200, qualified
    assert qualified["lifecycle_stage"] == "sales_qualified"
    assert qualified.get("substatus", "") == ""
