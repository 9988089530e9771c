"""Disks that fail, for the processes of a mesh that is started with them."""

import pathlib
import subprocess


class Faults:
    """Faults that are switched on and off while the mesh runs."""

    def __init__(self, folder: pathlib.Path):
        self._folder = folder / "faults"
        self._folder.mkdir()
        self._library = folder / "faults.so"
        subprocess.run(
            ["cc", "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", self._library,
             pathlib.Path(__file__).parent / "faults.c", "-ldl"], check=True)

    @property
    def environment(self):
        """What a process that has the faults is started with."""
        return {"LD_PRELOAD": str(self._library), "LEADMESH_FAULTS": str(self._folder)}

    def fail(self, call: str, file: str):
        """Has `fsync` or `write` fail on files whose path ends so."""
        new = self._folder / "new"
        new.write_text(file)
        new.rename(self._folder / call)

    def end(self):
        """Has everything work."""
        for fault in self._folder.iterdir():
            fault.unlink()
