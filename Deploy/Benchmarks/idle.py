#!/usr/bin/env python3
"""The whole mesh at rest: memory (PSS), at most 125 MiB, and how long it takes to be ready again, at most 1 s."""

import time

from measure import Mesh, children, folder, pss

data = folder() / "data"
began = time.monotonic()
mesh = Mesh(data)
print(f"ready on a new folder in {time.monotonic() - began:.2f} s")
mesh.stop()
began = time.monotonic()
mesh = Mesh(data)
print(f"ready again in {time.monotonic() - began:.2f} s (at most 1)")
time.sleep(2)
processes = children(mesh.pid) | {"leadmesh": mesh.pid}
sizes = {name: pss(pid) for name, pid in sorted(processes.items())}
print(f"{len(sizes)} processes, {sum(sizes.values()):.0f} MiB PSS (at most 125):",
      ", ".join(f"{name} {size:.1f}" for name, size in sizes.items()))
mesh.stop()
