#!/usr/bin/env python3
"""How long a tenant waits beside one that sends fifty times as much.

    fairness.py [SECONDS [ROUNDS]]

Two members, one in each of two tenants, create a lead and list 50 leads ten times a second by REST, for
SECONDS (20): first the one alone, then beside the other, whose load is fifty times that, from as many
connections; ROUNDS (3) times in turns. Prints the p99 of both, and the median of their ratios, which must not
be above 3: else it ends with 1. On PostgreSQL with LEADMESH_TEST_DATABASE=postgres, by the Python of Tests/venv.sh.
"""

import http.client
import json
import multiprocessing
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from measure import EMAIL, PASSWORD, median, start

RATE, TIMES, BOUND = 10, 50, 3
# Processes, each of some threads, so that the load itself does not wait for a turn.
PROCESSES = 2
WHAT = ("create", "list of 50")


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    mesh, token = start()
    try:
        mesh.create_tenant("busy", EMAIL, PASSWORD)
        busy = mesh.login("busy", EMAIL, PASSWORD)
        work(mesh.port, "bench", token, 2)
        ratios = {what: [] for what in WHAT}
        for _ in range(rounds):
            alone = work(mesh.port, "bench", token, seconds)
            beside, sent = beside_others(mesh.port, token, busy, seconds)
            for what in WHAT:
                before, after = p99(alone[what]), p99(beside[what])
                ratios[what].append(after / before)
                print(f"{what}: p99 {before:.1f} ms alone, {after:.1f} ms beside {sent / seconds:.0f}/s of "
                      f"another tenant", flush=True)
    finally:
        mesh.stop()
    for what in WHAT:
        print(f"{what}: {median(ratios[what]):.2f} x (at most {BOUND})")
    sys.exit(any(median(each) > BOUND for each in ratios.values()))


def beside_others(port, token, busy, seconds):
    """The times of the one tenant, and how many requests the other made meanwhile."""
    sent = multiprocessing.Queue()
    others = [
        multiprocessing.Process(target=flood, args=(port, busy, seconds + 1, TIMES // PROCESSES, sent))
        for _ in range(PROCESSES)
    ]
    for each in others:
        each.start()
    time.sleep(0.5)
    times = work(port, "bench", token, seconds)
    count = sum(sent.get() for _ in others)
    for each in others:
        each.join()
    return times, count


def flood(port, token, seconds, connections, sent):
    with ThreadPoolExecutor(connections) as pool:
        jobs = [pool.submit(work, port, "busy", token, seconds, number / connections / RATE)
                for number in range(connections)]
        sent.put(sum(len(times) for job in jobs for times in job.result().values()))


def work(port, tenant, token, seconds, after=0.0):
    """Creates and lists at the rate, as long as that takes; how many milliseconds each request took."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": f"{tenant}.localhost", "Authorization": f"Bearer {token}",
               "Content-Type": "application/json"}
    times = {what: [] for what in WHAT}
    begin = time.monotonic() + after
    for number in range(int(seconds * RATE)):
        time.sleep(max(0, begin + number / RATE - time.monotonic()))
        lead = json.dumps({"last_name": "Fair", "email": f"f{time.monotonic_ns()}@{tenant}.example"})
        for what, request in (
            ("create", ("POST", "/api/v1/leads", lead)),
            ("list of 50", ("GET", "/api/v1/leads?page_size=50", None)),
        ):
            asked = time.monotonic()
            connection.request(*request, headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200:
                sys.exit(f"{what}: {answer.status} {text[:300]}")
            times[what].append((time.monotonic() - asked) * 1e3)
    return times


def p99(times):
    return sorted(times)[int(len(times) * 0.99)]


if __name__ == "__main__":
    main()
