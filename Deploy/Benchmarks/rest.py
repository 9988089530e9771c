#!/usr/bin/env python3
"""REST through the gateway beside a FastAPI service, in turns; prints the ratios of their rates.

    rest.py [ROUNDS]
"""

import sys

from crm_scripts import CREATE, LIST_SCREEN
from measure import (
    FASTAPI_POST, FASTAPI_TENANT, fastapi, leads_file, median, run_import, start, wrk)

OURS_BY_STATUS = "/api/v1/leads?page_size=50&filter=status%20%3D%3D%20%22new%22"
THEIRS_BY_STATUS = "/leads?status=new&limit=50"


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    mesh, token = start()
    try:
        run_import(mesh, leads_file(5_000))
        with fastapi() as (peer, peer_lead):
            compare(mesh, token, peer, peer_lead, rounds)
    finally:
        mesh.stop()


def compare(mesh, token, peer, peer_lead, rounds):
    ours = f"http://127.0.0.1:{mesh.port}"
    headers = {"Host": "bench.localhost", "Authorization": f"Bearer {token}"}
    json_headers = headers | {"Content-Type": "application/json"}
    _, _, page = mesh.request("GET", "/api/v1/leads?page_size=1", host="bench.localhost",
                              token=token)
    lead = page["leads"][0]["id"]
    their_list = (peer + THEIRS_BY_STATUS, FASTAPI_TENANT, "")
    loads = {
        "create": ((ours + "/", json_headers, CREATE), (peer + "/", {}, FASTAPI_POST)),
        "list of 50": ((ours + OURS_BY_STATUS, headers, ""), their_list),
        "list of 50, columns of the list screen": (
            (ours + OURS_BY_STATUS + LIST_SCREEN, headers, ""), their_list),
        "get": ((f"{ours}/api/v1/leads/{lead}", headers, ""),
                (f"{peer}/leads/{peer_lead}", FASTAPI_TENANT, "")),
    }
    rates = {name: ([], []) for name in loads}
    for _ in range(rounds):
        for name, sides in loads.items():
            for (url, sent, script), measured in zip(sides, rates[name]):
                measured.append(
                    wrk(url, clients=32, seconds=3, headers=sent, script=script)["rate"])
    for name, (mine, theirs) in rates.items():
        ratio = median(a / b for a, b in zip(mine, theirs))
        print(f"{name}: ours {median(mine):,.0f}/s, FastAPI {median(theirs):,.0f}/s, "
              f"ratio {ratio:.1f} (median of {rounds} rounds)", flush=True)


main()
