"""What reps do with a lead is logged, seen on its timeline and told to whom it concerns, over REST."""

import datetime
import urllib.parse
import uuid

import pytest

from conftest import OWNER
from load import wait_until
from mesh import PASSWORD

HOST = "stack.localhost"
RITA, RON = "rep1@stack.example", "rep2@stack.example"
DAY = 24 * 3600


@pytest.fixture(scope="module")
def call(mesh):
    """One REST call as a member; the status and the answer."""
    tokens = {}

    def send(who, method, path, body=None, **headers):
        if who not in tokens:
            tokens[who] = mesh.login("stack", who, PASSWORD)
        status, _, answer = mesh.request(
            method, f"/api/v1/{path}", host=HOST, body=body, token=tokens[who], headers=headers)
        if status == 401:
            del tokens[who]
            return send(who, method, path, body, **headers)
        return status, answer

    return send


@pytest.fixture(scope="module")
def done(call):
    """A REST call that succeeds; the answer."""

    def send(who, method, path, body=None, **headers):
        status, answer = call(who, method, path, body, **headers)
        assert status == 200, answer
        return answer

    return send


@pytest.fixture(scope="module")
def members(done):
    """The ids of the members, by their addresses."""
    return {each["email"]: each["id"] for each in done(OWNER, "GET", "members?page_size=100")["members"]}


@pytest.fixture
def lead(done, members):
    """A lead of Rita's that the owner has made."""
    name = uuid.uuid4().hex
    return done(OWNER, "POST", "leads", {
        "last_name": name, "email": f"{name}@example.com", "company_name": name, "owner_id": members[RITA]})


def listed(done, who, filter=""):
    return done(who, "GET", f"notifications?page_size=100&filter={urllib.parse.quote(filter)}")["notifications"]


def told(call, who, record):
    """The one thing that somebody is told about a record, once they are, whatever is down meanwhile."""
    found = []

    def has_come():
        status, answer = call(who, "GET", "notifications?page_size=100")
        assert status in (200, 503, 504), answer
        found[:] = [each for each in answer.get("notifications", []) if each.get("record") == record]
        return found != []

    wait_until(has_come, f"{who} is told")
    assert len(found) == 1, found
    return found[0]


def fields(problem):
    return [error["field"] for error in problem["errors"]]


def moment(text):
    return datetime.datetime.fromisoformat(text)


def ago(seconds):
    time = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=seconds)
    return time.isoformat().replace("+00:00", "Z")


def test_a_lead_that_is_given_to_a_rep_is_on_their_bell_until_they_read_it(done, call, lead, members):
    before = done(RON, "GET", "notifications:countUnread")["count"]
    new = told(call, RITA, lead["id"])
    assert new["kind"] == "lead_assigned" and new["title"] and not new.get("read_time"), new
    assert new["state"] == "unread" and new["actor"] == members[OWNER]
    count = done(RITA, "GET", "notifications:countUnread")["count"]
    read = done(RITA, "POST", f"notifications/{new['id']}:read", {})
    assert read["read_time"] and read["state"] == "read"
    assert done(RITA, "GET", "notifications:countUnread")["count"] == count - 1
    assert call(RON, "POST", f"notifications/{new['id']}:read", {})[0] == 404
    archived = done(RITA, "POST", f"notifications/{new['id']}:archive", {})
    assert archived["state"] == "archived" and archived["archive_time"]
    assert new["id"] not in [each["id"] for each in listed(done, RITA, 'state != "archived"')]
    # Rita gives it to Ron, and is not told of that herself.
    done(RITA, "PATCH", f"leads/{lead['id']}", {"owner_id": members[RON]})
    told(call, RON, lead["id"])
    told(call, RITA, lead["id"])
    assert done(RON, "GET", "notifications:countUnread")["count"] == before + 1
    done(RON, "POST", "notifications:readAll", {})
    assert done(RON, "GET", "notifications:countUnread")["count"] == 0


def test_a_call_says_when_the_lead_was_contacted(done, call, lead, members):
    path = f"leads/{lead['id']}"
    early, late = ago(2 * DAY), ago(3600)
    for time in (late, early, ago(DAY)):
        logged = done(RITA, "POST", "activities", {
            "type": "call", "subject": "Intro", "seconds": 300, "time": time, "related": [lead["id"]]})
        assert logged["member_id"] == members[RITA] and logged["seconds"] == 300
    note = done(RITA, "POST", "activities", {"type": "note", "text": "They want two", "related": [lead["id"]]})
    known = done(RITA, "GET", path)
    assert moment(known["first_contacted_time"]) == moment(early)
    assert moment(known["last_contacted_time"]) == moment(late)
    assert moment(known["last_activity_time"]) == moment(note["time"])
    assert known["etag"] == lead["etag"], "nobody has edited it"
    for body, field in (
            ({"type": "call", "related": ["lead_01h455vb4pex5vsknk084sn02q"]}, "related[0]"),
            ({"type": "call", "related": [lead["id"]] * 10_000}, "related"),
            ({"type": "call", "related": [lead["id"], "lead_x"]}, "related[1]"),
            ({"type": "meeting", "attendee_ids": ["nobody"]}, "attendee_ids[0]"),
            ({"type": "call", "time": "2300-01-01T00:00:00Z"}, "time"),
            ({"type": "note"}, "text"),
            ({}, "type"),
            ({"type": "system", "subject": "x"}, "type")):
        status, problem = call(RITA, "POST", "activities", body)
        assert status == 400 and fields(problem) == [field], problem
    found = done(RON, "GET", "activities?filter=" + urllib.parse.quote(f'"{lead["id"]}" in related && type == "note"'))
    assert [each["id"] for each in found["activities"]] == [note["id"]], "Ron may read the lead"
    found = done(RITA, "GET", f"activities?query=two&filter=" + urllib.parse.quote(f'"{lead["id"]}" in related'))
    assert [each["id"] for each in found["activities"]] == [note["id"]]


def test_a_timeline_has_all_that_happened_to_a_lead(done, lead):
    done(RITA, "POST", "activities", {"type": "call", "subject": "Intro", "related": [lead["id"]]})
    done(RITA, "PATCH", f"leads/{lead['id']}", {"status": "contacted"})
    done(RITA, "POST", "tasks", {"title": "Send offer", "related": [lead["id"]]})
    done(RITA, "POST", "activities", {"type": "note", "text": "They want two", "related": [lead["id"]]})
    entries = []

    def is_whole():
        # The service may have been slow to begin with.
        page = done(RITA, "GET", f"timeline?record={lead['id']}&page_size=100")
        entries[:] = page["entries"]
        return not page["gaps"]

    wait_until(is_whole, "a timeline without gaps")
    kinds = [entry["kind"] for entry in entries if entry["actor"] != "system:leads"]
    assert kinds == ["note", "task", "status_change", "call", "system"], entries
    assert entries[0]["text"] == "They want two" and entries[0]["record_id"].startswith("activity_")
    assert all(entry["time"] and entry["day"] for entry in entries)
    events = {entry["kind"]: entry["data"]["event"] for entry in entries if entry["actor"] != "system:leads"}
    assert events == {
        "note": "added", "task": "created", "status_change": "status_changed", "call": "made", "system": "created"}
    paged, token = [], ""
    while True:
        page = done(RITA, "GET", f"timeline?record={lead['id']}&page_size=2&page_token={token}")
        paged += page["entries"]
        token = page["next_page_token"]
        if not token:
            break
    assert paged == entries
    assert done(RITA, "GET", f"leads/{lead['id']}/activities?page_size=100")["entries"] == entries
    calls = done(RITA, "GET", f"timeline?record={lead['id']}&kinds=call")["entries"]
    assert [entry["text"] for entry in calls] == ["Intro"]


def test_a_timeline_leaves_a_gap_where_a_service_is_away(mesh, done, lead):
    done(RITA, "POST", "activities", {"type": "note", "text": "Before", "related": [lead["id"]]})
    mesh.kill("tasks")
    found = done(RITA, "GET", f"timeline?record={lead['id']}")
    assert "Before" in [entry["text"] for entry in found["entries"]]

    def is_whole():
        return not done(RITA, "GET", f"timeline?record={lead['id']}")["gaps"]

    wait_until(is_whole, "Tasks answers again")


def test_a_conversion_is_the_first_activity_of_what_it_made(done, lead):
    done(RITA, "POST", f"leads/{lead['id']}:qualify", {"reason": "They have a plan"})
    made = done(RITA, "POST", f"leads/{lead['id']}:convert", {"deal": {"name": "Chargers"}})
    ids = [lead["id"], made["account_id"], made["contact_id"], made["deal_id"]]

    def is_logged():
        filter = urllib.parse.quote(f'"{made["deal_id"]}" in related')
        return len(done(RITA, "GET", f"activities?filter={filter}")["activities"]) == 1

    wait_until(is_logged, "the conversion is logged")
    for record in ids:
        entries = done(RITA, "GET", f"timeline?record={record}&kinds=system&page_size=100")["entries"]
        assert "Converted from lead" in [entry["text"] for entry in entries], record


def test_work_on_a_deal_puts_off_its_rotting_and_makes_its_account_healthier(done, call):
    account = done(RITA, "POST", "accounts", {"name": uuid.uuid4().hex})
    deal = done(RITA, "POST", "deals", {"name": "Machines", "account_id": account["id"]})
    hello = done(RITA, "POST", "activities", {"type": "call", "subject": "Hello", "related": [deal["id"]]})
    worked = done(RITA, "GET", f"deals/{deal['id']}")
    assert moment(worked["last_activity_time"]) == moment(hello["time"]) and worked["etag"] == deal["etag"]
    assert moment(worked["rot_time"]) > moment(deal["rot_time"])

    def is_active():
        known = done(RITA, "GET", f"accounts/{account['id']}")
        return known["active_in_30_days"] and known["health_score"] == 65

    wait_until(is_active, "the account knows")
    # The manager moves it, and its owner is told.
    done(OWNER, "POST", f"deals/{deal['id']}:move", {"stage": "qualified"})
    moved = told(call, RITA, deal["id"])
    assert moved["kind"] == "deal_stage_changed" and "Qualified" in moved["message"]


def test_a_move_is_told_with_the_present_names_of_the_stages(done, call, members):
    pipeline = done(OWNER, "POST", "pipelines", {"display_name": uuid.uuid4().hex, "stages": [
        {"display_name": "Quote sent"}, {"display_name": "Agreed"}, {"display_name": "Won", "kind": "won"},
        {"display_name": "Lost", "kind": "lost"}]})
    stages = [
        {**stage, "display_name": "Handshake!"} if stage["key"] == "agreed" else stage for stage in pipeline["stages"]]
    done(OWNER, "POST", f"pipelines/{pipeline['id']}:changeStages", {"stages": stages})
    deal = done(OWNER, "POST", "deals", {
        "name": "Ovens", "owner_id": members[RITA], "pipeline_id": pipeline["id"]})
    done(OWNER, "POST", f"deals/{deal['id']}:move", {"stage": "agreed"})
    assert told(call, RITA, deal["id"])["message"] == "From Quote sent to Handshake!"


def test_what_is_muted_is_told_no_more(done, call, members):
    mute = done(RON, "POST", "mutes", {"kind": "lead_assigned"})

    def give():
        name = uuid.uuid4().hex
        return done(OWNER, "POST", "leads", {
            "last_name": name, "email": f"{name}@example.com", "owner_id": members[RON]})

    quiet = give()
    done(RON, "DELETE", f"mutes/{mute['id']}")
    told(call, RON, give()["id"])
    assert quiet["id"] not in [each.get("record") for each in listed(done, RON)]


def test_a_meeting_is_told_once_before_it_begins_whatever_dies(mesh, done, call, members):
    start = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=2)
    meeting = done(RITA, "POST", "activities", {
        "type": "meeting", "subject": "Demo", "time": start.isoformat().replace("+00:00", "Z"),
        "place": "Their office", "attendee_ids": [members[RON]], "reminder_minutes": 60})
    assert meeting["state"] == "scheduled" and not meeting.get("contact_time")
    try:
        mesh.set_clock(2 * DAY - 1800)
        mesh.kill("engage")
        for who in (RITA, RON):
            assert told(call, who, meeting["id"])["kind"] == "meeting_reminder"
        mesh.kill("engage")
        assert told(call, RITA, meeting["id"])["kind"] == "meeting_reminder", "once"
    finally:
        mesh.set_clock(0)


def test_nobody_is_told_what_they_may_not_read(done, call, lead, members):
    account = done(RITA, "POST", "accounts", {"name": uuid.uuid4().hex})
    deal = done(RITA, "POST", "deals", {"name": "Secret", "account_id": account["id"]})
    note = done(RITA, "POST", "activities", {"type": "note", "text": "Secret", "related": [deal["id"]]})
    assert call(RON, "GET", f"activities/{note['id']}")[0] == 404
    assert call(RON, "GET", f"timeline?record={deal['id']}")[0] == 404
    for query, field in (
            ("", "record"),
            (f"record={deal['id']}&start_time=2026-01-02T00:00:00Z&end_time=2026-01-01T00:00:00Z", "end_time")):
        status, problem = call(RITA, "GET", f"timeline?{query}")
        assert status == 400 and fields(problem) == [field], problem
    own = done(RON, "POST", "activities", {"type": "note", "text": "Own"})
    for method, path, body in (
            ("POST", "activities", {"type": "call", "related": [lead["id"], deal["id"]]}),
            ("PATCH", f"activities/{own['id']}", {"related": [lead["id"], deal["id"]]})):
        status, problem = call(RON, method, path, body)
        assert status == 400 and fields(problem) == ["related[1]"], problem
    filter = urllib.parse.quote(f'"{deal["id"]}" in related')
    assert done(RON, "GET", f"activities?filter={filter}")["activities"] == []
    assert done(RITA, "GET", f"activities?filter={filter}")["activities"] != []
    # Ron is told of a deal that becomes his, and no more once it is not.
    done(OWNER, "PATCH", f"deals/{deal['id']}", {"owner_id": members[RON]})
    done(OWNER, "POST", f"deals/{deal['id']}:move", {"stage": "demo"})
    told(call, RON, deal["id"])
    done(OWNER, "PATCH", f"deals/{deal['id']}", {"owner_id": members[RITA]})
    assert deal["id"] not in [each.get("record") for each in listed(done, RON)]
