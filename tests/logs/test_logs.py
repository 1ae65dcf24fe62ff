"""A mistake of ours is logged with where it came up, and with nothing of what members did."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
import tallybook as tb

SECRETS = ("7KQ2-M9XA-0D4T-HW3PZ", "half a pound of butter", "+44 20 7946 0958")
CODE, BOUGHT, PHONE = SECRETS

AN_INCIDENT = f"""
import sys, logging
from dataclasses import fields
import structlog
import tallybook as tb
from tallybook_server.incidents import incident_of
from tallybook_server.logs import start_logging
from tallybook_server.settings import Settings

given = dict.fromkeys((each.name for each in fields(Settings)), "")
start_logging(Settings(**{{**given, "log_level": "debug", "log_format": sys.argv[1]}}))

def of_no_use(code):
    bought = {BOUGHT!r}
    try:
        {{}}[code]
    except KeyError as error:
        raise ValueError("cannot do " + bought) from error

try:
    of_no_use({CODE!r})
except ValueError as error:
    incident_of(error, request="PresentCardRequest")
    structlog.get_logger().exception("keeping_failed")
    logging.getLogger("grpc").exception("unexpected")
"""


def silent(said: str) -> bool:
    return not any(secret in said for secret in SECRETS)


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_an_incident_of_the_server_tells_where_and_not_what(log_format: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AN_INCIDENT, log_format], capture_output=True, text=True, check=True
    )
    assert silent(done.stderr)
    for told in ("in of_no_use", "KeyError", "ValueError", "PresentCardRequest", "keeping_failed"):
        assert told in done.stderr
    assert done.stderr.count("in of_no_use") == 2 * done.stderr.count("ValueError") == 6


def test_a_command_that_fails_tells_where_and_not_what(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def decide(self: tb.Award, desk: Any) -> Any:
        bought = BOUGHT  # what a log with local variables would show
        raise ValueError(f"{bought} for {PHONE}")

    structlog.reset_defaults()
    with tb.Book.open(database_url) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(program="demo", member="m1", request_id="in"))
        monkeypatch.setattr(tb.Award, "decide", decide)
        award = tb.Award(program="demo", member="m1", request_id="a", unit="points", amount=1, reason=CODE)
        (outcome,) = book.do([award])
    assert isinstance(outcome, tb.InternalError)
    said = "".join(capsys.readouterr())
    assert "command_failed" in said
    assert "in decide" in said
    assert silent(said)


def test_a_query_that_fails_tells_where_and_not_what(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def settle(*told: Any) -> None:
        raise ValueError(f"{BOUGHT} for {PHONE}")

    structlog.reset_defaults()
    now = datetime(2027, 1, 1, tzinfo=UTC)
    with tb.Book.open(database_url, clock=lambda: now) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(program="demo", member="m1", request_id="in"))
        book.do(tb.Award(program="demo", member="m1", request_id="a", unit="points", amount=1, reason=CODE))
        book.do(tb.Hold(program="demo", member="m1", request_id="h", unit="points", amount=1, seconds=60))
        now += timedelta(days=1)
        monkeypatch.setattr("tallybook.engine.decide.settle", settle)
        with pytest.raises(tb.InternalError):
            book.ask(tb.Balances(program="demo", member="m1"))
    said = "".join(capsys.readouterr())
    assert "query_failed" in said
    assert "in settle" in said
    assert silent(said)


def test_what_the_database_will_not_have_is_told_by_its_code(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    structlog.reset_defaults()
    below_zero = (BOUGHT, PHONE, 1, 0, CODE, "house", None, None, "available", "redeemed", -5)
    monkeypatch.setattr("tallybook.engine.record._posting_rows", lambda folio: [below_zero])
    with tb.Book.open(database_url) as book:
        book.apply(tb.DEMO_PROGRAM)
        (outcome,) = book.do([tb.Enroll(program="demo", member="m1", request_id="in")])
    assert isinstance(outcome, tb.InternalError)
    said = "".join(capsys.readouterr())
    assert "command_refused_by_database" in said
    assert silent(said)


def test_a_trace_goes_back_to_what_began_it_and_ends() -> None:
    first = KeyError(CODE)
    second = ValueError(CODE)
    second.__cause__ = first
    first.__context__ = second
    assert tb.trace_of(second) == "builtins.KeyError\n\nwhich led to:\n\nbuiltins.ValueError"
    assert tb.trace_of(None) == ""
