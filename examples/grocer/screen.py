"""What the example shows: progress bars, and a table of what came of each story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from examples.grocer.findings import Findings
from examples.grocer.replay import Advance
from examples.grocer.story import FIRST_REPLAY, SECOND_REPLAY

DIFFERENCES_SHOWN = 20


class Screen:
    """Prints for people, on standard output or, where that is for figures, beside it."""

    def __init__(self, *, beside: bool = False) -> None:
        self._console = Console(highlight=False, stderr=beside)

    def say(self, text: str) -> None:
        """Print a line."""
        self._console.print(text, soft_wrap=True)

    @contextmanager
    def progress(self, title: str, total: int) -> Iterator[Advance]:
        """Show a bar for the length of the block."""
        columns = (
            TextColumn("{task.description:<16}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._console) as bars:
            bar = bars.add_task(title, total=total)
            yield lambda steps: bars.advance(bar, steps)

    def show(self, database: str, findings: Findings, events: int) -> None:
        """Print the figures side by side, then each difference, then how long it took."""
        self._console.print(_table(database, findings))
        for difference in findings.differences[:DIFFERENCES_SHOWN]:
            self.say(f"  {difference}")
        if len(findings.differences) > DIFFERENCES_SHOWN:
            self.say(f"  and {len(findings.differences) - DIFFERENCES_SHOWN} more")
        for line in _times(findings.seconds, events):
            self.say(line)
        self.say(f"{database}: {'everything agrees' if findings.sound else 'THE BOOK IS NOT AS COMPUTED'}\n")


def _table(database: str, findings: Findings) -> Table:
    table = Table(title=database, title_justify="left")
    table.add_column("")
    table.add_column("in the book", justify="right")
    table.add_column("computed", justify="right")
    table.add_column("")
    for chapter, checks in groupby(findings.checks, key=lambda check: check.chapter):
        table.add_section()
        table.add_row(f"[bold]{chapter}", "", "", "")
        for check in checks:
            verdict = "" if check.agrees else "[bold red]differs"
            table.add_row(f"  {check.what}", f"{check.found:,}", f"{check.expected:,}", verdict)
    return table


def _times(seconds: Mapping[str, float], events: int) -> Iterator[str]:
    for part, taken in seconds.items():
        rate = f", {events / taken:,.0f} events/s" if part in (FIRST_REPLAY, SECOND_REPLAY) else ""
        yield f"{part}: {taken:.1f} s{rate}"
