"""Services of one machine that are told one metrics address each have a port of their own."""

import socket
import urllib.request

from mesh import SERVICES, Mesh


def free_ports(count):
    """The first of some ports in a row that nothing listens on."""
    for first in range(21000, 60000, count):
        opened = []
        try:
            for port in range(first, first + count):
                one = socket.socket()
                opened.append(one)
                one.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
        finally:
            for one in opened:
                one.close()
    raise AssertionError("no ports are free")


def test_each_service_has_its_probes(tmp_path, monkeypatch):
    services = SERVICES + ["gateway"]
    first = free_ports(len(services))
    monkeypatch.setenv("LEADMESH_METRICS_LISTEN", f"127.0.0.1:{first}")
    mesh = Mesh(tmp_path / "data")
    try:
        for number, service in enumerate(services):
            address = f"http://127.0.0.1:{first + number}"
            for path in ("/livez", "/readyz"):
                with urllib.request.urlopen(f"{address}{path}", timeout=10) as answer:
                    assert answer.read() == b"ok\n"
            with urllib.request.urlopen(f"{address}/metrics", timeout=10) as answer:
                assert f'service="{service}"' in answer.read().decode()
    finally:
        assert mesh.stop() == 0
