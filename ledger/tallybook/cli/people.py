"""Commands about members: segments, reviews. Knows the book and a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import msgspec
import typer

from tallybook.book import Book
from tallybook.cli.opening import BookUrl, ProgramCode, opened
from tallybook.members.review_queries import ListReviews, ReviewView
from tallybook.members.segment_queries import CountSegments, ListSegment, SegmentCounts

PAGE: Final = 1_000


def segments(
    url: BookUrl,
    program: ProgramCode,
    of: Annotated[
        str, typer.Option("--list", metavar="SEGMENT", help="Print the members that are in one, by name")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    """Print how many members are on each stage and in each segment. It looks at every member."""
    with opened(url) as book:
        if of:
            for member in _members(book, program, of):
                typer.echo(member)
            return
        counts = book.ask(CountSegments(program=program))
    if as_json:
        typer.echo(msgspec.json.encode(counts).decode())
        return
    for line in _lines(counts):
        typer.echo(line)


def _members(book: Book, program: str, segment: str) -> Iterator[str]:
    token = ""
    while True:
        page = book.ask(ListSegment(program=program, segment=segment, page_size=PAGE, page_token=token))
        yield from page.members
        token = page.next_page_token
        if not token:
            return


def _lines(counts: SegmentCounts) -> Iterator[str]:
    yield f"{'members':<40} {counts.members:>12}"
    for kind, numbers in (("stage", counts.stages), ("segment", counts.segments)):
        for name, members in numbers.items():
            yield f"{f'{kind} {name}':<40} {members:>12}"


def reviews(
    url: BookUrl,
    program: ProgramCode,
    done: Annotated[bool, typer.Option("--done", help="Those that somebody has looked at")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line")] = False,
) -> None:
    """Print what waits for somebody to look at it: who went beyond which velocity limit."""
    with opened(url) as book:
        token = ""
        while True:
            asked = ListReviews(program=program, done=done, page_size=PAGE, page_token=token)
            page = book.ask(asked)
            for review in page.reviews:
                typer.echo(msgspec.json.encode(review).decode() if as_json else _told(review))
            token = page.next_page_token
            if not token:
                return


def _told(review: ReviewView) -> str:
    what = f"{review.counted} {review.what} {review.unit}".rstrip()
    line = f"{review.member}: {review.review_id}: {what}, {review.most} are nothing to wonder about"
    return f"{line}; {review.decision} by {review.decided_by}" if review.decision else line
