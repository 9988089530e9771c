"""Fills the tenant `bench` by the fastest ways that services have: leads by import, their tasks by rules."""

import concurrent.futures
import csv
import json
import sys
import time
import urllib.parse

from measure import EMAIL, PASSWORD, folder, run_import

# Tasks that a rule has for each lead of a call, and that a call makes.
RULES, TOGETHER = 20, 1_000
PART = TOGETHER // RULES
# Requests at the same time.
CLIENTS = 8
LONGEST_SECONDS = 7_200


def wait_until(holds, what):
    """Asks again and again until something holds, for as long as a million changes may take."""
    end = time.monotonic() + LONGEST_SECONDS
    while not holds():
        if time.monotonic() > end:
            sys.exit(f"{what}: not within {LONGEST_SECONDS} s")
        time.sleep(0.2)


def in_parallel(work, things):
    """What a function gives for each of some things, in their order."""
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(work, things))


def add_members(call, count, role="rep"):
    """Adds members of a role: the address and id of each. Every password takes tens of milliseconds of a core."""
    def add(number):
        email = f"{role}{number}@bench.example"
        member = {"email": email, "display_name": f"{role.title()} {number}", "role": role}
        return email, call("POST", "members", {"member": member, "password": PASSWORD})["id"]

    return in_parallel(add, range(count))


def settle(mesh):
    """Waits until every service knows of all changes."""
    def is_settled():
        services = json.loads(mesh.command("status", "--json"))["services"]
        return not any(each["changes_behind"] for one in services for each in one["subscriptions"])

    wait_until(is_settled, "services hear of changes")


def import_leads(mesh, count):
    """Imports leads, which the reps get in turn; each has the number of its part as its campaign."""
    path = folder() / "leads.csv"
    with path.open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow(["External Id", "Last Name", "Email", "Campaign"])
        table.writerows(
            [f"l{number}", f"Lead {number}", f"lead{number}@leads.example", f"part{number // PART}"]
            for number in range(count))
    report, _ = run_import(mesh, path)
    path.unlink()
    if report["created"] != count:
        sys.exit(f"{report['created']} of {count} leads were made")
    # Rules that are made now look at none of these changes.
    settle(mesh)


def make_tasks(call, leads, rules):
    """Has each of RULES rules make a task for each lead, whose owner does it; the rules' ids."""
    ids = [
        call("POST", "task-rules", {"display_name": f"Rule {number}", "event": "lead_created", **rule})["id"]
        for number, rule in enumerate(rules)]
    assert len(ids) == RULES
    made = 0
    for part in range(-(-leads // PART)):
        made += call("POST", "tasks:autoCreateForLeads", {
            "filter": f'campaign == "part{part}"', "rule_ids": ids})["created"]
    if made != leads * RULES:
        sys.exit(f"{made} tasks were made")
    return ids


def change_tasks(call, rule, **values):
    """Changes all tasks that a rule has made."""
    operation = call("POST", "tasks:batchUpdate", {
        "filter": f'rule_id == "{rule}"', "task": values, "update_mask": ",".join(values)})
    path = f"operations/{operation['id']}"
    wait_until(lambda: call("GET", path).get("end_time"), "tasks are changed")
    failed = call("GET", path)["failed"]
    if int(failed):
        sys.exit(f"{failed} tasks were not changed")


def count_tasks(call, condition):
    """How many tasks meet a condition."""
    groups = call("GET", f"tasks:aggregate?filter={urllib.parse.quote(condition)}")["groups"]
    return sum(int(group["count"]) for group in groups)
