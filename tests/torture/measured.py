"""The command `tallybook` in a process of its own, its time and its memory. Knows no pytest."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Measured:
    """The command, run to its end, which must be a good one: what it said and what it took.

    `folder` is where it leaves its figures.
    """

    def __init__(self, folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> None:
        peak = folder / "peak"
        begin = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "tests.torture.peak", str(peak), *arguments],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        self.seconds = time.monotonic() - begin
        assert done.returncode == 0, done.stderr + done.stdout
        self.said = done.stderr.strip()
        self.printed = done.stdout
        self.peak_bytes = int(peak.read_text())
