"""Runs the command `tallybook` with the given arguments, and writes its peak memory in bytes into a file.

    python -m tests.torture.peak FILE verify URL --program demo

In a process of its own, so that what is measured is what the command needs. Knows no pytest.
"""

import resource
import sys
from pathlib import Path

from tallybook.cli import app

STATUS = Path("/proc/self/status")
KIB = 1024


def peak_bytes() -> int:
    """The most memory that this process has had."""
    if STATUS.exists():
        # What getrusage says on Linux may be the parent's, from before this program was loaded.
        (line,) = (line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * KIB
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * KIB


def main() -> None:
    """Run the command, and exit as it does."""
    file, *arguments = sys.argv[1:]
    try:
        app(arguments, prog_name="tallybook")
    finally:
        Path(file).write_text(str(peak_bytes()))


if __name__ == "__main__":
    main()
