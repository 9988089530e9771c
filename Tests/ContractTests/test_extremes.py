"""Numbers at the ends of their types, over gRPC and REST: refused, and the service lives on."""

import base64
import hashlib

import grpc
import pytest
from test_grpc import bearer, refusal

CONTENT = b"Last Name\n"
DIGEST = hashlib.sha256(CONTENT).hexdigest()
HOST = "acme.localhost"


@pytest.fixture
def started(mesh, token):
    """An import that waits for content."""
    status, _, made = mesh.request(
        "POST", "/api/v1/imports", body={"file_name": "x.csv"}, host=HOST, token=token)
    assert status == 200, made
    yield made["id"]
    mesh.request("POST", f"/api/v1/imports/{made['id']}:cancel", body={}, host=HOST, token=token)


@pytest.mark.parametrize("offset", [2**63 - 1, 2**63 - 2, 1, -1, -2**63])
def test_a_chunk_that_begins_anywhere_else_is_refused(mesh, stubs, token, started, offset):
    api = stubs("leadmesh.leads.v1.imports_service_pb2")
    with grpc.insecure_channel(mesh.socket("leads")) as channel:
        imports = stubs("leadmesh.leads.v1.imports_service_pb2_grpc").ImportsServiceStub(channel)
        error = refusal(
            imports.AppendImportContent,
            api.AppendImportContentRequest(
                id=started, offset=offset, content=CONTENT, sha256=DIGEST),
            metadata=bearer(token))
        assert error.code() in (grpc.StatusCode.OUT_OF_RANGE, grpc.StatusCode.INVALID_ARGUMENT)
        size = refusal(
            imports.StartImport, api.StartImportRequest(id=started, size_bytes=offset),
            metadata=bearer(token))
        assert size.code() == grpc.StatusCode.INVALID_ARGUMENT
    body = {"offset": str(offset), "sha256": DIGEST,
            "content": base64.b64encode(CONTENT).decode()}
    path = f"/api/v1/imports/{started}:append"
    status, _, answer = mesh.request("POST", path, body=body, host=HOST, token=token)
    assert status == 400, answer
    body["offset"] = "0"
    status, _, answer = mesh.request("POST", path, body=body, host=HOST, token=token)
    assert status == 200 and answer["received_bytes"] == str(len(CONTENT))
