"""What no single client may do at the gateway's and the services' doors."""

import json
import re
import socket
import subprocess
import threading
import time
import urllib.request

import grpc
import pytest

from mesh import EXECUTABLES, PASSWORD, SERVICES, Mesh

LONG = 29_000
ACME = "acme.localhost"


def bearer(token):
    return [("authorization", f"Bearer {token}")]


def exchange(mesh, head, body=b"", timeout=10):
    """What a connection answers until it closes; and the seconds until the first byte."""
    with socket.create_connection(("127.0.0.1", mesh.port), timeout=timeout) as connection:
        start = time.monotonic()
        connection.sendall(head.encode() + b"\r\n\r\n" + body)
        answer = connection.recv(65536)
        seconds = time.monotonic() - start
        while more := connection.recv(65536):
            answer += more
    return answer.decode(), seconds


@pytest.mark.parametrize("letter", ["x", "é", "\U0001F600", "%"])
@pytest.mark.parametrize("method", [
    "GetMember", "StartImport", "ListLeads", "GetLead", "BatchUpdateLeads", "CreateLead"])
def test_a_status_that_repeats_a_long_text_reaches_a_stock_client(
        mesh, token, stubs, method, letter):
    text = letter * (LONG // len(letter.encode()))
    service, module, request = {
        "GetMember": ("access", "access.v1.access_service", lambda api: api.GetMemberRequest(id=text)),
        "StartImport": ("leads", "leads.v1.imports_service",
                        lambda api: api.StartImportRequest(id=text)),
        "ListLeads": ("leads", "leads.v1.leads_service",
                      lambda api: api.ListLeadsRequest(order_by=text)),
        "GetLead": ("leads", "leads.v1.leads_service", lambda api: api.GetLeadRequest(id=text)),
        "BatchUpdateLeads": ("leads", "leads.v1.leads_service",
                             lambda api: api.BatchUpdateLeadsRequest(
                                 ids=[text], update_mask={"paths": [text]})),
        "CreateLead": ("leads", "leads.v1.leads_service",
                       lambda api: api.CreateLeadRequest(
                           lead={"last_name": "A", "email": "a@example.org", "owner_id": text,
                                 "status": text, "source": text})),
    }[method]
    api = stubs(f"leadmesh.{module}_pb2")
    rpcs = stubs(f"leadmesh.{module}_pb2_grpc")
    stub = next(value for name, value in vars(rpcs).items() if name.endswith("Stub"))
    with grpc.insecure_channel(mesh.socket(service)) as channel:
        start = time.monotonic()
        with pytest.raises(grpc.RpcError) as caught:
            getattr(stub(channel), method)(request(api), metadata=bearer(token), timeout=20)
    error = caught.value
    assert error.code() in (grpc.StatusCode.NOT_FOUND, grpc.StatusCode.INVALID_ARGUMENT)
    assert time.monotonic() - start < 10
    trailers = error.trailing_metadata()
    assert sum(len(key) + len(value) + 32 for key, value in trailers) < 8192
    assert len(error.details().encode()) < 600, "what was sent is quoted by 100 bytes"


@pytest.mark.parametrize("path", [
    "/api/v1/members/{}", "/api/v1/leads/{}", "/api/v1/leads?order_by={}", "/api/v1/leads?{}=1",
    "/api/v1/leads?page_token={}"])
def test_a_problem_repeats_little_of_a_long_text(mesh, token, path):
    target = path.format("x" * 7_000)
    status, _, body = mesh.request("GET", target, host=ACME, token=token)
    assert status in (400, 404)
    assert len(json.dumps(body)) < 2_000


@pytest.mark.parametrize("path, host, fields, status", [
    ("/api/v1/leads", "nobody.localhost", "", 404),
    ("/api/v1/nothing", ACME, "", 404),
    ("/api/v1/leads/x", ACME, "", 405),
    ("/api/v1/leads", ACME, "Content-Type: text/plain\r\n", 415),
    ("/api/v1/leads", ACME, "Content-Type: application/json\r\n", 401),
    ("/api/v1/auth:login", ACME, "Content-Type: application/json\r\n", 413),
])
def test_a_request_is_refused_by_its_head(mesh, path, host, fields, status):
    answer, seconds = exchange(
        mesh, f"POST {path} HTTP/1.1\r\nHost: {host}\r\n{fields}Expect: 100-continue\r\n"
        "Content-Length: 4000000")
    assert answer.startswith(f"HTTP/1.1 {status} ") and "\r\nconnection: close\r\n" in answer
    assert seconds < 1


def test_a_call_is_refused_by_its_head_while_its_request_goes_on(mesh):
    """A stream of requests, of which only the first has come."""
    gone = threading.Event()

    def requests():
        yield b""
        gone.wait(30)

    with grpc.insecure_channel(mesh.socket("leads")) as channel:
        call = channel.stream_unary("/leadmesh.leads.v1.LeadsService/CreateLead")
        start = time.monotonic()
        with pytest.raises(grpc.RpcError) as caught:
            call(requests(), timeout=20, metadata=bearer("no.such.token"))
        assert caught.value.code() == grpc.StatusCode.UNAUTHENTICATED
        assert time.monotonic() - start < 5
        gone.set()


def test_a_body_is_asked_for_when_the_head_is_right(mesh, token):
    body = b'{"last_name": "Head", "email": "head@example.org"}'
    with socket.create_connection(("127.0.0.1", mesh.port), timeout=10) as connection:
        connection.sendall((
            f"POST /api/v1/leads HTTP/1.1\r\nHost: {ACME}\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nExpect: 100-continue\r\nConnection: close\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode())
        assert connection.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_a_transfer_coding_is_compared_byte_by_byte(mesh):
    answer, _ = exchange(
        mesh, f"POST /api/v1/leads HTTP/1.1\r\nHost: {ACME}\r\n"
        "Transfer-Encoding: chun\u212aed", b"0\r\n\r\n")
    assert answer.startswith("HTTP/1.1 501 ")


def test_a_drip_is_cut_off(mesh, token):
    """Ten seconds of grace, then 1 KiB/s."""
    head = (f"POST /api/v1/leads HTTP/1.1\r\nHost: {ACME}\r\nAuthorization: Bearer {token}\r\n"
            "Content-Type: application/json\r\nContent-Length: 100000")
    start = time.monotonic()
    answer, _ = exchange(mesh, head, b"{", timeout=40)
    assert answer.startswith("HTTP/1.1 408 ")
    assert 9 < time.monotonic() - start < 30


def test_pages_of_large_records_are_cut_by_bytes_and_complete(mesh, token):
    mesh.create_tenant("large", "owner@large.example", PASSWORD)
    token = mesh.login("large", "owner@large.example", PASSWORD)
    count = 450
    for number in range(count):
        status, _, _ = mesh.request("POST", "/api/v1/leads", host="large.localhost", token=token, body={
            "last_name": f"Large {number}", "email": f"large{number}@example.org",
            "description": "é" * 9_990})
        assert status == 200
    found, pages, page_token = [], 0, ""
    while True:
        status, _, page = mesh.request(
            "GET", f"/api/v1/leads?page_size=1000&page_token={page_token}",
            host="large.localhost", token=token)
        assert status == 200, page
        found += [lead["id"] for lead in page["leads"]]
        pages += 1
        page_token = page.get("next_page_token", "")
        if not page_token:
            break
    assert len(found) == len(set(found)) == count
    assert pages > 1


def test_what_is_stored_of_a_caller_is_bounded(mesh, token, stubs):
    marks = "a" + "\u0301" * 3_500
    status, _, _ = mesh.request(
        "POST", "/api/v1/leads", host=ACME, token=token,
        body={"last_name": "Agent", "email": "agent@example.org"},
        headers={"User-Agent": marks.encode().decode("latin-1")})
    assert status == 200
    leads = stubs("leadmesh.leads.v1.leads_service_pb2")
    lead = stubs("leadmesh.leads.v1.lead_pb2").Lead(last_name="Origin", email="origin@example.org")
    with grpc.insecure_channel(mesh.socket("leads")) as channel:
        stub = stubs("leadmesh.leads.v1.leads_service_pb2_grpc").LeadsServiceStub(channel)
        stub.CreateLead(leads.CreateLeadRequest(lead=lead), timeout=10, metadata=bearer(token) + [
            ("x-request-id", "r" * 5_000), ("leadmesh-origin-agent", "g" * 5_000),
            ("leadmesh-origin-address", "1" * 5_000), ("traceparent", "t" * 3_000)])
        with pytest.raises(grpc.RpcError) as caught:
            stub.CreateLead(leads.CreateLeadRequest(lead=lead), timeout=10,
                            metadata=bearer(token) + [("leadmesh-request-id", "k" * 5_000)])
    assert caught.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    for column in ("agent", "request_id", "address"):
        texts = mesh.sql("leads", f"SELECT {column} FROM mesh_changes WHERE {column} IS NOT NULL")
        assert 250 < max(len(text.encode()) for text, in texts) <= 256, column


def test_the_operator_unlocks_a_member(mesh):
    mesh.create_tenant("locked", "owner@locked.example", PASSWORD)

    def login(password):
        return mesh.request(
            "POST", "/api/v1/auth:login", host="locked.localhost",
            body={"email": "owner@locked.example", "password": password})

    for _ in range(10):
        status, headers, _ = login("wrong")
        if status == 429:
            break
    assert status == 429 and int(headers["Retry-After"]) >= 1
    # The next failure doubles the wait, so that it outlasts the command.
    while True:
        time.sleep(int(headers["Retry-After"]))
        assert login("wrong")[0] == 401
        status, headers, _ = login(PASSWORD)
        assert status == 429
        if int(headers["Retry-After"]) >= 8:
            break
    printed = mesh.command("member", "unlock", "--tenant", "locked", "--email", "owner@locked.example")
    assert printed == "unlocked owner@locked.example in tenant locked\n"
    assert login(PASSWORD)[0] == 200
    done = subprocess.run(
        [EXECUTABLES / "leadmesh", "member", "unlock", "--tenant", "locked",
         "--email", "nobody@locked.example", "--data", mesh.data],
        capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "no member has this e-mail address" in done.stderr


def test_the_operator_gives_a_member_a_link_to_set_a_new_password(mesh):
    address, fresh = "owner@forgot.example", "another long password"
    mesh.create_tenant("forgot", address, PASSWORD)

    def call(path, body):
        return mesh.request("POST", f"/api/v1/auth:{path}", host="forgot.localhost", body=body)

    def command(*options):
        return mesh.command("member", "reset-password", "--tenant", "forgot", *options)

    first = json.loads(command("--email", "OWNER@Forgot.example", "--json"))
    assert first["expire_time"].endswith("Z")
    says, link = command("--email", address).splitlines()
    assert says.startswith(f"{address} sets a new password by this link, once, until 20")
    page, token = link.split("#")
    assert page == f"http://forgot.localhost:{mesh.port}/reset"
    replaced = first["link"].removeprefix(f"{page}#")
    assert call("resetPassword", {"token": replaced, "new_password": fresh})[0] == 401
    assert call("resetPassword", {"token": token, "new_password": fresh})[0] == 200
    assert call("resetPassword", {"token": token, "new_password": PASSWORD})[0] == 401
    assert call("login", {"email": address, "password": PASSWORD})[0] == 401
    status, _, login = call("login", {"email": address, "password": fresh})
    assert status == 200
    status, _, history = mesh.request(
        "GET", f"/api/v1/members/{login['member']['id']}/history", host="forgot.localhost",
        token=login["access_token"])
    assert status == 200
    entries = [(entry["action"], entry["actor"]) for entry in history["entries"]]
    assert entries[1:3] == [("issue_password_reset", "system:operator")] * 2
    for wrong in ("nobody@forgot.example", 'x" || true || "'):
        done = subprocess.run(
            [EXECUTABLES / "leadmesh", "member", "reset-password", "--tenant", "forgot",
             "--email", wrong, "--data", mesh.data],
            capture_output=True, text=True, timeout=60)
        assert done.returncode == 1 and "no member has this e-mail address" in done.stderr


def free_ports(count):
    """A run of ports that nothing listens on."""
    for first in range(20_000, 30_000, 50):
        sockets = []
        try:
            for port in range(first, first + count):
                one = socket.socket()
                sockets.append(one)
                one.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
        finally:
            for one in sockets:
                one.close()
    raise AssertionError("no free ports")


def test_each_service_serves_its_metrics_at_a_port_of_its_own(tmp_path, monkeypatch):
    names = SERVICES + ["gateway"]
    first = free_ports(len(names))
    monkeypatch.setenv("LEADMESH_METRICS_LISTEN", f"127.0.0.1:{first}")
    mesh = Mesh(tmp_path / "data")
    try:
        for index, name in enumerate(names):
            with urllib.request.urlopen(f"http://127.0.0.1:{first + index}/metrics", timeout=10) as page:
                assert name in page.read().decode()
    finally:
        assert mesh.stop() == 0


def test_a_metrics_port_that_is_taken_is_said(tmp_path, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("LEADMESH_METRICS_LISTEN", f"127.0.0.1:{port}")
        done = subprocess.run(
            [EXECUTABLES / "leadmesh", "up", "--data", tmp_path / "data", "--listen", "127.0.0.1:0"],
            capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert re.search(rf"cannot start: LEADMESH_METRICS_LISTEN: 127.0.0.1:{port} is in use", done.stderr)


def test_behind_a_trusted_proxy_cookies_are_secure_and_callers_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("LEADMESH_TRUSTED_PROXIES", "127.0.0.0/8")
    monkeypatch.setenv("LEADMESH_LOGIN_FAILURES_PER_MINUTE", "3")
    mesh = Mesh(tmp_path / "data")
    try:
        mesh.create_tenant("acme", "owner@acme.example", PASSWORD)

        def login(address, email, password="wrong", cookie=None, proto="https"):
            headers = {"X-Forwarded-For": address, "X-Forwarded-Proto": proto}
            if cookie:
                headers["Cookie"] = cookie
            return mesh.request(
                "POST", "/api/v1/auth:login", host=ACME,
                body={"email": email, "password": password}, headers=headers)

        status, headers, body = login("198.51.100.1", "owner@acme.example", PASSWORD)
        assert status == 200
        cookies = headers.get_all("Set-Cookie")
        assert len(cookies) == 4 and all(one.endswith("; Secure") for one in cookies)
        status, headers, _ = login("198.51.100.1", "owner@acme.example", PASSWORD, proto="http")
        assert not any("Secure" in one for one in headers.get_all("Set-Cookie"))
        device = next(one for one in cookies if one.startswith("leadmesh_device="))
        for number in range(3):
            assert login(f"6.6.6.{number}, 198.51.100.9", f"n{number}@acme.example")[0] == 401
        wait = 0
        while wait < 4:
            # What the client wrote itself is left of what the proxy adds.
            status, headers, _ = login("6.6.6.6, 198.51.100.9", f"n{time.time()}@acme.example")
            wait = int(headers["Retry-After"]) if status == 429 else 0
            if wait < 4:
                time.sleep(wait)
        assert login("7.7.7.7, 198.51.100.9", "owner@acme.example", PASSWORD)[0] == 429
        assert login("198.51.100.9", "owner@acme.example", PASSWORD, device.split(";")[0])[0] == 200
        assert login("198.51.100.10", "owner@acme.example", PASSWORD)[0] == 200
    finally:
        assert mesh.stop() == 0
