"""Statements are counted on the wire: whatever the library says of itself, libpq saw them leave."""

from pathlib import Path

import tallybook as tb

from bench.awards import Crowd, Wishes, admit, give
from bench.stage import Stage
from bench.statements import messages_sent, statements_in, traced_connections

TRACE = b"""
2026-11-21 22:13:17.678505\tF\t13\tParse\t "" "BEGIN" 0
2026-11-21 22:13:17.678507\tF\t14\tBind\t "" "" 0 0 1 0
2026-11-21 22:13:17.678509\tF\t9\tExecute\t "" 0
2026-11-21 22:13:17.678521\tF\t4\tSync
2026-11-21 22:13:17.679669\tB\t10\tCommandComplete\t "BEGIN"
2026-11-21 22:13:17.679679\tB\t5\tReadyForQuery\t T
2026-11-21 22:13:17.679700\tF\t11\tQuery\t "COMMIT"
"""


def test_only_what_the_client_sends_counts() -> None:
    sent = messages_sent(TRACE)
    assert sent == {"Parse": 1, "Bind": 1, "Execute": 1, "Sync": 1, "Query": 1}
    assert statements_in(sent) == 2


def test_a_statement_more_is_counted(stage: Stage, tmp_path: Path) -> None:
    trace = tmp_path / "wire"
    crowd = Crowd(members=3)
    wishes = Wishes(crowd, "counted")
    counts = []
    with stage.database() as url, traced_connections(trace), tb.Book.open(url) as book:
        admit(book, crowd)
        for _ in range(2):
            for batches in (1, 2):
                before = trace.stat().st_size
                for _ in range(batches):
                    give(book, wishes.take(2))
                counts.append(statements_in(messages_sent(trace.read_bytes()[before:])))
    assert counts[3] == 2 * counts[2] > 0
