#!/usr/bin/env python3
"""A real Get by gRPC, with token, policy and metrics, beside grpc C++'s bare echo; processor time.

    get.py [ROUNDS]

Both are measured in turn with the same load.
"""

import socket
import struct
import subprocess
import sys
import tempfile
import time

from measure import children, cpu, leads_file, make_peers, median, run_import, start

REQUESTS = 40_000


def frame(text: str) -> bytes:
    """A gRPC message whose field 1 is a short text."""
    body = bytes([10, len(text)]) + text.encode()
    return b"\0" + struct.pack(">I", len(body)) + body


def h2load(target: list[str], path: str, body: bytes, headers: list[str]):
    with tempfile.NamedTemporaryFile() as data:
        data.write(body)
        data.flush()
        command = ["h2load", "-n", str(REQUESTS), "-c8", "-m32", "-t1", "-d", data.name,
                   "-H", "content-type: application/grpc", "-H", "te: trailers"]
        for header in headers:
            command += ["-H", header]
        if target[0].startswith("unix:"):
            command += ["--base-uri", target[0], f"http://localhost{path}"]
        else:
            command += [target[0] + path]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    if f"{REQUESTS} succeeded" not in done.stdout:
        sys.exit(done.stdout)


def per_request(pid: int, run) -> float:
    """Microseconds of processor time a request costs the server."""
    before = cpu(pid)
    run()
    return (cpu(pid) - before) / REQUESTS * 1e6


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    peers = make_peers("http2")
    mesh, token = start()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    echo = subprocess.Popen([peers / "grpc_echo", "async", str(port)])
    try:
        run_import(mesh, leads_file(5_000))
        _, _, page = mesh.request(
            "GET", "/api/v1/leads?page_size=1", host="bench.localhost", token=token)
        get = frame(page["leads"][0]["id"])
        leads = children(mesh.pid)["leadmesh-leads"]
        time.sleep(0.5)
        ours, peer = [], []
        for _ in range(rounds):
            ours.append(per_request(leads, lambda: h2load(
                [mesh.socket("leads")], "/leadmesh.leads.v1.LeadsService/GetLead", get,
                [f"authorization: Bearer {token}"])))
            peer.append(per_request(echo.pid, lambda: h2load(
                [f"http://127.0.0.1:{port}"], "/echo.v1.Echo/Say", frame("hello world"), [])))
        print(f"GetLead {median(ours):.1f} us, grpc C++ async echo {median(peer):.1f} us, "
              f"ratio {median(a / b for a, b in zip(ours, peer)):.2f} "
              f"(processor time a request, median of {rounds} rounds)")
    finally:
        echo.terminate()
        mesh.stop()


main()
