"""The command issue-cards: makes gift cards and writes their codes to a file. Knows the book and files."""

from __future__ import annotations

import csv
import os
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final

import typer

from tallybook.book import Book
from tallybook.cli.documents import writing
from tallybook.cli.opening import EXIT_FAILED, EXIT_USAGE, BookUrl, ProgramCode, opened, stop
from tallybook.cli.progress import progress_bar
from tallybook.codes import CodeKey
from tallybook.errors import InvalidInput, UnknownMember
from tallybook.programs import parse
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.refusals.money import UnknownCard
from tallybook.stored_value.by_code import CARDS_AT_ONCE, CARDS_MAX, CardsToIssue
from tallybook.stored_value.card_view import GetCard
from tallybook.stored_value.cards import card_name

KEY_VARIABLE: Final = "TALLYBOOK_CODE_KEY"
HEAD: Final = "card,code,pin\n"
FOR_THE_OWNER_ALONE: Final = 0o600
LINE_BYTES_MAX: Final = 1024
"""No line of a file of codes is as long."""


def issue_cards(
    url: BookUrl,
    program: ProgramCode,
    batch: Annotated[str, typer.Option(help="Name of the batch, which the cards are named after")],
    count: Annotated[int, typer.Option(min=1, max=CARDS_MAX, help="How many cards it has in all")],
    unit: Annotated[str, typer.Option(help="Code of the unit of money that they are for")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the codes, as CSV")],
    amount: Annotated[
        str | None, typer.Option(help="What each is sold for, such as 50.00; any amount by default")
    ] = None,
    pin_digits: Annotated[int, typer.Option(help="How many digits PINs have; 0 is no PIN")] = 0,
) -> None:
    """Make gift cards, worth nothing yet, and write their codes to a file that only its owner can read.

    Codes are nowhere else, and cannot be told again. The same command goes on with what broke off: cards that
    were issued and whose codes are not in the file get others. TALLYBOOK_CODE_KEY is the secret that codes
    are hashed with, the same as the server's.
    """
    with opened(url, code_key=_key()) as book, writing(out):
        fixed = None if amount is None else _minor_units(book, program, unit, amount)
        after = _codes_safe(out, batch)
        if after is not None and after > count:
            stop(f"{out} has {after} cards already, more than {count}", EXIT_USAGE)
        wanted = CardsToIssue(program, batch, count, unit, fixed, pin_digits, after)
        wanted.check()
        if after:
            _check_the_same(book, wanted, card_name(batch, after), out)
        try:
            _write(book, wanted, out)
        except KeyboardInterrupt:
            stop(f"stopped; the same command goes on with batch {batch}", EXIT_FAILED)
    typer.echo(f"issued {count - (after or 0)} cards of batch {batch}: {count} codes are in {out}")


def _key() -> CodeKey:
    secret = os.environ.get(KEY_VARIABLE, "")
    if not secret:
        stop(f"set {KEY_VARIABLE}, the secret that codes are hashed with", EXIT_USAGE)
    try:
        return CodeKey(secret)
    except InvalidInput as error:
        stop(f"{KEY_VARIABLE} {error.problem}", EXIT_USAGE)


def _minor_units(book: Book, program: str, unit: str, text: str) -> int:
    """An amount of money as people write it, in the smallest step of its unit."""
    section = parse(book.program(program).document).stored_value.get(unit)
    if section is None:
        stop(f"program {program} does not keep {unit} as stored value", EXIT_USAGE)
    decimals = MINOR_UNIT_DECIMALS[section.currency]
    try:
        minor_units = Decimal(text).scaleb(decimals)
        is_whole = minor_units.is_finite() and not minor_units % 1
    except ArithmeticError:  # no number, or one that is too large to be anybody's
        stop(f"--amount {text} is no amount of money, such as 50.00", EXIT_USAGE)
    if not is_whole:
        stop(f"--amount {text} has more than the {decimals} decimals of {section.currency}", EXIT_USAGE)
    return int(minor_units)


def _codes_safe(out: Path, batch: str) -> int | None:
    """How many cards have their codes in the file; None where there is no file yet.

    A last line that was not written to its end is cut off.
    """
    if not out.exists():
        return None
    if not out.is_file() and not out.is_dir():  # which cannot be written, as is told then
        stop(f"{out} is no regular file", EXIT_USAGE)
    whole = cards = 0
    last, rest = "", b""
    with out.open("rb") as file:
        while line := file.readline(LINE_BYTES_MAX):
            if not line.endswith(b"\n"):
                rest = line
                break
            whole += len(line)
            cards += 1
            last = line.decode(errors="replace").partition(",")[0]
    head = HEAD.encode()
    is_head = last == HEAD.partition(",")[0] if cards else head.startswith(rest)
    if (cards <= 1) != is_head or len(rest) == LINE_BYTES_MAX:
        stop(f"{out} is not a file of codes", EXIT_USAGE)
    if cards > 1 and last != card_name(batch, cards - 1):
        stop(f"{out} ends with {last}, not with {card_name(batch, cards - 1)}", EXIT_USAGE)
    os.truncate(out, whole)
    return max(0, cards - 1) if cards else None


def _check_the_same(book: Book, wanted: CardsToIssue, last: str, out: Path) -> None:
    """Stop where the cards in the file are not like those that are wanted, as their last one tells."""
    try:
        card = book.ask(GetCard(program=wanted.program, member=last))
    except (UnknownMember, UnknownCard):
        stop(f"{out} has {last}, and the book has not", EXIT_USAGE)
    is_for = _worth(book, wanted.program, card.unit, card.amount)
    for_others = _worth(book, wanted.program, wanted.unit, wanted.amount)
    if is_for != for_others:
        stop(f"{last} is for {is_for}, not {for_others}", EXIT_USAGE)
    if card.has_pin != bool(wanted.pin_digits):
        stop(f"{last} has {'a' if card.has_pin else 'no'} PIN", EXIT_USAGE)


def _worth(book: Book, program: str, unit: str, amount: int | None) -> str:
    section = parse(book.program(program).document).stored_value.get(unit)
    if section is None:
        stop(f"program {program} does not keep {unit} as stored value", EXIT_USAGE)
    decimals = MINOR_UNIT_DECIMALS[section.currency]
    return f"any amount of {unit}" if amount is None else f"{Decimal(amount).scaleb(-decimals)} {unit}"


def _write(book: Book, wanted: CardsToIssue, out: Path) -> None:
    """Issue cards, and have each code on the disk soon after it is good."""
    descriptor = os.open(out, os.O_WRONLY | os.O_APPEND | os.O_CREAT, FOR_THE_OWNER_ALONE)
    with (
        open(descriptor, "w", encoding="ascii", newline="") as file,
        progress_bar("cards issued", wanted.count - (wanted.after or 0)) as advance,
    ):
        if wanted.after is None:
            file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        for number, card in enumerate(book.cards.issue(wanted), start=1):
            writer.writerow(card)
            if number % CARDS_AT_ONCE == 0:
                file.flush()
                os.fsync(descriptor)
                advance(CARDS_AT_ONCE)
