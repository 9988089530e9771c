#!/usr/bin/env python3
"""The timeline of a lead with much to tell, and the notifications of a member with as many as there may be, at Engage.

    engage.py [ENTRIES [REQUESTS [ENGINE...]]]

On each ENGINE (sqlite) a lead gets ENTRIES (10,000): seven tenths are activities, a tenth changes of its fields, and a
fifth tasks that were made and completed. Administrators give a rep a tenth as many leads, 20 each; each lead makes a
notification, as of more than 20 of one person the others are told as one. Then one client sends REQUESTS (300)
of each kind by gRPC on the service's socket, in three interleaved rounds, as the owner and as the rep: pages of 50 of
the timeline from its beginning and from its middle, of notifications, and the count of the unread ones. Leads and Tasks
answer Engage meanwhile. Prints p50 / p99 in milliseconds beside the bound of p99; the client's own time is in them.
Needs the Python packages of the tests: .build/venv/bin/python engage.py.
"""

import itertools
import sys
import time
import urllib.parse

from calls import message, report
from engines import meshes, rows
from measure import EMAIL, caller
from tenants import add_members, in_parallel, settle

# What p99 must not exceed, in milliseconds.
BOUNDS = {"timeline": 20}
SERVICE = "/leadmesh.engage.v1."


def main():
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    requests = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    engines = sys.argv[3:] or ["sqlite"]
    with meshes(engines, ["bench"]) as found:
        people = {engine: fill(engine, mesh, entries) for engine, mesh in found.items()}
        for engine, mesh in found.items():
            report(engine, mesh, "engage", requests, people[engine], BOUNDS)


def fill(engine, mesh, entries):
    """Makes a lead with its entries, and notifications; what each person asks for."""
    began, call = time.monotonic(), caller(mesh)
    [(email, rep)] = add_members(call, 1)
    count = entries // 10
    administrators = add_members(call, -(-count // 20), "admin")
    settle(mesh)
    lead = call("POST", "leads", {"last_name": "Much", "email": "much@leads.example", "owner_id": rep})["id"]
    in_parallel(lambda number: add_entry(call, lead, number), range(entries * 9 // 10))
    print(f"{engine}: {entries:,} entries in {time.monotonic() - began:.0f} s", flush=True)
    began = time.monotonic()
    tell(mesh, [caller(mesh, email=email) for email, _ in administrators], rep, count)
    print(f"{engine}: {count:,} notifications in {time.monotonic() - began:.0f} s", flush=True)
    asked = timeline(call, lead, entries)
    unread = SERVICE + "NotificationsService/"
    return {
        "owner": (EMAIL, asked),
        "rep": (email, asked | {
            "notifications": (unread + "ListNotifications", itertools.repeat(message((3, 50)))),
            "unread ones counted": (unread + "CountUnreadNotifications", itertools.repeat(b"")),
        }),
    }


def add_entry(call, lead, number):
    """One of nine: each has an entry, but for a task, which has two."""
    what = number % 9
    if what < 7:
        call("POST", "activities", {
            "type": ("call", "email", "note")[what % 3], "subject": f"Entry {number}", "text": "As agreed before.",
            "related": [lead]})
    elif what == 7:
        call("PATCH", f"leads/{lead}", {"city": f"City {number}"})
    else:
        task = call("POST", "tasks", {"title": f"Entry {number}", "related": [lead]})["id"]
        call("POST", f"tasks/{task}:complete", {})


def tell(mesh, administrators, rep, count):
    """Has a member be told of so many leads, which the administrators give in turn."""
    for number in range(count):
        administrators[number % len(administrators)]("POST", "leads", {
            "last_name": f"Given {number}", "email": f"given{number}@leads.example", "owner_id": rep})
    settle(mesh)
    [(told,)] = rows(mesh, "engage", "SELECT count(*) FROM notifications WHERE state = 'unread' AND count = 1")
    if int(told) < count:
        sys.exit(f"{told} of {count} notifications were made")


def timeline(call, lead, entries):
    """Pages from the beginning and from the middle, after a look at how much there is."""
    seen, token, middle = 0, "", ""
    while True:
        page = call("GET", f"timeline?record={lead}&page_size=200&page_token={urllib.parse.quote(token)}")
        if page["gaps"]:
            sys.exit(f"the timeline has gaps: {page['gaps']}")
        seen, token = seen + len(page["entries"]), page["next_page_token"]
        if not middle and seen >= entries // 2:
            middle = token
        if not token:
            break
    if seen < entries:
        sys.exit(f"the timeline has {seen} of {entries} entries")
    path = SERVICE + "TimelineService/ListTimeline"
    return {
        "timeline": (path, itertools.repeat(message((1, lead), (2, 50)))),
        "timeline from its middle": (path, itertools.repeat(message((1, lead), (2, 50), (3, middle)))),
    }


main()
