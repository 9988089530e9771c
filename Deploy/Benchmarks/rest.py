#!/usr/bin/env python3
"""REST through the gateway beside a FastAPI service, in turns; prints the ratios of their rates.

    rest.py [ROUNDS]
"""

import os
import re
import subprocess
import sys

from crm_scripts import CREATE
from measure import HERE, leads_file, median, run_import, start, wrk

POST_LUA = (HERE / "peers" / "fastapi" / "post.lua").read_text()


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    mesh, token = start()
    peer = subprocess.Popen(
        [HERE / "peers" / "fastapi" / "run.sh", "serve", "sqlite"],
        stdout=subprocess.PIPE, text=True, env=os.environ)
    try:
        peer_url = re.match(r"http://\S+", peer.stdout.readline())[0]
        run_import(mesh, leads_file(5_000))
        compare(mesh, token, peer_url, rounds)
    finally:
        peer.terminate()
        mesh.stop()


def compare(mesh, token, peer_url, rounds):
    ours_url = f"http://127.0.0.1:{mesh.port}"
    ours_headers = {"Host": "bench.localhost", "Authorization": f"Bearer {token}"}
    json_headers = ours_headers | {"Content-Type": "application/json"}
    _, _, page = mesh.request("GET", "/api/v1/leads?page_size=1", host="bench.localhost",
                              token=token)
    lead = page["leads"][0]["id"]
    theirs = {"X-Tenant": "t3"}
    wrk(peer_url, clients=8, seconds=2, headers={}, script=POST_LUA)
    peer_lead = peer_lead_id(peer_url)
    loads = {
        "create": (("/", json_headers, CREATE), ("/", {}, POST_LUA)),
        "list of 50": (
            ("/api/v1/leads?page_size=50&filter=status%20%3D%3D%20%22new%22", ours_headers, ""),
            ("/leads?status=new&limit=50", theirs, "")),
        "get": ((f"/api/v1/leads/{lead}", ours_headers, ""), (f"/leads/{peer_lead}", theirs, "")),
    }
    for name, (our_load, peer_load) in loads.items():
        ours, peers = [], []
        for _ in range(rounds):
            for url, (path, headers, script), rates in (
                (ours_url, our_load, ours), (peer_url, peer_load, peers)):
                rates.append(
                    wrk(url + path, clients=32, seconds=4, headers=headers, script=script)["rate"])
        ratio = median(a / b for a, b in zip(ours, peers))
        print(f"{name}: ours {median(ours):,.0f}/s, FastAPI {median(peers):,.0f}/s, "
              f"ratio {ratio:.1f} (median of {rounds} rounds)", flush=True)


def peer_lead_id(url):
    text = subprocess.run(
        ["curl", "-s", "-H", "X-Tenant: t3", f"{url}/leads?limit=1"],
        capture_output=True, text=True, check=True).stdout
    return re.search(r'"id":"(\w+)"', text)[1]


main()
