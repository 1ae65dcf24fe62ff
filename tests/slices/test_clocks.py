"""The book's clock may be of any time zone: everything is recorded in UTC."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import tallybook as tb

SHANGHAI = timezone(timedelta(hours=8))
NOON = datetime(2026, 1, 31, 12, tzinfo=SHANGHAI)


def test_a_clock_may_be_of_any_time_zone(database_url: str) -> None:
    own: dict[str, Any] = {"program": "demo", "member": "m1"}
    with tb.Book.open(database_url, clock=lambda: NOON) as book:
        book.apply(tb.DEMO_PROGRAM)
        enrolled = book.do(tb.Enroll(**own, request_id="r1"))
        assert (enrolled.recorded_at, enrolled.recorded_at.tzinfo) == (NOON, UTC)
        with pytest.raises(tb.NotEnoughPoints):
            book.do(tb.Redeem(**own, request_id="r2", unit="points", amount=1))
        book.do(tb.Award(**own, request_id="r3", unit="points", amount=100))
        assert book.ask(tb.Balances(**own)).as_of == NOON
        assert book.seal("demo").sealed_at == NOON
        assert [each.disagreement for each in book.verify("demo")] == [None]
