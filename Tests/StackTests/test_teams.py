"""Teams: made by administrators, read by all of their tenant, and known to every service with the answer."""

import contextlib
import uuid

import pytest

from conftest import OWNER, known
from events import Events
from mesh import PASSWORD

HOST = "stack.localhost"
ELSEWHERE = "elsewhere.localhost"


@pytest.fixture(scope="module")
def owner(mesh):
    return mesh.login("stack", OWNER, PASSWORD)


@pytest.fixture(scope="module")
def owner_elsewhere(mesh):
    mesh.create_tenant("elsewhere", OWNER, PASSWORD)
    return mesh.login("elsewhere", OWNER, PASSWORD)


@pytest.fixture
def send(mesh, owner):
    """One REST call as the owner, or whoever's token it is; the status and the answer."""
    def send(method, path, body=None, token=owner, host=HOST):
        status, _, answer = mesh.request(
            method, f"/api/v1/{path}", host=host, body=body, token=token)
        return status, answer

    return send


@pytest.fixture
def member(mesh, send):
    """Makes a member of a role: their id and a token."""
    def member(role="rep"):
        email = f"{uuid.uuid4().hex}@stack.example"
        status, made = send("POST", "members", {
            "member": {"email": email, "display_name": "New", "role": role}, "password": PASSWORD})
        assert status == 200, made
        return made["id"], mesh.login("stack", email, PASSWORD)

    return member


def make(send, **fields):
    status, made = send("POST", "teams", {"name": uuid.uuid4().hex, **fields})
    assert status == 200, made
    return made


def faults(answer):
    return [error["field"] for error in answer["errors"]]


def test_a_team_is_kept_listed_and_remembered(send, member):
    (rita, _), (ron, _) = member(), member("manager")
    top = make(send, type="field_sales", manager_id=ron)
    team = make(send, parent_team_id=top["id"], member_ids=[rita], description="The first")
    status, changed = send(
        "PATCH", f"teams/{team['id']}", {"member_ids": [rita, ron], "etag": team["etag"]})
    assert (status, changed["member_ids"]) == (200, [rita, ron])
    assert send("PATCH", f"teams/{team['id']}", {"name": "X", "etag": team["etag"]})[0] == 409
    status, page = send("GET", f"teams?filter=parent_team_id%20%3D%3D%20'{top['id']}'")
    assert [one["id"] for one in page["teams"]] == [team["id"]] and page["total_size"] == 1
    history = send("GET", f"teams/{team['id']}/history")[1]["entries"]
    assert [entry["action"] for entry in history] == ["update", "create"]
    assert history[0]["changes"][0]["field"] == "member_ids"
    status, answer = send("PATCH", f"teams/{top['id']}", {"parent_team_id": team["id"]})
    assert (status, faults(answer)) == (400, ["parent_team_id"])
    assert send("DELETE", f"teams/{top['id']}")[0] == 400
    assert send("DELETE", f"teams/{team['id']}")[0] == 200
    assert send("POST", f"teams/{team['id']}:undelete", {})[1]["member_ids"] == [rita, ron]


def test_all_read_teams_and_administrators_change_them(send, member):
    team = make(send)
    for role in ("manager", "rep", "read_only"):
        _, token = member(role)
        status, seen = send("GET", f"teams/{team['id']}", token=token)
        assert (status, seen["name"]) == (200, team["name"])
        assert send("POST", "teams", {"name": "Mine"}, token=token)[0] == 403
        assert send("PATCH", f"teams/{team['id']}", {"name": "Mine"}, token=token)[0] == 403
        assert send("DELETE", f"teams/{team['id']}", token=token)[0] == 403


def test_another_tenants_teams_are_not_there(send, member, owner_elsewhere):
    rita, token = member()
    team = make(send, member_ids=[rita])
    there = {"token": owner_elsewhere, "host": ELSEWHERE}
    nowhere = "team_01h455vb4pex5vsknk084sn02q"
    for path in (f"teams/{team['id']}", f"teams/{team['id']}/history", f"teams/{nowhere}"):
        status, answer = send("GET", path, **there)
        assert (status, answer["reason"]) == (404, "NOT_FOUND")
    assert send("GET", "teams", **there)[1]["teams"] == []
    for field, value in (
            ("parent_team_id", team["id"]), ("manager_id", rita), ("member_ids", [rita])):
        status, answer = send("POST", "teams", {"name": "Theirs", field: value}, **there)
        assert (status, faults(answer)) == (400, [field])
    resolved = send("POST", "records:resolve", {"ids": [team["id"]]}, **there)[1]
    assert not resolved["records"][0]["exists"]
    lead = {"last_name": "Lead", "email": f"{uuid.uuid4().hex}@lead.example"}
    answers = []
    for id in (team["id"], nowhere):
        status, answer = send("POST", "leads", {**lead, "team_id": id}, **there)
        assert (status, faults(answer)) == (400, ["team_id"])
        answers.append(answer["errors"])
    assert answers[0] == answers[1], "nothing tells that there is such a team elsewhere"
    assert send("POST", "leads", {**lead, "team_id": team["id"]}, token=token)[0] == 200


def test_each_service_knows_a_team_with_the_answer(send):
    def lead_of(team):
        status, answer = send("POST", "leads", {
            "last_name": "Lead", "email": f"{uuid.uuid4().hex}@lead.example", "team_id": team["id"]})
        return status, answer["team_id"] if status == 200 else faults(answer)

    for _ in range(10):
        team = make(send)
        assert known(lambda: lead_of(team) == (200, team["id"]))
        assert send("PATCH", f"teams/{team['id']}", {"active": False})[0] == 200
        assert known(lambda: lead_of(team) == (400, ["team_id"]))


def test_what_is_shared_with_a_team_is_its_members_of_the_moment(send, member):
    (_, rita), (ron, theirs) = member(), member("read_only")
    status, view = send(
        "POST", "saved-views", {"object": "lead", "name": "Rita's", "address": ""}, token=rita)
    assert status == 200
    team = make(send)
    share = {"grantee_id": team["id"]}
    # It may be known a moment later where the record is.
    assert known(lambda: send("POST", f"records/{view['id']}:share", share, token=rita)[0] == 200)
    path = f"records/{view['id']}/shares"
    shares = lambda: [(one["grantee_id"], one["may_edit"])
                      for one in send("GET", path, token=rita)[1]["shares"]]
    assert shares() == [(team["id"], False)] and send("GET", path, token=theirs)[0] == 404
    seen = lambda: send("GET", f"saved-views/{view['id']}", token=theirs)[0] == 200
    hidden = lambda: not seen()
    changed = lambda **fields: send("PATCH", f"teams/{team['id']}", fields)[0] == 200
    for _ in range(5):
        assert hidden()
        assert changed(member_ids=[ron]) and known(seen)
        assert changed(active=False) and known(hidden) and shares() == [(team["id"], False)]
        assert changed(active=True) and known(seen)
        assert changed(member_ids=[], manager_id=ron) and known(seen)
        assert changed(manager_id="") and known(hidden)


def test_a_page_reads_again_when_its_members_teams_reach_other_records(mesh, send, member):
    (ron, theirs), (_, others) = member(), member()
    with contextlib.ExitStack() as opened:
        streams = [Events(mesh.port, HOST, token) for token in (theirs, others)]
        for stream in streams:
            opened.callback(stream.close)
            stream.wait(lambda name, _: name == "hello")
        team = make(send, member_ids=[ron])
        streams[0].wait(lambda name, _: name == "reset")
        for stream in streams:
            stream.change(team["id"], "create")
        assert "reset" not in streams[1].names()
