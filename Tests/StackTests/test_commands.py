"""Work across services goes on by itself, whichever process ends in the middle of it."""

import contextlib
import json
import os
import signal
import subprocess

import pytest

from conftest import OWNER
from load import PATIENCE, hang, remarks, wait_until
from mesh import EXECUTABLES, PASSWORD, ROOT


def commands(mesh):
    return json.loads(mesh.command("commands", "list", "tenants", "--json"))


def has_login(mesh, tenant):
    status, _, _ = mesh.request(
        "POST", "/api/v1/auth:login", host=f"{tenant}.localhost", body={"email": OWNER, "password": PASSWORD})
    return status == 200


@pytest.mark.parametrize("killed", ["tenants", "access"])
def test_a_tenant_is_created_whole_whichever_service_dies_meanwhile(mesh, killed):
    name = f"made{killed}"
    secret = mesh.data / f"{name}.password"
    secret.write_text(PASSWORD)
    [access] = mesh.processes("access")
    hang(access)
    try:
        creation = subprocess.Popen(
            [EXECUTABLES / "leadmesh", "tenant", "create", "--data", mesh.data, "--subdomain", name,
             "--name", "Made", "--owner-email", OWNER, "--owner-password-file", secret],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        wait_until(lambda: commands(mesh), "the creation is under way")
        [command] = commands(mesh)
        assert (command["kind"], command["step"], command["state"]) == (
            "tenant.create", "owner", "running"), command
        assert command["actor"] == "system:operator" and command["tenant_id"].startswith("tenant_")
        wait_until(lambda: mesh.kill(killed), f"{killed} runs")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(access, signal.SIGCONT)
    output, errors = creation.communicate(timeout=2 * PATIENCE)
    assert creation.returncode == 0, errors
    assert f"created tenant {name}" in output
    # A service that has just started knows of no others yet that its answers should wait for.
    wait_until(lambda: has_login(mesh, name), "the tenant is known")
    wait_until(lambda: commands(mesh) == [], "nothing is left under way")
    wait_until(lambda: remarks(mesh) == {}, "all services are ready")
    # No owner without a tenant, and no tenant without an owner.
    owners = {row[0] for row in mesh.sql("access", "SELECT tenant_id FROM members")}
    tenants = {row[0] for row in mesh.sql("tenants", "SELECT tenant_id FROM tenants")}
    assert owners == tenants


def test_the_operator_retries_and_discards_commands_by_their_numbers(mesh):
    # As creations are left: one whose owner was refused when no one waited for the answer, one given up.
    insert = (
        "INSERT INTO mesh_commands (tenant_id, command_id, kind, subject, actor, request_id, address, agent, "
        "create_time, status, step, state, attempts, error, is_held, due_time, version) "
        "VALUES (?, ?, 'tenant.create', ?, 'system:operator', '', '', '', ?, ?, 'owner', ?, 3, 'broken', "
        "?, ?, 0)")
    far_ahead = 4_000_000_000_000_000
    for number, status in ((1, 4), (2, 5)):
        mesh.sql("tenants", insert, bytes([number] * 16), bytes([number] * 16), f"left{number}", 0, status,
                 b"", False, far_ahead)
    undone, failed = sorted(commands(mesh), key=lambda one: one["number"])
    assert (undone["state"], failed["state"], failed["error"]) == ("undone", "failed", "broken")
    assert "tenant.create" in mesh.command("status")
    numbers = [str(undone["number"]), str(failed["number"])]
    # What was undone is not retried; the other has no owner in Access, and is undone now.
    with pytest.raises(AssertionError, match="2 failed|2 are not done"):
        mesh.command("commands", "retry", "tenants", *numbers)
    assert {one["state"] for one in commands(mesh)} == {"undone"}
    assert "2 discarded, 0 failed" in mesh.command("commands", "discard", "tenants", *numbers)
    assert "no commands" in mesh.command("commands", "list")
