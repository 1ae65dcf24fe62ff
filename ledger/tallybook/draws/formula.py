"""The published formula: what a seed makes of a draw and of a red packet. Pure: no clock, no database.

Decision 20 says the same in words, so that anybody can check results without this. Texts are UTF-8, lines are
joined by one newline, hashes are SHA-256 in hexadecimal, and numbers are read from bytes the highest first.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec


class Odds(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What counts of one prize: None is without bounds. `is_sure` says whether a guarantee is about it."""

    prize: str
    weight: int
    stock: int | None = None
    most_per_member: int | None = None
    is_sure: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The odds of a draw, sorted by prize. `guarantee_after` is 0 for never, `fallback` empty for none."""

    odds: tuple[Odds, ...]
    blank_weight: int = 0
    guarantee_after: int = 0
    fallback: str = ""

    def hashed(self) -> str:
        """What stands for the table in the public record."""
        return hashed(
            f"blank {self.blank_weight}",
            f"guarantee {self.guarantee_after}",
            f"fallback {self.fallback or '-'}",
            *(
                f"prize {each.prize} {each.weight} {_or_none(each.stock)} "
                f"{_or_none(each.most_per_member)} {int(each.is_sure)}"
                for each in self.odds
            ),
        )


def _or_none(number: int | None) -> str:
    return "-" if number is None else str(number)


def hashed(*lines: object) -> str:
    """The hash of lines of text."""
    return hashlib.sha256("\n".join(map(str, lines)).encode()).hexdigest()


def commitment_to(seed: bytes) -> str:
    """The hash of a seed, which is published before the first result."""
    return hashlib.sha256(seed).hexdigest()


def number_from(seed: bytes, *lines: object) -> int:
    """A number of 256 bits that nobody knows without the seed."""
    message = "\n".join(map(str, lines)).encode()
    return int.from_bytes(hmac.digest(seed, message, "sha256"))


# --- draws -----------------------------------------------------------------------------------------------


def first_record(program: str, draw: str, round_: int, commitment: str, given: Mapping[str, int]) -> str:
    """The record that a round begins with; `given` is what was won of each prize in rounds before."""
    before = [f"{prize} {number}" for prize, number in sorted(given.items())]
    return hashed("tallybook draw", program, draw, round_, commitment, *before)


def next_record(record: str, ordinal: int, alias: str, nonce: str, table: str, prize: str) -> str:
    """The record of a result, which covers all before it. No prize is nothing won."""
    return hashed(record, ordinal, alias, nonce, table, prize or "-")


def candidates(
    table: Table, given: Mapping[str, int], won: Mapping[str, int], misses: int
) -> list[tuple[str, int]]:
    """What can be won, with its weight, in the order in which it is gone through. Empty for nothing left.

    `given` is what was won of each prize in all rounds, `won` what this member has won in this one, and
    `misses` how many draws of the member's in this round were for none of the sure prizes since the last one.
    """
    there = [
        each
        for each in table.odds
        if each.weight
        and (each.stock is None or given.get(each.prize, 0) < each.stock)
        and (each.most_per_member is None or won.get(each.prize, 0) < each.most_per_member)
    ]
    sure = [each for each in there if each.is_sure]
    if sure and table.guarantee_after and misses >= table.guarantee_after:
        return [(each.prize, each.weight) for each in sure]
    found = [(each.prize, each.weight) for each in there]
    if table.blank_weight:
        found.append(("", table.blank_weight))
    return found or ([(table.fallback, 1)] if table.fallback else [])


def picked(number: int, among: Sequence[tuple[str, int]]) -> str:
    """The prize in whose span a number lies: empty for nothing."""
    place = number % sum(weight for _, weight in among)
    for prize, weight in among:
        if place < weight:
            return prize
        place -= weight
    raise AssertionError("every number lies somewhere")


# --- red packets -----------------------------------------------------------------------------------------


def first_packet_record(
    program: str, packet: str, unit: str, total: int, shares: int, commitment: str
) -> str:
    """The record that a red packet begins with."""
    return hashed("tallybook red packet", program, packet, unit, total, shares, commitment)


def next_packet_record(record: str, ordinal: int, alias: str, amount: int) -> str:
    """The record of a claim, which covers all before it."""
    return hashed(record, ordinal, alias, amount)


@lru_cache(maxsize=256)
def split(seed: bytes, total: int, shares: int) -> tuple[int, ...]:
    """A total in so many shares of at least 1, each way to split it as likely as any other.

    Cuts are drawn between the steps of the total, all different, by R. W. Floyd's algorithm (J. Bentley and
    R. W. Floyd, "Programming Pearls: A Sample of Brilliance", 1987); shares lie between them.
    """
    assert 1 <= shares <= total, f"{total} cannot be split in {shares}"
    cuts: set[int] = set()
    for highest in range(total - shares + 1, total):
        cut = 1 + number_from(seed, highest) % highest
        cuts.add(highest if cut in cuts else cut)
    ends = [*sorted(cuts), total]
    return tuple(end - start for start, end in zip([0, *ends], ends, strict=False))
