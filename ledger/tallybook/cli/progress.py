"""A progress bar for what takes long. Knows a terminal: without one, there is no bar."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Advance(Protocol):
    """Moves a bar on by so many steps; `total` says how many there are, where that is known only then."""

    def __call__(self, steps: int, total: int | None = None, /) -> None: ...


@contextmanager
def progress_bar(what: str, total: int | None) -> Iterator[Advance]:
    """A bar on standard error, advanced by numbers of steps; `total` is None where nobody knows it."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        # On one terminal, lines go above the bar; lines that are piped on are left alone.
        redirect_stdout=sys.stdout.isatty(),
        redirect_stderr=False,
    ) as progress:
        task = progress.add_task(what, total=total)
        yield lambda steps, total=None: progress.update(task, advance=steps, total=total)
