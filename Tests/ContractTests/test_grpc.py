"""A stock gRPC client finds real gRPC on every service's socket."""

import re

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from mesh import ROOT, SERVICES


def bearer(token):
    return [("authorization", f"Bearer {token}")]


def refusal(call, *arguments, **options):
    """The error a call ends with."""
    with pytest.raises(grpc.RpcError) as caught:
        call(*arguments, timeout=10, **options)
    return caught.value


def details(error, stubs):
    """What the status carries beyond its text: {message name: message}."""
    trailers = {key: value for key, value in error.trailing_metadata()}
    status = stubs("google.rpc.status_pb2").Status.FromString(trailers["grpc-status-details-bin"])
    assert status.code == error.code().value[0]
    errors = stubs("google.rpc.error_details_pb2")
    found = {}
    for packed in status.details:
        for kind in (errors.ErrorInfo, errors.BadRequest):
            if packed.Is(kind.DESCRIPTOR):
                found[kind.DESCRIPTOR.name] = kind.FromString(packed.value)
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_reports_its_health(mesh, service):
    with grpc.insecure_channel(mesh.socket(service)) as channel:
        health = health_pb2_grpc.HealthStub(channel)
        protos = "".join(each.read_text() for each in (ROOT / f"Proto/leadmesh/{service}/v1").glob("*.proto"))
        names = [f"leadmesh.{service}.v1.{name}" for name in re.findall(r"^service (\w+)", protos, re.M)]
        assert names
        for asked in ("", *names):
            answer = health.Check(health_pb2.HealthCheckRequest(service=asked), timeout=10)
            assert answer.status == health_pb2.HealthCheckResponse.SERVING
        unknown = refusal(health.Check, health_pb2.HealthCheckRequest(service="no.Such"))
        assert unknown.code() == grpc.StatusCode.NOT_FOUND


def test_a_lead_made_with_a_token_is_got_and_listed(leads, token, stubs):
    api = stubs("leadmesh.leads.v1.leads_service_pb2")
    lead = stubs("leadmesh.leads.v1.lead_pb2").Lead(
        last_name="Größe", company_name="Ünïcode AG", email="grpc@example.org",
        annual_revenue={"amount_minor": 9_007_199_254_740_993, "currency": "EUR"})
    made = leads.CreateLead(
        api.CreateLeadRequest(lead=lead), metadata=bearer(token), timeout=10)
    assert made.id.startswith("lead_")
    assert made.last_name == "Größe"
    assert made.annual_revenue.amount_minor == 9_007_199_254_740_993
    got = leads.GetLead(api.GetLeadRequest(id=made.id), metadata=bearer(token), timeout=10)
    assert got == made
    page = leads.ListLeads(
        api.ListLeadsRequest(filter='email == "grpc@example.org"'),
        metadata=bearer(token), timeout=10)
    assert [found.id for found in page.leads] == [made.id]
    assert page.total_size == 1


def test_a_call_without_one_good_token_is_unauthenticated(leads, token, stubs):
    api = stubs("leadmesh.leads.v1.leads_service_pb2")
    for metadata in (
        None, bearer("no.such.token"), [("authorization", "Basic YTpi")], bearer(token) + bearer(token),
    ):
        error = refusal(leads.ListLeads, api.ListLeadsRequest(), metadata=metadata)
        assert error.code() == grpc.StatusCode.UNAUTHENTICATED
        assert details(error, stubs)["ErrorInfo"].domain == "leadmesh"


def test_another_tenants_lead_does_not_exist(leads, token, other_token, stubs):
    api = stubs("leadmesh.leads.v1.leads_service_pb2")
    lead = stubs("leadmesh.leads.v1.lead_pb2").Lead(last_name="Own", email="own@example.org")
    made = leads.CreateLead(
        api.CreateLeadRequest(lead=lead), metadata=bearer(token), timeout=10)
    for identifier in (made.id, "lead_01h455vb4pex5vsknk084sn02q"):
        error = refusal(
            leads.GetLead, api.GetLeadRequest(id=identifier), metadata=bearer(other_token))
        assert error.code() == grpc.StatusCode.NOT_FOUND
        assert details(error, stubs)["ErrorInfo"].reason == "NOT_FOUND"


def test_a_bad_request_names_its_fields(leads, token, stubs):
    api = stubs("leadmesh.leads.v1.leads_service_pb2")
    lead = stubs("leadmesh.leads.v1.lead_pb2").Lead(last_name="Bad", email="not an address")
    error = refusal(
        leads.CreateLead, api.CreateLeadRequest(lead=lead), metadata=bearer(token))
    assert error.code() == grpc.StatusCode.INVALID_ARGUMENT
    found = details(error, stubs)
    assert found["ErrorInfo"].reason == "INVALID_FIELD"
    assert [violation.field for violation in found["BadRequest"].field_violations] == ["email"]


def test_a_method_that_does_not_exist_is_unimplemented(mesh, token):
    with grpc.insecure_channel(mesh.socket("leads")) as channel:
        for path in ("/leadmesh.leads.v1.LeadsService/Explode", "/no.Such/Method", "/odd"):
            error = refusal(channel.unary_unary(path), b"", metadata=bearer(token))
            assert error.code() == grpc.StatusCode.UNIMPLEMENTED


def test_a_message_that_is_too_large_is_refused_and_the_connection_lives(leads, token, stubs):
    api = stubs("leadmesh.leads.v1.leads_service_pb2")
    lead = stubs("leadmesh.leads.v1.lead_pb2").Lead(
        last_name="Large", email="large@example.org", description="x" * (5 << 20))
    error = refusal(
        leads.CreateLead, api.CreateLeadRequest(lead=lead), metadata=bearer(token))
    assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    leads.ListLeads(api.ListLeadsRequest(page_size=1), metadata=bearer(token), timeout=10)


@pytest.mark.parametrize("body", [b"\xff\xff\xff", b"\x0a\x02\xc3\x28", b"\x0a\x03a\x00b"])
def test_bytes_that_are_no_such_message_are_refused(mesh, token, body):
    with grpc.insecure_channel(mesh.socket("leads")) as channel:
        call = channel.unary_unary("/leadmesh.leads.v1.LeadsService/GetLead")
        error = refusal(call, body, metadata=bearer(token))
        assert error.code() == grpc.StatusCode.INVALID_ARGUMENT


def test_a_deadline_ends_a_call_and_nothing_else(mesh, token, stubs):
    api = stubs("leadmesh.mesh.v1.changes_service_pb2")
    changes = stubs("leadmesh.mesh.v1.changes_service_pb2_grpc")
    system = [("leadmesh-caller", "system:gateway")]
    with grpc.insecure_channel(mesh.socket("leads")) as channel:
        feed = changes.ChangesStub(channel)
        end = feed.Snapshot(api.SnapshotRequest(), metadata=system, timeout=10).cursor
        with pytest.raises(grpc.RpcError) as caught:
            feed.Pull(
                api.PullRequest(cursor=end, objects=["nothing"], wait_milliseconds=20_000),
                metadata=system, timeout=0.3)
        assert caught.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
        assert feed.Pull(api.PullRequest(), metadata=system, timeout=10).cursor


def test_a_cursor_of_another_service_is_foreign(mesh, stubs):
    api = stubs("leadmesh.mesh.v1.changes_service_pb2")
    changes = stubs("leadmesh.mesh.v1.changes_service_pb2_grpc")
    system = [("leadmesh-caller", "system:gateway")]
    with grpc.insecure_channel(mesh.socket("access")) as channel:
        theirs = changes.ChangesStub(channel).Snapshot(
            api.SnapshotRequest(), metadata=system, timeout=10).cursor
    with grpc.insecure_channel(mesh.socket("leads")) as channel:
        feed = changes.ChangesStub(channel)
        error = refusal(feed.Pull, api.PullRequest(cursor=theirs), metadata=system)
        assert error.code() == grpc.StatusCode.FAILED_PRECONDITION
        assert details(error, stubs)["ErrorInfo"].reason == "FOREIGN_CURSOR"
        error = refusal(feed.Pull, api.PullRequest(cursor="17"), metadata=system)
        assert error.code() == grpc.StatusCode.INVALID_ARGUMENT


def test_a_snapshot_has_every_record_of_its_objects(mesh, stubs):
    api = stubs("leadmesh.mesh.v1.changes_service_pb2")
    changes = stubs("leadmesh.mesh.v1.changes_service_pb2_grpc")
    system = [("leadmesh-caller", "system:gateway")]
    with grpc.insecure_channel(mesh.socket("tenants")) as channel:
        part = changes.ChangesStub(channel).Snapshot(
            api.SnapshotRequest(objects=["tenant", "tenant_standing"]),
            metadata=system, timeout=10)
        ids = {kind: {one.id for one in part.records if one.object == kind}
               for kind in ("tenant", "tenant_standing")}
        assert ids["tenant"] == ids["tenant_standing"] and ids["tenant"]
        assert not part.next_page_token


def test_the_change_log_is_not_for_members(mesh, token, stubs):
    api = stubs("leadmesh.mesh.v1.changes_service_pb2")
    changes = stubs("leadmesh.mesh.v1.changes_service_pb2_grpc")
    with grpc.insecure_channel(mesh.socket("leads")) as channel:
        error = refusal(changes.ChangesStub(channel).Pull, api.PullRequest(), metadata=bearer(token))
        assert error.code() == grpc.StatusCode.PERMISSION_DENIED


def test_many_calls_share_one_connection(leads, token, stubs):
    api = stubs("leadmesh.leads.v1.leads_service_pb2")
    calls = [
        leads.ListLeads.future(
            api.ListLeadsRequest(page_size=1), metadata=bearer(token), timeout=30)
        for _ in range(500)
    ]
    assert {len(call.result().leads) for call in calls} == {1}
