"""A mesh with one empty tenant whose three reps take leads."""

import os

import pytest

from load import wait_until
from mesh import PASSWORD, POSTGRES, Mesh

OWNER = "owner@stack.example"
# Of tests that wait for the limits of a silent server, a quarter of a minute each.
only_long = pytest.mark.skipif(
    not os.environ.get("LEADMESH_TEST_LONG"), reason="takes a minute; make test-long runs it")


def known(holds):
    """Whether something holds with the answer before it.

    On PostgreSQL, where a write waits for the others a tenth of a second at most, within moments of it.
    """
    if POSTGRES:
        wait_until(holds, "what was answered is known")
        return True
    return holds()


@pytest.fixture(scope="module")
def mesh(tmp_path_factory):
    mesh = Mesh(tmp_path_factory.mktemp("stack") / "data")
    mesh.create_tenant("stack", OWNER, PASSWORD)
    secret = mesh.data / "rep.password"
    secret.write_text(PASSWORD)
    for number in (1, 2, 3):
        mesh.command(
            "member", "create", "--tenant", "stack", "--email", f"rep{number}@stack.example",
            "--name", f"Rep {number}", "--role", "rep", "--password-file", str(secret))
    yield mesh
    assert mesh.stop() == 0


@pytest.fixture(scope="module")
def get(mesh):
    """One GET as the tenant's owner; what it answers."""
    token = mesh.login("stack", OWNER, PASSWORD)

    def get(path):
        status, _, answer = mesh.request("GET", path, host="stack.localhost", token=token)
        assert status == 200, answer
        return answer

    return get


@pytest.fixture(scope="module")
def all_leads(get):
    """Every lead, page by page."""
    def all_leads(query=""):
        leads, page = [], ""
        while True:
            answer = get(f"/api/v1/leads?page_size=1000&page_token={page}{query}")
            leads += answer["leads"]
            page = answer["next_page_token"]
            if not page:
                return leads

    return all_leads
