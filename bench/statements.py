"""award_statements: how many statements a batch of awards sends, counted where they leave for the server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event

import tallybook as tb
from bench.awards import Crowd, Wishes, admit, give
from bench.figures import Figure
from bench.stage import Stage

SMALL: Final = 100
LARGE: Final = 1_000
WARM_BATCHES: Final = 3

STATEMENTS: Final = {"Execute", "Query"}
"""Messages that make the server run a statement, BEGIN and COMMIT as any other."""
ROUND_TRIPS: Final = {"Sync", "Query"}
"""Messages after which the client waits for the server to be through."""


def run(stage: Stage) -> Figure:
    """Count for a batch of 100 and one of 1,000, after a few have been sent and everything is prepared."""
    crowd = Crowd(members=LARGE)
    wishes = Wishes(crowd, "statements")
    with stage.database() as url, stage.bar("award_statements", 2) as bar:
        trace = stage.folder / "wire"
        with _traced_connections(trace), tb.Book.open(url) as book:
            admit(book, crowd)
            for size in [SMALL, LARGE] * WARM_BATCHES:
                give(book, wishes.take(size))
            sides = {}
            for size in (SMALL, LARGE):
                sent = _sent_by(lambda size=size: give(book, wishes.take(size)), trace)
                sides[f"batch_of_{size}"] = {
                    "statements": sum(sent[kind] for kind in STATEMENTS),
                    "round_trips": sum(sent[kind] for kind in ROUND_TRIPS),
                    "messages": dict(sorted(sent.items())),
                }
                bar.advance()
    statements = sides[f"batch_of_{LARGE}"]["statements"]
    return Figure(
        ratio=statements, sides=sides, parameters={"small": SMALL, "large": LARGE, "members": crowd.members}
    )


@contextmanager
def _traced_connections(path: Path) -> Iterator[None]:
    """Let libpq itself write down every message of every connection that is opened during the block."""
    with path.open("wb") as file:

        def trace(raw: Any, _record: object) -> None:
            if hasattr(raw, "pgconn"):
                raw.pgconn.trace(file.fileno())

        event.listen(Engine, "connect", trace)
        try:
            yield
        finally:
            event.remove(Engine, "connect", trace)


def _sent_by(action: Callable[[], None], trace: Path) -> Counter[str]:
    """The kinds of messages that an action sends to the server.

    A line of the trace: time, F for the client's or B for the server's, length, kind, contents.
    """
    # libpq writes through a buffer of its own, which is flushed when the connection is flushed.
    before = trace.stat().st_size
    action()
    fields = [line.split("\t") for line in trace.read_bytes()[before:].decode(errors="replace").splitlines()]
    return Counter(line[3] for line in fields if len(line) > 3 and line[1] == "F")
