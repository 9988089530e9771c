"""What a service needs of another's records it has, while the other is down."""

import threading

import pytest

from conftest import OWNER
from mesh import PASSWORD

HOST = "stack.localhost"


@pytest.fixture
def token(mesh):
    return mesh.login("stack", OWNER, PASSWORD)


@pytest.fixture
def without_access(mesh, token):
    """A mesh whose Access was killed and cannot come back, as its key is gone."""
    key, hidden = mesh.data / "keys" / "token.pem", mesh.data / "keys" / "hidden.pem"
    key.rename(hidden)
    try:
        assert mesh.kill("access")
        yield mesh
    finally:
        hidden.rename(key)


def send(mesh, method, path, body=None, token=None):
    """One REST call, sent again for a time until the service is back."""
    pause = threading.Event()
    for _ in range(200):
        status, _, answer = mesh.request(method, path, host=HOST, body=body, token=token)
        if status != 503:
            break
        pause.wait(0.05)
    assert status == 200, answer
    return answer


def create(mesh, token, name):
    return send(mesh, "POST", "/api/v1/leads", {
        "last_name": name, "email": f"{name}@turns.example"}, token)["owner_id"]


def test_leads_starts_answers_and_assigns_without_access(mesh, token, request):
    first = create(mesh, token, "before")
    alone = request.getfixturevalue("without_access")
    assert alone.kill("leads")
    leads = send(alone, "GET", "/api/v1/leads?query=before", token=token)["leads"]
    assert [lead["last_name"] for lead in leads] == ["before"]
    owners = [first] + [create(alone, token, f"after{number}") for number in range(5)]
    assert len(set(owners[:3])) == 3, "each of the reps has a turn"
    assert owners[3:] == owners[:3], "and then the next round begins"
    status, _, _ = alone.request("POST", "/api/v1/auth:login", host=HOST, body={
        "email": OWNER, "password": PASSWORD})
    assert status == 503, "Access was up again"
