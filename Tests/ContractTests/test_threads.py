"""What calls cost a process: no thread beside its loop and those of its store."""

import pathlib

HOST = "acme.localhost"


def test_calls_start_no_threads_of_the_runtime(mesh, token):
    def call(method, path, body=None):
        status, _, answer = mesh.request(method, path, host=HOST, body=body, token=token)
        assert status == 200, answer
        return answer

    lead = call("POST", "/api/v1/leads", {"last_name": "Thread", "email": "thread@example.org"})
    for _ in range(20):
        call("GET", f"/api/v1/leads/{lead['id']}")
        call("GET", "/api/v1/leads?page_size=5&query=thread")
    call("DELETE", f"/api/v1/leads/{lead['id']}")
    for process, names in threads(mesh.pid).items():
        assert any("mesh-loop" in name for name in names), (process, names)
        assert not [name for name in names if "qos" in name], (process, names)


def threads(parent):
    """The threads of a mesh's services, by the process's name."""
    found = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == parent:
                name = (entry / "cmdline").read_bytes().split(b"\0")[0].decode()
                tasks = [task.read_text().strip() for task in entry.glob("task/*/comm")]
                found[pathlib.Path(name).name] = tasks
        except (OSError, ValueError, IndexError):
            continue
    assert "leadmesh-leads" in found
    return found
