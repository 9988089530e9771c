"""How much a test does: little in `make test`, a lot in `make test-long`.

The same two variables as in Shared/MeshTestScale; every number of rows or kills that a long run
raises is asked for here.
"""

import os
import random

SEED = int(os.environ.get("LEADMESH_TEST_SEED") or 1)


def count(small, long):
    """The number of this run."""
    return long if os.environ.get("LEADMESH_TEST_LONG") else small


def chance():
    """A random sequence that the seed repeats."""
    return random.Random(SEED)
