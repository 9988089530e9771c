#!/usr/bin/env python3
"""Lists of a tenant with many tasks, at the service: what a member has to do, their team's, all, and a board.

    tasks.py [ROWS [REQUESTS [ENGINE...]]]

Fills a mesh on each ENGINE (sqlite) with ROWS (1,000,000) tasks of a hundredth as many members, each of whom does 100:
9 of 20 are completed, 2 overdue, 2 due within a day, 6 later, one without a date. Rules make them for imported leads.
Once all services have heard of that, one client sends REQUESTS (500) of each kind by gRPC on the service's socket, in
three interleaved rounds, with the fields and pages of 50 that the screens ask for: as a rep, as the manager of a team
of 20 reps, and as the owner, who sees every task. Prints p50 / p99 in milliseconds beside the bound of p99; the
client's own time is in them: a get of one task tells how much it is at most. Needs the Python packages of the tests:
.build/venv/bin/python tasks.py.
"""

import datetime
import itertools
import sys
import time
import urllib.parse

from calls import mask, message, report
from engines import meshes
from measure import EMAIL, caller
from tenants import (
    RULES, add_members, change_tasks, count_tasks, import_leads, make_tasks, settle, wait_until)

EACH, TEAM, DAY = 100, 20, 1_440
# When the tasks of each rule are due, in minutes; None for never. The first ones are completed.
DONE = [3 * DAY] * 9
DUE = DONE + [0, 0, 600, 1_200, 2 * DAY, 3 * DAY, 5 * DAY, 10 * DAY, 20 * DAY, 60 * DAY, None]
PRIORITIES = ["low", "medium", "high", "urgent"]
# What p99 must not exceed, in milliseconds.
BOUNDS = {"my tasks": 5, "list": 5, "board": 5, "calendar": 5}
SERVICE = "/leadmesh.tasks.v1.TasksService/"
# Of a row of the list screen.
FIELDS = mask(
    "title", "closed", "recurrence.rule", "recurrence.next_on", "related", "due_time", "priority", "status",
    "assignee_ids", "project_id", "category", "owner_id")


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    requests = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    engines = sys.argv[3:] or ["sqlite"]
    with meshes(engines, ["bench"]) as found:
        people = {engine: fill(engine, mesh, rows) for engine, mesh in found.items()}
        for engine, mesh in found.items():
            report(engine, mesh, "tasks", requests, people[engine], BOUNDS)


def fill(engine, mesh, rows):
    """Makes members, leads and tasks; what each person asks for."""
    began, call = time.monotonic(), caller(mesh)
    reps = add_members(call, rows // EACH)
    [(manager, manager_id)] = add_members(call, 1, "manager")
    call("POST", "teams", {
        "name": "Sales", "manager_id": manager_id, "member_ids": [id for _, id in reps[:TEAM]]})
    settle(mesh)
    print(f"{engine}: {len(reps):,} members in {time.monotonic() - began:.0f} s", flush=True)
    began, leads = time.monotonic(), rows // RULES
    import_leads(mesh, leads)
    rules = make_tasks(call, leads, [
        {"title": f"Step {number}", "priority": PRIORITIES[number % 4]} | ({} if due is None else {"due_minutes": due})
        for number, due in enumerate(DUE)])
    for rule in rules[:len(DONE)]:
        change_tasks(call, rule, status="completed")
    wait_until(lambda: count_tasks(call, "overdue") == leads * DUE.count(0), "what is late is overdue")
    settle(mesh)
    print(f"{engine}: {leads * RULES:,} tasks in {time.monotonic() - began:.0f} s", flush=True)
    task = call("GET", "tasks?filter=" + urllib.parse.quote(f'"{reps[0][1]}" in assignee_ids'))["tasks"][0]["id"]
    return {
        "rep": (reps[0][0], own(reps[0][1]) | lists(task)),
        "manager of 20": (manager, lists(task)),
        "owner": (EMAIL, lists(task)),
    }


def asked(filter, order="due_time", size=50):
    return SERVICE + "ListTasks", itertools.repeat(message((1, filter), (3, order), (4, size), (6, FIELDS)))


def own(member):
    """What the screen My tasks asks for."""
    mine = f'"{member}" in assignee_ids'
    now = datetime.datetime.now(datetime.timezone.utc)
    tomorrow, later = (f"timestamp('{now + datetime.timedelta(days):%Y-%m-%dT00:00:00Z}')" for days in (1, 8))
    open = f"{mine} && !closed && !overdue"
    return {
        "my tasks, open": asked(f"{mine} && !closed"),
        "my tasks, overdue": asked(f"{mine} && overdue"),
        "my tasks, today": asked(f"{open} && due_time < {tomorrow}"),
        "my tasks, soon": asked(f"{open} && due_time >= {tomorrow} && due_time < {later}"),
        "my tasks, later": asked(f"{open} && due_time >= {later}"),
        "my tasks, undated": asked(f"{open} && due_time == null", "create_time desc"),
    }


def lists(task):
    """Lists of all tasks that somebody may read."""
    now = datetime.datetime.now(datetime.timezone.utc)
    start, end = (f"timestamp('{now + datetime.timedelta(days):%Y-%m-%dT00:00:00Z}')" for days in (2, 9))
    return {
        "get": (SERVICE + "GetTask", itertools.repeat(message((1, task)))),
        "list, open": asked("!closed"),
        "list, overdue": asked("overdue"),
        "list, open by priority": asked("!closed", "priority_rank desc"),
        "board, column to do": asked('status == "todo"'),
        "board, column completed": asked('status == "completed"'),
        "calendar, a week": asked(f"!closed && due_time >= {start} && due_time < {end}"),
    }


main()
