"""Nothing that was acknowledged is lost, and nothing is double, when the Leads service is killed.

On PostgreSQL, also when the server ends its connections in the middle of an import or an operation.
"""

import base64
import concurrent.futures
import hashlib
import http.client
import threading
import urllib.error

import pytest

import scale
from mesh import PASSWORD, POSTGRES, Mesh

HOST = "crash.localhost"
WRITERS = 4
KILLS_UNDER_CREATES = scale.count(20, long=150)
STRIKES_DURING_IMPORT = scale.count(10, long=50)
IMPORTED_ROWS = scale.count(10_000 if POSTGRES else 30_000, long=150_000)
AT_WORK = {"IMPORT_STATE_SURVEYING", "IMPORT_STATE_RUNNING"}
OPERANDS = 3_000
STRIKES_DURING_OPERATION = 4


@pytest.fixture(params=["leads=1", "leads=2"] if POSTGRES else ["leads=1"])
def crashing(request, tmp_path_factory):
    mesh = Mesh(tmp_path_factory.mktemp("crash") / "data", "up", "--replicas", request.param)
    mesh.create_tenant("crash", "owner@crash.example", PASSWORD)
    yield mesh
    assert mesh.stop() == 0


@pytest.fixture(params=["kill", "end_backends"] if POSTGRES else ["kill"])
def strike(request, crashing):
    """Kills a process of Leads, or ends its connections to PostgreSQL; whether there was one."""
    way = getattr(crashing, request.param)
    return lambda: way("leads") > 0


@pytest.fixture
def call(crashing):
    """One REST call, sent again with the same key until the service is back."""
    token = crashing.login("crash", "owner@crash.example", PASSWORD)
    pause = threading.Event()

    def send(method, path, body=None, key=None):
        headers = {"Idempotency-Key": key} if key else None
        while True:
            try:
                status, _, answer = crashing.request(
                    method, path, host=HOST, body=body, token=token, headers=headers)
            except (http.client.HTTPException, urllib.error.URLError, ConnectionError):
                status = 503
            if status == 200:
                return answer
            assert status in (503, 504), answer
            pause.wait(0.02)

    return send


def strike_at_random_moments(strike, strikes):
    chance, pause = scale.chance(), threading.Event()
    while strikes:
        pause.wait(chance.uniform(0.02, 0.3))
        strikes -= strike()


def test_acknowledged_leads_survive_and_stay_single(crashing, call):
    acknowledged = {}
    progress = threading.Condition()
    stop = threading.Event()

    def create(writer):
        number = 0
        while not stop.is_set():
            number += 1
            key = f"w{writer}-{number}"
            lead = call("POST", "/api/v1/leads", {
                "last_name": key, "email": f"{key}@example.org"}, key=key)
            with progress:
                acknowledged[key] = lead["id"]
                progress.notify_all()

    with concurrent.futures.ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(create, number) for number in range(WRITERS)]
        try:
            for _ in range(KILLS_UNDER_CREATES):
                with progress:
                    enough = len(acknowledged) + 25
                    assert progress.wait_for(lambda: len(acknowledged) >= enough, timeout=30), [
                        writer.exception() for writer in writers if writer.done()]
                assert crashing.kill("leads")
        finally:
            stop.set()
    for writer in writers:
        writer.result()

    stored, token = [], ""
    while True:
        page = call("GET", f"/api/v1/leads?page_size=1000&page_token={token}")
        stored += [(lead["last_name"], lead["id"]) for lead in page["leads"]]
        token = page.get("next_page_token", "")
        if not token:
            break
    assert len(stored) == len(set(stored)) == len(acknowledged)
    assert dict(stored) == acknowledged


def test_an_import_ends_with_the_same_counts(call, strike):
    rows = IMPORTED_ROWS
    lines = ["Last Name,Company,Email"]
    for number in range(rows):
        email = f"row{number - number % 100 // 99}@import.example" if number % 250 else ""
        lines.append(f"Row {number},Import AG,{email}")
    content = ("\n".join(lines) + "\n").encode()

    made = call("POST", "/api/v1/imports", {
        "file_name": "crash.csv", "source_system": "crash",
        "mapping": [
            {"column": "Last Name", "field": "last_name"},
            {"column": "Company", "field": "company_name"},
            {"column": "Email", "field": "email"},
        ]}, key="crash-import")
    path = f"/api/v1/imports/{made['id']}"
    for offset in range(0, len(content), 50_000):
        chunk = content[offset:offset + 50_000]
        call("POST", f"{path}:append", {
            "offset": str(offset), "content": base64.b64encode(chunk).decode(),
            "sha256": hashlib.sha256(chunk).hexdigest()})
    call("POST", f"{path}:start", {"size_bytes": str(len(content))})

    striker = threading.Thread(target=strike_at_random_moments, args=(strike, STRIKES_DURING_IMPORT))
    striker.start()
    while striker.is_alive():
        assert call("GET", path)["state"] in AT_WORK, "it ended before the last strike"
    striker.join()
    while (found := call("GET", path))["state"] in AT_WORK:
        pass
    assert found["state"] == "IMPORT_STATE_SUCCEEDED", found
    counts = {name: int(found.get(name, 0)) for name in (
        "rows", "created", "duplicates", "unchanged", "refused")}
    assert counts == {
        "rows": rows, "created": rows - rows // 250, "duplicates": rows // 100, "unchanged": 0,
        "refused": rows // 250}
    listed = call("GET", "/api/v1/leads?page_size=1&filter=company_name%20%3D%3D%20%22Import%20AG%22")
    assert listed["more_than_total_size"] is True


def test_an_operation_changes_each_record_once(call, strike):
    def create(number):
        call("POST", "/api/v1/leads", {
            "last_name": f"Operand {number}", "company_name": "Operation AG",
            "email": f"operand{number}@example.com"},
            key=f"operand-{number}")

    with concurrent.futures.ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(create, range(OPERANDS)))
    started = call("POST", "/api/v1/leads:batchUpdate", {
        "filter": 'company_name == "Operation AG"', "lead": {"city": "Ulm"}, "update_mask": "city"},
        key="crash-operation")
    assert int(started["total"]) == OPERANDS
    path, strikes, done = f"/api/v1/operations/{started['id']}", 0, 0
    while (found := call("GET", path))["state"] == "OPERATION_STATE_RUNNING":
        if strikes < STRIKES_DURING_OPERATION and int(found["done"]) > done:
            done = int(found["done"])
            strikes += strike()
    assert strikes == STRIKES_DURING_OPERATION, "it ended before the last strike"
    assert (int(found["done"]), int(found["failed"])) == (OPERANDS, 0)

    etags, token = [], ""
    while True:
        page = call("GET", "/api/v1/leads?page_size=1000&filter=company_name%20%3D%3D%20"
                           f"%22Operation%20AG%22&page_token={token}")
        etags += [lead["etag"] for lead in page["leads"] if lead["city"] == "Ulm"]
        token = page.get("next_page_token", "")
        if not token:
            break
    # The first version was the creation; a change that came twice would have made a third.
    assert etags == ["2"] * OPERANDS
