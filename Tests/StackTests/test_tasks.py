"""From a task to its end, over REST: who is told of it and when, what waits for what, and tasks of rules."""

import datetime
import uuid
from urllib.parse import quote

import pytest

from conftest import OWNER, known
from load import wait_until
from mesh import PASSWORD

RITA, RON = "rep1@stack.example", "rep2@stack.example"
HOUR, DAY = 3600, 86_400


@pytest.fixture(scope="module")
def call(mesh):
    """One REST call as a member; the status and the answer. `pass_time` moves the mesh's clock."""
    tokens, clock = {}, [0]

    def send(who, method, path, body=None, **headers):
        if who not in tokens:
            tokens[who] = mesh.login("stack", who, PASSWORD)
        status, _, answer = mesh.request(
            method, f"/api/v1/{path}", host="stack.localhost", body=body, token=tokens[who], headers=headers)
        return status, answer

    def pass_time(seconds):
        clock[0] += seconds
        mesh.set_clock(clock[0])
        # A token is good for a quarter of an hour.
        tokens.clear()

    def moment(seconds=0):
        """A time from now on, by the mesh's clock."""
        now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=clock[0] + seconds)
        return now.strftime("%Y-%m-%dT%H:%M:%SZ")

    send.pass_time, send.moment = pass_time, moment
    return send


@pytest.fixture(scope="module")
def members(call):
    """The ids of the two reps, by their addresses."""
    status, answer = call(OWNER, "GET", "members?page_size=100")
    assert status == 200, answer
    return {member["email"]: member["id"] for member in answer["members"]}


def fields(problem):
    return [error["field"] for error in problem["errors"]]


def made(call, who, path, body):
    status, answer = call(who, "POST", path, body)
    assert status == 200, answer
    return answer


def task(call, who, title, **values):
    return made(call, who, "tasks", {"title": title, **values})


def found(call, who, condition):
    status, answer = call(who, "GET", f"tasks?page_size=100&order_by=due_time&filter={quote(condition)}")
    assert status == 200, answer
    return answer["tasks"]


def actions(call, who, record):
    status, answer = call(who, "GET", f"tasks/{record['id']}/history")
    assert status == 200, answer
    return [entry["action"] for entry in reversed(answer["entries"])]


def test_a_task_about_a_lead_is_done(call, members):
    lead = made(call, RITA, "leads", {"last_name": uuid.uuid4().hex, "email": f"{uuid.uuid4().hex}@example.com"})
    deal = made(call, RITA, "deals", {"name": "Ovens"})
    status, problem = call(RON, "POST", "tasks", {"title": "Spy", "related": [deal["id"]]})
    assert status == 400 and fields(problem) == ["related[0]"], problem
    first = task(
        call, RITA, "Call", related=[lead["id"]], assignee_ids=[members[RITA]], category="call",
        due_time=call.moment(HOUR), checklist=[{"text": "Dial"}], tags=["hot"])
    assert (first["status"], first["priority"]) == ("todo", "medium"), first
    assert first["owner_id"] == members[RITA]
    mine = f'"{members[RITA]}" in assignee_ids && !closed'
    assert first["id"] in [each["id"] for each in found(call, RITA, mine)]
    assert [each["id"] for each in found(call, RITA, f'"{lead["id"]}" in related')] == [first["id"]]
    assert call(RON, "GET", f"tasks/{first['id']}")[0] == 404
    running = made(call, RITA, f"tasks/{first['id']}:startTimer", {})
    other = task(call, RITA, "Other")
    for each in (first, other):
        status, problem = call(RITA, "POST", f"tasks/{each['id']}:startTimer", {})
        assert status == 409 and fields(problem) == ["id"] and first["id"] in str(problem), problem
    stopped = made(call, RITA, f"tasks/{first['id']}:stopTimer", {"note": "Called"})
    assert stopped["id"] == running["id"] and stopped["end_time"], stopped
    done = made(call, RITA, f"tasks/{first['id']}:complete", {})
    assert done["status"] == "completed" and done["complete_time"], done
    assert actions(call, RITA, first)[-1] == "complete"


@pytest.mark.parametrize("body, field", [
    ({"title": ""}, "title"), ({"status": "done"}, "status"), ({"category": "golf"}, "category"),
    ({"start_time": "2026-02-02T00:00:00Z", "due_time": "2026-02-01T00:00:00Z"}, "due_time"),
    ({"due_time": "2026-02-01T00:00:00Z", "recurrence": {"rule": "FREQ=DAILY;INTERVAL=0"}}, "recurrence.rule"),
    ({"due_time": "2026-02-01T00:00:00Z", "recurrence": {"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}},
     "recurrence.rule"),
    ({"due_time": "2026-02-01T00:00:00Z", "recurrence": {"rule": "FREQ=DAILY;UNTIL=20260131T000000Z"}},
     "recurrence.rule"),
    ({"due_time": "2026-02-01T00:00:00Z", "recurrence": {"rule": "FREQ=DAILY;COUNT=0"}}, "recurrence.rule"),
    ({"due_time": "2026-02-01T00:00:00Z", "recurrence": {"rule": "FREQ=SECONDLY"}}, "recurrence.rule"),
    ({"recurrence": {"rule": "FREQ=DAILY"}}, "due_time"),
    ({"related": [f"lead_{number:026d}" for number in range(10_000)]}, "related"),
    ({"related": ["lead_01h455vb4pex5vsknk084sn02q"]}, "related[0]"),
    ({"related": ["nonsense"]}, "related[0]"),
    ({"assignee_ids": ["member_01h455vb4pex5vsknk084sn02q"]}, "assignee_ids[0]"),
])
def test_bad_input_names_the_field(call, body, field):
    status, problem = call(RITA, "POST", "tasks", {"title": "Odd", **body})
    assert status == 400 and fields(problem) == [field], problem


def test_bad_input_names_the_field_of_a_task_that_is_there(call):
    there = task(call, RITA, "There", start_time="2026-02-02T00:00:00Z")
    for body, field in (
            ({"due_time": "2026-02-01T00:00:00Z"}, "due_time"),
            ({"recurrence": {"rule": "FREQ=DAILY"}}, "due_time"),
            ({"related": [f"lead_{number:026d}" for number in range(10_000)]}, "related")):
        status, problem = call(RITA, "PATCH", f"tasks/{there['id']}", body)
        assert status == 400 and fields(problem) == [field], problem
    foreign = task(call, RON, "Ron's")
    for body, field in (({"parent_id": foreign["id"]}, "parent_id"), ({"related": [foreign["id"]]}, "related[0]")):
        status, problem = call(RITA, "PATCH", f"tasks/{there['id']}", body)
        assert status == 400 and fields(problem) == [field], problem


def test_a_series_goes_on_once(call):
    first = task(
        call, RITA, "Report", due_time="2026-03-27T08:00:00Z", due_time_zone="Europe/Berlin",
        recurrence={"rule": "FREQ=DAILY;INTERVAL=2", "next_on": "completion"})
    for _ in range(2):
        done = made(call, RITA, f"tasks/{first['id']}:complete", {})
    instances = found(call, RITA, f'series_id == "{first["id"]}"')
    assert [each["due_time"] for each in instances] == ["2026-03-27T08:00:00Z", "2026-03-29T07:00:00Z"]
    assert done["next_id"] == instances[1]["id"]
    skipped = made(call, RITA, f"tasks/{instances[1]['id']}:skip", {})
    assert skipped["status"] == "cancelled" and skipped["next_id"], skipped
    split = made(call, RITA, f"tasks/{skipped['next_id']}:split", {"recurrence": {"rule": "FREQ=WEEKLY"}})
    assert split["series_id"] == split["id"] and split["series_time"] == "2026-03-31T07:00:00Z", split
    status, preview = call(RITA, "GET", "tasks:previewRecurrence?rule=FREQ%3DWEEKLY&count=2"
                           f"&time_zone=Europe/Berlin&start_time={split['due_time']}")
    assert status == 200 and preview["times"] == ["2026-04-07T07:00:00Z", "2026-04-14T07:00:00Z"], preview


def test_dependencies_hold_up_and_never_close_a_circle(call):
    tasks = [task(call, RITA, title) for title in ("a", "b", "c")]
    for first, last in ((0, 1), (1, 2)):
        made(call, RITA, "task-dependencies", {
            "predecessor_id": tasks[first]["id"], "successor_id": tasks[last]["id"], "type": "finish_to_start"})
    status, problem = call(RITA, "POST", "task-dependencies", {
        "predecessor_id": tasks[2]["id"], "successor_id": tasks[0]["id"], "type": "finish_to_start"})
    way = " -> ".join(tasks[index]["id"] for index in (2, 0, 1, 2))
    assert status == 400 and fields(problem) == ["successor_id"] and way in str(problem), problem
    status, problem = call(RITA, "POST", f"tasks/{tasks[1]['id']}:complete", {})
    assert status == 400 and fields(problem) == ["status"], problem
    for each in tasks:
        made(call, RITA, f"tasks/{each['id']}:complete", {})


def test_many_are_completed_at_once_and_opened_again(call):
    ids = [task(call, RITA, "Many")["id"] for _ in range(3)]
    operation = made(call, RITA, "tasks:batchUpdate", {
        "ids": ids, "task": {"status": "completed"}, "update_mask": "status"})

    def states():
        return {call(RITA, "GET", f"tasks/{each}")[1]["status"] for each in ids}

    wait_until(lambda: states() == {"completed"}, "all are completed")
    wait_until(
        lambda: call(RITA, "POST", f"operations/{operation['id']}:undo", {})[0] == 200, "the operation has ended")
    wait_until(lambda: states() == {"todo"}, "all are open again")


def test_the_rep_and_then_the_manager_are_told_once(call, members):
    mara = f"{uuid.uuid4().hex}@stack.example"
    manager = made(call, OWNER, "members", {
        "member": {"email": mara, "display_name": "Mara", "role": "manager"}, "password": PASSWORD})
    made(call, OWNER, "teams", {
        "name": uuid.uuid4().hex, "manager_id": manager["id"], "member_ids": [members[RITA]]})
    late = task(
        call, OWNER, "Call back", due_time=call.moment(2 * HOUR), assignee_ids=[members[RITA]],
        reminders=[{"minutes": 60}])

    def alert():
        return call(RITA, "GET", f"tasks/{late['id']}")[1].get("alert") or {}

    call.pass_time(HOUR + 60)
    wait_until(lambda: alert().get("kind") == "reminder", "the reminder")
    assert alert()["member_ids"] == [members[RITA]] and alert()["minutes"] == 60
    call.pass_time(HOUR)
    wait_until(lambda: alert().get("kind") == "overdue", "the alert")
    assert late["id"] in [each["id"] for each in found(call, mara, "overdue")]
    call.pass_time(DAY)
    wait_until(lambda: alert().get("kind") == "escalation", "the manager's alert")
    assert alert()["member_ids"] == [manager["id"]] and not alert()["late"]
    call.pass_time(DAY)
    assert actions(call, RITA, late) == ["create", "reminded", "overdue", "escalated"]


def test_a_rule_makes_the_task_of_a_lead_that_nobody_calls(call, members):
    name = uuid.uuid4().hex
    rule = made(call, OWNER, "task-rules", {
        "display_name": name, "event": "lead_changed", "title": "Call now", "due_minutes": 60,
        "condition": f'last_name == "{name}" && do_not_call == false', "wait_minutes": 240})
    leads = [
        made(call, OWNER, "leads", {
            "last_name": name, "email": f"{uuid.uuid4().hex}@example.com", "owner_id": members[RITA]})
        for _ in range(2)
    ]

    def waiting():
        status, answer = call(OWNER, "GET", f"tasks:automationStats?rule_ids={rule['id']}")
        assert status == 200, answer
        return answer["rules"][0]["created"]

    def about(lead):
        return [each["title"] for each in found(call, OWNER, f'"{lead["id"]}" in related')]

    call.pass_time(2 * HOUR)
    status, changed = call(OWNER, "PATCH", f"leads/{leads[0]['id']}", {"do_not_call": True})
    assert status == 200, changed
    call.pass_time(2 * HOUR + 60)
    wait_until(lambda: about(leads[1]) == ["Call now"], "the task of the rule")
    assert about(leads[0]) == [] and waiting() == "1"
    status, answer = call(OWNER, "POST", "tasks:autoCreateForLeads", {
        "filter": f'last_name == "{name}"', "rule_ids": [rule["id"]]})
    assert status == 200 and answer == {"created": 0, "skipped": 2}, answer
    assert known(lambda: found(call, RITA, f'rule_id == "{rule["id"]}"')[0]["assignee_ids"] == [members[RITA]])
