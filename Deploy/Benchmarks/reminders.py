#!/usr/bin/env python3
"""How soon reminders that are due at one moment are told.

    reminders.py [REMINDERS [ENGINE...]]

Fills a mesh on each ENGINE (sqlite) with REMINDERS (100,000) tasks, of which each rep does 200, and has all be reminded
of at one moment, when nothing else is done. Prints how long after it the first and the last reminder are in the change
log of the service of tasks, at most 60 s, and when Engage has told the last; of many that a member is told within a
minute, it counts what follows in the last notification. Ends with 1 where that took longer.
"""

import datetime
import sys
import time

from engines import meshes, rows
from measure import caller
from tenants import RULES, add_members, change_tasks, import_leads, make_tasks, settle, wait_until

EACH, BOUND = 200, 60


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with meshes(sys.argv[2:] or ["sqlite"], ["bench"]) as found:
        late = [remind(engine, mesh, count) > BOUND for engine, mesh in found.items()]
    sys.exit(any(late))


def remind(engine, mesh, count):
    """The seconds from the moment to the last reminder."""
    call, leads = caller(mesh), count // RULES
    add_members(call, max(1, count // EACH))
    settle(mesh)
    import_leads(mesh, leads)
    rules = make_tasks(call, leads, [{"title": f"Step {number}"} for number in range(RULES)])
    began = time.time()
    set_reminders(mesh, call, rules[:1], began + 86_400)
    # All take three times as long at the most.
    moment = int(time.time() + 30 + (time.time() - began) * RULES * 3)
    set_reminders(mesh, call, rules, moment)
    if time.time() > moment:
        sys.exit("the tasks were not ready for the moment")
    count = leads * RULES
    waiting = f"SELECT 1 FROM mesh_timers WHERE status = 1 AND wake_time <= {moment * 1_000_000} LIMIT 1"
    wait_until(lambda: time.time() > moment and not rows(mesh, "tasks", waiting), "all are reminded of")
    settle(mesh)
    [reminded] = rows(
        mesh, "tasks", "SELECT count(*), min(time), max(time) FROM mesh_changes WHERE action = 'reminded'")
    [told] = rows(
        mesh, "engage", "SELECT sum(count), max(update_time) FROM notifications WHERE kind = 'task_reminder'")
    if (int(reminded[0]), int(told[0])) != (count, count):
        sys.exit(f"{reminded[0]} reminders, {told[0]} told, of {count}")
    first, last, end = (int(each) / 1e6 - moment for each in (*reminded[1:], told[1]))
    print(f"{engine}, {count:,} reminders due at one moment: the first after {first:.1f} s, the last after "
          f"{last:.1f} s (at most {BOUND}), told by Engage after {end:.1f} s", flush=True)
    return last


def set_reminders(mesh, call, rules, moment):
    """Has the tasks of rules be reminded of at a moment."""
    due = datetime.datetime.fromtimestamp(moment + 3_600, datetime.timezone.utc)
    for rule in rules:
        change_tasks(call, rule, due_time=f"{due:%Y-%m-%dT%H:%M:%SZ}", reminders=[{"minutes": 60}])
    settle(mesh)


main()
