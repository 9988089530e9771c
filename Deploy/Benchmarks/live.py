#!/usr/bin/env python3
"""How soon a change is on the sockets of others, and what it tells somebody.

    live.py [VIEWERS [CHANGES]]

VIEWERS (50) members, each with a stream of events, hear of CHANGES (600) changes that another process
makes, 30 a second, by REST. Prints the time from the answer to the change (which comes after its commit) and
from its request until the event is on each viewer's socket, over all changes and viewers: an event may come
before the answer, which counts as 0. Then the same of the notification that each member gets who is given a lead,
CHANGES of them in turn, at most 300 ms of 99 in 100. Then the first again while a file of 20,000 leads is imported into
another tenant, and what processor time the gateway and the service took.
"""

import functools
import http.client
import json
import multiprocessing
import re
import selectors
import socket
import sys
import threading
import time

from measure import EMAIL, PASSWORD, children, cpu, leads_file, run_import, start
from tenants import settle

HOST = "bench.localhost"
EVENT = re.compile(rb'"id":"(lead_\w+)","etag":"(\w+)"')
NOTICE = re.compile(rb'"id":"notification_\w+","action":"create"')
RATE = 30


def main():
    viewers = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    changes = int(sys.argv[2]) if len(sys.argv) > 2 else 600
    mesh, token = start()
    try:
        ids, tokens = zip(*(member(mesh, token, number) for number in range(viewers)))
        pids = children(mesh.pid)
        before = {name: cpu(pid) for name, pid in pids.items()}
        report(f"{viewers} viewers", *run(mesh.port, token, tokens, changes), viewers * changes)
        for name in ("leadmesh-gateway", "leadmesh-leads"):
            took = cpu(pids[name]) - before[name]
            print(f"{name}: {took / changes * 1e6:.0f} us a change, the change itself included")
        settle(mesh)
        # Leads are handed out in turn: of more than 20 unread notices, one further stands for the rest.
        for each in tokens:
            mesh.request("POST", "/api/v1/notifications:readAll", host=HOST, token=each, body={})
        report("notifications, p99 at most 300 ms", *run_notices(mesh.port, token, tokens, ids, changes), changes)
        mesh.create_tenant("other", EMAIL, PASSWORD)
        done = threading.Event()

        def imports():
            run_import(mesh, leads_file(20_000), "other")
            done.set()

        threading.Thread(target=imports).start()
        report("while another tenant imports", *run(mesh.port, token, tokens, changes // 4),
               viewers * (changes // 4))
        done.wait()
    finally:
        mesh.stop()


def member(mesh, token, number):
    email = f"viewer{number}@bench.example"
    status, _, answer = mesh.request(
        "POST", "/api/v1/members", host=HOST, token=token,
        body={"member": {"email": email, "display_name": "Viewer", "role": "rep"},
              "password": PASSWORD})
    assert status == 200, answer
    return answer["id"], mesh.login("bench", email, PASSWORD)


def run(port, token, tokens, changes):
    """When each change was sent and answered, and when its events came."""
    sent, found = follow(port, tokens, EVENT, changes * len(tokens), changes, functools.partial(write, port, token))
    return sent, [(match.groups(), now) for _, match, now in found]


def run_notices(port, token, tokens, ids, changes):
    """The same of the notifications of those who are given a lead: each hears of theirs in their order."""
    sent, found = follow(port, tokens, NOTICE, changes, changes, functools.partial(give, port, token, ids))
    events, heard = [], [0] * len(tokens)
    for viewer, _, now in found:
        events.append(((viewer, heard[viewer]), now))
        heard[viewer] += 1
    return sent, events


def follow(port, tokens, pattern, wanted, changes, work):
    """What another process sends, and what matches on which viewer's stream meanwhile and when."""
    selector = selectors.DefaultSelector()
    for viewer, each in enumerate(tokens):
        stream = socket.create_connection(("127.0.0.1", port))
        stream.sendall((f"GET /api/v1/events HTTP/1.1\r\nHost: {HOST}\r\n"
                        f"Authorization: Bearer {each}\r\n\r\n").encode())
        while b"event: hello" not in stream.recv(1 << 16):
            pass
        selector.register(stream, selectors.EVENT_READ, viewer)
    results, far = multiprocessing.Pipe()
    writer = multiprocessing.Process(target=work, args=(changes, far))
    writer.start()
    found, limit = [], time.monotonic() + 60 + changes / RATE
    while len(found) < wanted and time.monotonic() < limit:
        for key, _ in selector.select(1):
            data, now = key.fileobj.recv(1 << 20), time.monotonic()
            found += [(key.data, match, now) for match in pattern.finditer(data)]
    sent = results.recv()
    writer.join()
    for key in list(selector.get_map().values()):
        key.fileobj.close()
    return sent, found


def write(port, token, changes, results):
    """Makes leads at the rate."""
    send, sent = sender(port, token), {}
    for number in paced(changes):
        lead, *times = send("POST", "/api/v1/leads", {
            "last_name": "Live", "email": f"live{time.monotonic_ns()}@live.example"})
        sent[lead["id"].encode(), lead["etag"].encode()] = times
    results.send(sent)


def give(port, token, ids, changes, results):
    """Gives a lead to each viewer in turn, at the rate."""
    send, sent = sender(port, token), {}
    session, *_ = send("GET", "/api/v1/auth:session")
    lead, *_ = send("POST", "/api/v1/leads", {
        "last_name": "Given", "email": "given@live.example", "owner_id": session["member"]["id"]})
    for number in paced(changes):
        viewer = number % len(ids)
        _, *times = send("PATCH", f"/api/v1/leads/{lead['id']}", {"owner_id": ids[viewer]})
        sent[viewer, number // len(ids)] = times
    results.send(sent)


def paced(changes):
    """Numbers, at the rate."""
    begin = time.monotonic()
    for number in range(changes):
        time.sleep(max(0, begin + number / RATE - time.monotonic()))
        yield number


def sender(port, token):
    """Sends a request: the answer, and when it was sent and answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Host": HOST, "Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def send(method, path, body=None):
        asked = time.monotonic()
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status == 200, text
        return json.loads(text), asked, time.monotonic()

    return send


def report(what, sent, events, wanted):
    after_answer = sorted(max(0, at - sent[key][1]) for key, at in events if key in sent)
    after_request = sorted(at - sent[key][0] for key, at in events if key in sent)
    if len(after_answer) < wanted:
        sys.exit(f"{what}: {wanted - len(after_answer)} of {wanted} events did not come")
    for name, times in (("answer", after_answer), ("request", after_request)):
        p50, p99 = (times[int(len(times) * part)] * 1e3 for part in (0.5, 0.99))
        print(f"{what}, from the {name} to the event: p50 {p50:.1f} ms, p99 {p99:.1f} ms, "
              f"at most {times[-1] * 1e3:.1f} ms", flush=True)


if __name__ == "__main__":
    main()
