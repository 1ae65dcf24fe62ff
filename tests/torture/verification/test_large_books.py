"""A large book is verified and sealed within the memory of a small machine; who is interrupted goes on."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tallybook as tb
from sqlalchemy import make_url
from tallybook.cli.opening import EXIT_FAILED

from tests.databases import Databases
from tests.torture.measured import Measured
from tests.torture.seeds import randomness
from tests.torture.verification.large_book import PROGRAM, WHALE, build

SMALL, LARGE = 20_000, 1_000_000
PEAK_BYTES_MAX = 200 * 1024 * 1024
SEAL_BYTES_MAX = 1024 * 1024
PATIENCE_S = 60
INTERRUPTIBLE = """
import signal
from tallybook.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""
"""The command, even where this run was told to ignore interrupts, as what runs in the background is."""

Large = tuple[str, dict[str, int]]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((kind, size), id=f"{kind}-{size}", marks=[pytest.mark.torture] if size == LARGE else [])
        for size in (SMALL, LARGE)
        for kind in ("sqlite", "postgres")
    ],
)
def large(request: pytest.FixtureRequest) -> Iterator[Large]:
    """A book, and how many entries each member has."""
    kind, size = request.param
    databases: Databases = request.getfixturevalue(f"{kind}_databases")
    url = databases.create()
    yield url, build(url, size, randomness("large book"))
    databases.drop(url)


def test_it_takes_little_memory(large: Large, tmp_path: Path, print_figures: Callable[..., None]) -> None:
    url, counts = large
    program = ("--program", PROGRAM)
    said = f"{len(counts)} members, {sum(counts.values())} entries"
    verified = Measured(tmp_path, "verify", url, *program)
    assert verified.said == f"verified {said}: 0 disagreements"
    sealed = Measured(tmp_path, "seal", url, *program)
    while said not in sealed.said:  # a transaction in another test's database holds seals back
        sealed = Measured(tmp_path, "seal", url, *program)
    seal_file = tmp_path / "seal.json"
    seal_file.write_text(sealed.printed)
    agreed = Measured(tmp_path, "verify", url, *program, "--against", str(seal_file))
    assert agreed.said == verified.said
    print_figures(
        "verify_memory",
        database=make_url(url).get_backend_name(),
        entries=sum(counts.values()),
        members=len(counts),
        largest_member=counts[WHALE],
        verify_peak_mib=verified.peak_bytes >> 20,
        seal_peak_mib=sealed.peak_bytes >> 20,
        against_peak_mib=agreed.peak_bytes >> 20,
        verify_s=round(verified.seconds, 1),
        seal_s=round(sealed.seconds, 1),
        against_s=round(agreed.seconds, 1),
        seal_kib=seal_file.stat().st_size >> 10,
    )
    assert max(verified.peak_bytes, sealed.peak_bytes, agreed.peak_bytes) < PEAK_BYTES_MAX
    assert seal_file.stat().st_size < SEAL_BYTES_MAX


def test_who_interrupts_it_goes_on_where_it_was(large: Large) -> None:
    url, counts = large
    members = sorted(counts)
    stopped = _interrupted(url)
    rest = members[members.index(stopped) + 1 :]
    with tb.Book.open(url) as book:
        checked = [(each.member, each.entries, each.disagreement) for each in book.verify(PROGRAM, stopped)]
    assert checked == [(name, counts[name], None) for name in rest]


def _interrupted(url: str) -> str:
    """Interrupt the command as soon as it shows how far it is; returns what it says to go on behind."""
    command = [sys.executable, "-c", INTERRUPTIBLE, "verify", url, "--program", PROGRAM]
    shown = os.environ | {"FORCE_COLOR": "1"}  # as to a terminal
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=shown) as process:
        try:
            assert process.stderr is not None
            said = b""
            while not re.search(rb" [1-9][0-9]*/[1-9]", re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", said)):
                more = os.read(process.stderr.fileno(), 4096)
                assert more, said
                said += more
            process.send_signal(signal.SIGINT)
            _, rest = process.communicate(timeout=PATIENCE_S)
        finally:
            process.kill()
    assert process.returncode == EXIT_FAILED
    found = re.search(rb"go on with --after (\S+)", said + rest)
    assert found, rest
    return found[1].decode()
