"""award_statements: how many statements a batch of awards sends, counted where they leave for the server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import tallybook as tb
from sqlalchemy import Engine, event

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
        with traced_connections(trace), tb.Book.open(url) as book:
            admit(book, crowd)
            for size in [SMALL, LARGE] * WARM_BATCHES:
                give(book, wishes.take(size))
            sent: dict[int, Counter[str]] = {}
            for size in (SMALL, LARGE):
                # Before and after, everything that libpq had to write stands in the file.
                before = trace.stat().st_size
                give(book, wishes.take(size))
                sent[size] = messages_sent(trace.read_bytes()[before:])
                bar.advance()
    return Figure(
        ratio=statements_in(sent[LARGE]),
        sides={
            f"batch_of_{size}": {
                "statements": statements_in(messages),
                "round_trips": sum(messages[kind] for kind in ROUND_TRIPS),
                "messages": dict(sorted(messages.items())),
            }
            for size, messages in sent.items()
        },
        parameters={"small": SMALL, "large": LARGE, "members": crowd.members},
    )


@contextmanager
def traced_connections(path: Path) -> Iterator[None]:
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


def messages_sent(trace: bytes) -> Counter[str]:
    """The kinds of messages that went to the server.

    A line of a trace: time, F for the client's or B for the server's, length, kind, contents.
    """
    fields = [line.split("\t") for line in trace.decode(errors="replace").splitlines()]
    return Counter(line[3].strip() for line in fields if len(line) > 3 and line[1] == "F")


def statements_in(messages: Counter[str]) -> int:
    """How many statements the server was made to run."""
    return sum(messages[kind] for kind in STATEMENTS)
