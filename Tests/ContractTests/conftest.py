"""A mesh with two tenants, and Python stubs made of Proto/ by the stock protoc."""

import importlib
import pathlib
import sys

import grpc
import pytest
from grpc_tools import protoc

from mesh import PASSWORD, ROOT, Mesh

GOOGLEAPIS = pathlib.Path("/usr/share/gocode/src/github.com/gogo/googleapis")


@pytest.fixture(scope="session")
def stubs(tmp_path_factory):
    """Imports a generated module: stubs("leadmesh.leads.v1.lead_pb2")."""
    out = tmp_path_factory.mktemp("stubs")
    ours = sorted(str(p.relative_to(ROOT / "Proto")) for p in (ROOT / "Proto/leadmesh").rglob("*.proto"))
    google = [f"google/{name}.proto" for name in (
        "api/annotations", "api/http", "rpc/code", "rpc/status", "rpc/error_details")]
    status = protoc.main([
        "protoc", f"-I{ROOT / 'Proto'}", f"-I{GOOGLEAPIS}", "-I/usr/include",
        f"--python_out={out}", f"--grpc_python_out={out}", *ours, *google,
    ])
    assert status == 0
    sys.path.insert(0, str(out))

    def load(name):
        return importlib.import_module(name)

    load.folder = out
    return load


@pytest.fixture(scope="session")
def mesh(tmp_path_factory):
    mesh = Mesh(tmp_path_factory.mktemp("mesh") / "data")
    for tenant in ("acme", "globex"):
        mesh.create_tenant(tenant, f"owner@{tenant}.example", PASSWORD)
    yield mesh
    assert mesh.stop() == 0


@pytest.fixture(scope="session")
def token(mesh):
    return mesh.login("acme", "owner@acme.example", PASSWORD)


@pytest.fixture(scope="session")
def other_token(mesh):
    return mesh.login("globex", "owner@globex.example", PASSWORD)


@pytest.fixture
def leads(mesh, stubs):
    """A stock client of the Leads service on its Unix socket."""
    with grpc.insecure_channel(mesh.socket("leads")) as channel:
        yield stubs("leadmesh.leads.v1.leads_service_pb2_grpc").LeadsServiceStub(channel)
