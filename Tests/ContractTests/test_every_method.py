"""No single request, whatever its fields hold, breaks a process, another tenant or the log.

Every method that a service declares is called, by gRPC and by REST, with requests that are made of
its descriptors. A time limit ends the run; LEADMESH_TEST_SEED repeats its first requests.
"""

import collections
import http.client
import json
import os
import pathlib
import re
import time
import urllib.parse

import grpc
import pytest
from google.protobuf import descriptor_pool, json_format

import scale
from odd_requests import MARK, Requests, message_class
from mesh import PASSWORD, ROOT, SERVICES, Mesh

SECONDS = scale.count(small=45, long=90)
ANSWER_SECONDS = 15
TRAILER_BYTES = 8 << 10
MEMORY_BYTES = 400 << 20
CALLS_IN_A_TENANT = 2_000
# What a request must never be answered with: the fault is ours, or nothing was answered in time.
FAULTS = {
    grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL, grpc.StatusCode.DATA_LOSS,
    grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED,
}
# Names and passwords are checked slowly on purpose: a few calls do.
SLOW = {
    "Login", "CreateOwner", "CreateMember", "CreateTenant", "ChangePassword", "ResetPassword"}


class Victim:
    """A tenant that sends nothing odd: its lead must be there, as it was, at any time."""

    def __init__(self, mesh):
        self.mesh = mesh
        mesh.create_tenant("victim", "owner@victim.example", PASSWORD)
        self.token = mesh.login("victim", "owner@victim.example", PASSWORD)
        status, _, self.lead = self._call("POST", "", {"last_name": "Own", "email": "own@a.example"})
        assert status == 200, self.lead
        self.tenant = mesh.request(
            "GET", "/api/v1/tenant", host="victim.localhost", token=self.token)[2]["id"]

    def _call(self, method, path, body=None):
        return self.mesh.request(
            method, "/api/v1/leads" + path, host="victim.localhost", body=body, token=self.token)

    def check(self):
        start = time.monotonic()
        assert self._call("GET", "/" + self.lead["id"])[2] == self.lead
        status, _, page = self._call("GET", "")
        assert status == 200 and [lead["id"] for lead in page["leads"]] == [self.lead["id"]]
        assert time.monotonic() - start < ANSWER_SECONDS, "another tenant waited"


@pytest.fixture(scope="module")
def odd_mesh(tmp_path_factory):
    mesh = Mesh(tmp_path_factory.mktemp("odd") / "data")
    yield mesh
    mesh.stop()


@pytest.fixture(scope="module")
def victim(odd_mesh):
    return Victim(odd_mesh)


@pytest.fixture(scope="module")
def requests(stubs, victim):
    """Makes requests of every message; the stubs are imported, so that their pool is filled."""
    options, kinds = stubs("leadmesh.options.v1.options_pb2"), stubs("leadmesh.type.v1.kinds_pb2")
    # The operator may suspend any tenant.
    return Requests(scale.chance(), options, kinds, spared=victim.tenant)


def methods(stubs, mesh):
    """Every method of Proto/, with each service whose process has it."""
    for path in sorted(stubs.folder.rglob("*_pb2.py")):
        stubs(".".join(path.relative_to(stubs.folder).with_suffix("").parts))
    pool, found = descriptor_pool.Default(), []
    files = [str(p.relative_to(ROOT / "Proto")) for p in (ROOT / "Proto/leadmesh").rglob("*.proto")]
    declared = [
        method for file in sorted(files)
        for service in pool.FindFileByName(file).services_by_name.values()
        for method in service.methods]
    for service in SERVICES:
        with grpc.insecure_channel(mesh.socket(service)) as channel:
            found += [(service, each) for each in declared if is_offered(channel, each)]
    return found


def path_of(method):
    return f"/{method.containing_service.full_name}/{method.name}"


def is_offered(channel, method):
    try:
        channel.unary_unary(path_of(method))(b"", timeout=ANSWER_SECONDS)
    except grpc.RpcError as error:
        return error.code() is not grpc.StatusCode.UNIMPLEMENTED
    return True


def processes(mesh):
    """The processes of the mesh and their memory: {program: (pid, bytes)}."""
    found = {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == mesh.pid:
                resident = re.search(r"VmRSS:\s+(\d+)", (folder / "status").read_text())
                found[os.readlink(folder / "exe")] = (int(folder.name), int(resident[1]) << 10)
        except (OSError, TypeError):
            continue
    return found


class Tenant:
    """A tenant of its own for each stretch of requests, as one of them may suspend it."""

    def __init__(self, mesh, number):
        self.mesh = mesh
        self.name = f"odd{number}"
        mesh.create_tenant(self.name, f"owner@{self.name}.example", PASSWORD)
        self.token = mesh.login(self.name, f"owner@{self.name}.example", PASSWORD)
        self.id = mesh.request(
            "GET", "/api/v1/tenant", host=f"{self.name}.localhost", token=self.token)[2]["id"]
        self.calls = 0

    def credential(self, stubs, method, chance):
        """What the method asks for: a member's token, or a process's name; at times the other."""
        options = stubs("leadmesh.options.v1.options_pb2")
        callers = method.GetOptions().Extensions[options.access].callers
        is_members = not callers or options.CALLER_CLASS_MEMBER in callers
        if is_members != (chance.random() < 0.1):
            return [("authorization", f"Bearer {self.token}")]
        name = chance.choice(["operator", "operator", *SERVICES])
        return [("leadmesh-caller", f"system:{name}")] + (
            [("leadmesh-tenant", self.id)] if is_members or chance.random() < 0.5 else [])

    def sign_in_again(self):
        """After a request ended the session; the next tenant comes when that is refused."""
        status, _, answer = self.mesh.request(
            "POST", "/api/v1/auth:login", host=f"{self.name}.localhost",
            body={"email": f"owner@{self.name}.example", "password": PASSWORD})
        if status == 200:
            self.token = answer["access_token"]
        else:
            self.calls = CALLS_IN_A_TENANT

    @property
    def is_used_up(self):
        return self.calls >= CALLS_IN_A_TENANT


def chosen(chance, all_methods):
    """One of the methods; the slow ones seldom."""
    while True:
        service, method = chance.choice(all_methods)
        if method.name not in SLOW or chance.random() < 0.05:
            return service, method


def shown(method, request):
    text = str(request)
    return f"{method.full_name} {text[:2_000]}{'...' if len(text) > 2_000 else ''}"


def watch(mesh, victim, before):
    """Fails when a process died or grew, or another tenant is worse off."""
    now = processes(mesh)
    assert {name: pid for name, (pid, _) in now.items()} == {
        name: pid for name, (pid, _) in before.items()}, "a process died"
    large = {name: size for name, (_, size) in now.items() if size > MEMORY_BYTES}
    assert not large, f"grew to {large}"
    victim.check()


def finish(mesh, victim, before, seen):
    watch(mesh, victim, before)
    log = (mesh.data.parent / f"{mesh.data.name}.log").read_text(errors="replace")
    leaks = [line[:500] for line in log.splitlines() if MARK in line]
    assert not leaks, f"the log has what a request held: {leaks[:3]}"
    for name, codes in sorted(seen.items()):
        print(f"{name:60} {dict(codes)}")


def test_no_grpc_request_breaks_anything(odd_mesh, victim, requests, stubs):
    all_methods = methods(stubs, odd_mesh)
    requests.meet([method for _, method in all_methods])
    channels = {each: grpc.insecure_channel(odd_mesh.socket(each), options=[
        ("grpc.max_receive_message_length", 8 << 20)]) for each in SERVICES}
    before, seen = processes(odd_mesh), collections.defaultdict(collections.Counter)
    tenant, number = Tenant(odd_mesh, 0), 0
    end, calls = time.monotonic() + SECONDS * 2 / 3, 0
    while time.monotonic() < end:
        if tenant.is_used_up:
            number += 1
            tenant = Tenant(odd_mesh, number)
            requests.forget()
            watch(odd_mesh, victim, before)
        service, method = chosen(requests.chance, all_methods)
        request = requests.request(method)
        metadata = tenant.credential(stubs, method, requests.chance)
        call = channels[service].unary_unary(
            path_of(method),
            request_serializer=requests.wire,
            response_deserializer=message_class(method.output_type).FromString)
        try:
            requests.learn(call(request, metadata=metadata, timeout=ANSWER_SECONDS))
            code = grpc.StatusCode.OK
        except grpc.RpcError as error:
            code = error.code()
            assert code not in FAULTS, f"{code} {error.details()} {shown(method, request)}"
            size = sum(len(key) + len(value) for key, value in error.trailing_metadata())
            assert size <= TRAILER_BYTES, f"{size} bytes of trailers: {shown(method, request)}"
            if code is grpc.StatusCode.UNAUTHENTICATED:
                tenant.sign_in_again()
        seen[method.full_name][code.name] += 1
        tenant.calls += 1
        calls += 1
    finish(odd_mesh, victim, before, seen)
    print(f"{calls} calls")


def rest(stubs, all_methods):
    """Every method that REST has, with its verb, path and what the body holds."""
    annotations = stubs("google.api.annotations_pb2")
    found = []
    for _, method in all_methods:
        rule = method.GetOptions().Extensions[annotations.http]
        verb = rule.WhichOneof("pattern")
        if verb:
            found.append((method, verb.upper(), getattr(rule, verb), rule.body))
    return found


NUMBERS = re.compile(rb'(?<=[:\[ ])(-?\d+(\.\d+)?|"-?\d+")(?=[,\]} ])')
ODD_JSON = [
    b"9223372036854775808", b"-9223372036854775809", b"1e400", b"-0", b"1E+2", b"0.1e1", b"NaN",
    b"null", b"[]", b"{}", b"[" * 5_000, b'"\\ud800"', b'"\\u0000"', b"1" * 10_000, b"tru", b"'1'",
]


def spoiled(chance, body):
    """A body, at times with a value that JSON can say and a message cannot."""
    places = list(NUMBERS.finditer(body))
    if places and chance.random() < 0.4:
        place = chance.choice(places)
        body = body[:place.start()] + chance.choice(ODD_JSON) + body[place.end():]
    if chance.random() < 0.05:
        body = chance.choice([body[:-1], body + b"}", b"", body.replace(b'"', b"", 1), b"\xef\xbb\xbf"])
    return body


def target(chance, request, path, body_field):
    """The path and query of a request, and its body as JSON."""
    values = json_format.MessageToDict(request, preserving_proto_field_name=True)
    for name in re.findall(r"\{([\w.]+)\}", path):
        value, rest = values, name.split(".")
        for each in rest:
            value = value.get(each, "") if isinstance(value, dict) else ""
        path = path.replace("{" + name + "}", urllib.parse.quote(str(value), safe="") or "-")
    if body_field == "*":
        return path, values
    body = values.pop(body_field, None) if body_field else None
    query = {
        name: value if isinstance(value, (str, list)) else json.dumps(value)
        for name, value in values.items() if not isinstance(value, dict)
    }
    return path + "?" + urllib.parse.urlencode(query, doseq=True), body


def test_no_rest_request_breaks_anything(odd_mesh, victim, requests, stubs):
    all_methods = methods(stubs, odd_mesh)
    requests.meet([method for _, method in all_methods])
    requests.forget()
    all_rest = rest(stubs, all_methods)
    before, seen = processes(odd_mesh), collections.defaultdict(collections.Counter)
    tenant, number = Tenant(odd_mesh, 1_000), 1_000
    connection = http.client.HTTPConnection("127.0.0.1", odd_mesh.port, timeout=ANSWER_SECONDS)
    end, calls = time.monotonic() + SECONDS / 3, 0
    while time.monotonic() < end:
        if tenant.is_used_up:
            number += 1
            tenant = Tenant(odd_mesh, number)
            requests.forget()
            watch(odd_mesh, victim, before)
        method, verb, path, body_field = requests.chance.choice(all_rest)
        if method.name in SLOW and requests.chance.random() > 0.05:
            continue
        request = requests.request(method)
        try:
            url, body = target(requests.chance, request, path, body_field)
        except (ValueError, json_format.SerializeToJsonError):
            continue  # proto3 JSON has no form for it.
        content = spoiled(requests.chance, json.dumps(body).encode()) if body is not None else None
        headers = {"Host": f"{tenant.name}.localhost", "Authorization": f"Bearer {tenant.token}"}
        if content is not None:
            headers["Content-Type"] = "application/json"
        if len(url) > 60_000:
            url = url[:60_000]
        said = f"{verb} {url[:500]} {(content or b'')[:1_000]}"
        try:
            connection.request(verb, url, body=content, headers=headers)
            answer = connection.getresponse()
            text = answer.read()
        except (ConnectionError, http.client.HTTPException):
            # The server may close once it has refused; never twice running.
            connection.close()
            victim.check()
            continue
        assert answer.status < 500, f"{answer.status} {text[:500]} to {said}"
        if answer.status >= 400:
            assert json.loads(text)["status"] == answer.status, said
            if answer.status == 401:
                tenant.sign_in_again()
        seen[f"{verb} {path}"][str(answer.status)] += 1
        tenant.calls += 1
        calls += 1
    finish(odd_mesh, victim, before, seen)
    print(f"{calls} calls")
