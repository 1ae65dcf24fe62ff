"""Checks what was drawn by lot, from the public record alone: draws and red packets.

Written from the formula in decision 20, and from nothing else: it shares no code with what decides. A record
is plain values, as JSON has them, so that it can be kept in a file.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

Record = dict[str, Any]
"""Of a draw: program, draw, round, commitment, seed, record, given_before, tables and results. Of a red
packet: program, packet, unit, total, shares, commitment, seed, record and claims.
"""


def check_draw(record: Record) -> Iterator[str]:
    """What is wrong with a round of a draw that was closed: nothing, if all of it is as it was drawn."""
    yield from _seed_faults(record)
    seed = bytes.fromhex(record["seed"])
    tables = {_table_hash(table): table for table in record["tables"]}
    given, members = dict(record["given_before"]), dict[str, _Member]()
    before = [f"{prize} {number}" for prize, number in sorted(given.items())]
    place = record["program"], record["draw"], record["round"]
    chain = _hash("tallybook draw", *place, record["commitment"], *before)
    for ordinal, result in enumerate(record["results"], 1):
        if result["ordinal"] != ordinal:
            yield f"result {ordinal} is missing: {result['ordinal']} stands in its place"
            return
        table = tables.get(result["table"])
        if table is None:
            yield f"result {ordinal} was drawn by odds that nobody tells: {result['table']}"
            return
        member = members.setdefault(result["alias"], _Member())
        among = _candidates(table, given, member)
        number = _number(seed, *place, ordinal, result["alias"], result["nonce"])
        prize = _picked(number, among)
        if prize != result["prize"]:
            said, fell = (each or "nothing" for each in (result["prize"], prize))
            yield f"result {ordinal} is {said}, and comes to {fell}"
        chain = _hash(chain, ordinal, result["alias"], result["nonce"], result["table"], prize or "-")
        if chain != result["record"]:
            yield f"result {ordinal} has record {result['record']}, and comes to {chain}"
            return
        member.note(prize, {each["prize"] for each in table["odds"] if each["is_sure"]})
        if prize:
            given[prize] = given.get(prize, 0) + 1
    if chain != record["record"]:
        yield f"the record of all results is {record['record']}, and they come to {chain}"


def check_red_packet(record: Record) -> Iterator[str]:
    """What is wrong with a red packet that is over: nothing, if all of it was split as it says."""
    yield from _seed_faults(record)
    shares = _split(bytes.fromhex(record["seed"]), record["total"], record["shares"])
    place = record["program"], record["packet"], record["unit"]
    chain = _hash("tallybook red packet", *place, record["total"], record["shares"], record["commitment"])
    if len({claim["alias"] for claim in record["claims"]}) < len(record["claims"]):
        yield "somebody has claimed twice"
    for ordinal, claim in enumerate(record["claims"], 1):
        if claim["ordinal"] != ordinal or ordinal > len(shares):
            yield f"claim {ordinal} is missing: {claim['ordinal']} stands in its place"
            return
        if claim["amount"] != shares[ordinal - 1]:
            yield f"claim {ordinal} got {claim['amount']}, and share {ordinal} is {shares[ordinal - 1]}"
        chain = _hash(chain, ordinal, claim["alias"], shares[ordinal - 1])
        if chain != claim["record"]:
            yield f"claim {ordinal} has record {claim['record']}, and comes to {chain}"
            return
    if chain != record["record"]:
        yield f"the record of all claims is {record['record']}, and they come to {chain}"


class _Member:
    """What one alias has won, and how often it missed since."""

    def __init__(self) -> None:
        self.won: dict[str, int] = {}
        self.misses = 0

    def note(self, prize: str, sure: set[str]) -> None:
        """Count a result."""
        if prize:
            self.won[prize] = self.won.get(prize, 0) + 1
        self.misses = 0 if prize in sure else self.misses + 1


def _seed_faults(record: Record) -> Iterator[str]:
    told = hashlib.sha256(bytes.fromhex(record["seed"])).hexdigest()
    if told != record["commitment"]:
        yield f"the seed has hash {told}, and {record['commitment']} was told before"


def _hash(*lines: object) -> str:
    return hashlib.sha256("\n".join(str(line) for line in lines).encode()).hexdigest()


def _number(seed: bytes, *lines: object) -> int:
    message = "\n".join(str(line) for line in lines).encode()
    return int(hmac.new(seed, message, hashlib.sha256).hexdigest(), 16)


def _table_hash(table: Record) -> str:
    def bound(value: int | None) -> object:
        return "-" if value is None else value

    prizes = [
        f"prize {each['prize']} {each['weight']} {bound(each['stock'])} {bound(each['most_per_member'])} "
        f"{1 if each['is_sure'] else 0}"
        for each in sorted(table["odds"], key=lambda each: str(each["prize"]))
    ]
    return _hash(
        f"blank {table['blank_weight']}",
        f"guarantee {table['guarantee_after']}",
        f"fallback {table['fallback'] or '-'}",
        *prizes,
    )


def _candidates(table: Record, given: dict[str, int], member: _Member) -> list[tuple[str, int]]:
    there = []
    for each in sorted(table["odds"], key=lambda each: str(each["prize"])):
        name, stock, most = each["prize"], each["stock"], each["most_per_member"]
        is_gone = stock is not None and given.get(name, 0) >= stock
        has_enough = most is not None and member.won.get(name, 0) >= most
        if each["weight"] > 0 and not is_gone and not has_enough:
            there.append(each)
    after = table["guarantee_after"]
    sure = [(each["prize"], each["weight"]) for each in there if each["is_sure"]]
    if after and member.misses >= after and sure:
        return sure
    found = [(each["prize"], each["weight"]) for each in there]
    if table["blank_weight"]:
        found.append(("", table["blank_weight"]))
    if not found and table["fallback"]:
        found.append((table["fallback"], 1))
    return found


def _picked(number: int, among: list[tuple[str, int]]) -> str:
    if not among:
        return ""
    place = number % sum(weight for _, weight in among)
    ends = accumulate(weight for _, weight in among)
    return next(prize for (prize, _), end in zip(among, ends, strict=True) if place < end)


def _split(seed: bytes, total: int, shares: int) -> list[int]:
    cuts: set[int] = set()
    for highest in range(total - shares + 1, total):
        cut = _number(seed, highest) % highest + 1
        cuts.add(highest if cut in cuts else cut)
    ends = [0, *sorted(cuts), total]
    return [ends[place] - ends[place - 1] for place in range(1, len(ends))]
