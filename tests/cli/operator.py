"""Runs the command as an operator would, and keeps a small book for it. Knows no pytest."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import tallybook as tb
from sqlalchemy import create_engine, text
from tallybook.cli import app
from typer.testing import CliRunner, Result

LONG_AGO = datetime(2020, 3, 1, 12, tzinfo=UTC)


def run(*arguments: str, typed: bytes = b"", env: Mapping[str, str] | None = None) -> Result:
    """Run the command; a traceback fails the test, whatever the exit code."""
    variables = {"TALLYBOOK_URL": "", "TALLYBOOK_PROGRAM": "", **(env or {})}
    result = CliRunner().invoke(app, list(arguments), input=typed, env=variables)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def keep_book(url: str, members: int = 3, now: datetime | None = None) -> None:
    """Apply the demo program; enroll members m0, m1 ... and give each of them 100 points."""
    with tb.Book.open(url, clock=lambda: now or datetime.now(UTC) - timedelta(seconds=1)) as book:
        book.apply(tb.DEMO_PROGRAM)
        names = [f"m{number}" for number in range(members)]
        enrolled = book.do([tb.Enroll(program="demo", member=name, request_id="in") for name in names])
        awarded = book.do(
            [
                tb.Award(program="demo", member=name, request_id="gift", unit="points", amount=100)
                for name in names
            ]
        )
        assert all(isinstance(each, tb.Reply) for each in (*enrolled, *awarded))


def refuse_too_much(url: str, request_id: str, now: datetime) -> None:
    """Have m0 ask for more than there is, as of some moment."""
    with tb.Book.open(url, clock=lambda: now) as book:
        asked = tb.Redeem(program="demo", member="m0", request_id=request_id, unit="points", amount=1000)
        (outcome,) = book.do([asked])
        assert isinstance(outcome, tb.NotEnoughPoints)


def tamper(url: str, statement: str) -> None:
    """Change the book behind its back."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
