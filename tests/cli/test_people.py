"""The operator counts segments, lists who is in one, and sees what waits for review."""

from typing import Any

import msgspec
import pytest
import tallybook as tb

from tests.cli.operator import run

PROGRAM = """
program: demo
timezone: UTC
units: {points: {kind: redeemable}}
segments: {rich: balance.points >= 100}
velocity:
  many: {what: units_earned, unit: points, most: 100, period: week, then: review}
"""


@pytest.fixture
def url(database_url: str) -> str:
    """A book with three members, one of whom got much."""
    with tb.Book.open(database_url) as book:
        book.apply(PROGRAM)
        for number in range(3):
            who: dict[str, Any] = {"program": "demo", "member": f"m{number}"}
            book.do(tb.Enroll(**who, request_id="in"))
            book.do(tb.Award(**who, request_id="gift", unit="points", amount=60 * number + 1))
        book.do(tb.TagMember(program="demo", member="m0", request_id="tag", tags=("vip",)))
    return database_url


def test_segments_and_stages_are_counted(url: str) -> None:
    lines = run("segments", url, "--program", "demo").stdout.splitlines()
    assert lines[0].split() == ["members", "3"]
    assert lines[-1].split() == ["segment", "rich", "1"]
    counts = msgspec.json.decode(run("segments", url, "--program", "demo", "--json").stdout)
    assert (counts["members"], counts["stages"]["considering"]) == (3, 3)


def test_a_segment_is_listed(url: str) -> None:
    assert run("segments", url, "--program", "demo", "--list", "rich").stdout == "m2\n"
    result = run("segments", url, "--program", "demo", "--list", "none")
    assert result.exit_code == 3
    assert "has no segment 'none'" in result.stderr


def test_reviews_are_printed(url: str) -> None:
    (line,) = run("reviews", url, "--program", "demo").stdout.splitlines()
    assert line.startswith("m2: many/")
    assert line.endswith(": 121 units_earned points, 100 are nothing to wonder about")
    with tb.Book.open(url) as book:
        (review,) = book.ask(tb.ListReviews(program="demo")).reviews
        book.do(
            tb.ResolveReview(
                program="demo",
                member="m2",
                request_id="seen",
                review_id=review.review_id,
                decision=tb.ReviewDecision.CONFIRMED,
                decided_by="kim",
            )
        )
    assert run("reviews", url, "--program", "demo").stdout == ""
    told = run("reviews", url, "--program", "demo", "--done", "--json").stdout
    assert msgspec.json.decode(told)["decided_by"] == "kim"
    assert run("reviews", url, "--program", "demo", "--done").stdout.endswith("; confirmed by kim\n")
