"""Draw: a member draws a prize by lot. Pure: no clock, no database."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Final

import msgspec

from tallybook.draws.formula import candidates, hashed, next_record, number_from, picked
from tallybook.draws.notes import (
    DRAW,
    DRAW_SECRET,
    RESULT,
    ResultNote,
    RoundNote,
    draw_handles,
    put,
    result_key,
    round_of,
    secret_in,
    won_key,
)
from tallybook.draws.odds import hashed_table, rules_of
from tallybook.draws.prizes import Gave, check_room_for, give_prize
from tallybook.draws.secret import Opener, opened
from tallybook.draws.tally import check_limits, count_draw, is_free, tally_keys, tally_of
from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import REDEEMED
from tallybook.journal.folio import Folio
from tallybook.journal.moves import move_out
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_member_name
from tallybook.members.freeze import check_may_earn, check_may_redeem
from tallybook.members.known import tiers_by_ladder
from tallybook.members.profile import profile_of
from tallybook.members.spending import choose_lots, points_unit
from tallybook.programs.draws import DrawRules
from tallybook.programs.program import Program
from tallybook.programs.windows import is_open
from tallybook.refusals.draws import DrawNotAllowed, NoPrizeLeft

NONCE_LENGTH: Final = 32


class DrawDone(Reply, frozen=True, kw_only=True):
    """What was drawn: `prize` is empty for nothing, and `gave` is what the member has of it.

    In the public record it stands under `ordinal`, with the member's `alias` and the `nonce`; `record` is its
    receipt. It cost `cost` steps of `cost_unit`, 0 for nothing. Goods are delivered under `won`.
    """

    draw: str
    round: int
    ordinal: int
    alias: str
    nonce: str
    record: str
    prize: str = ""
    display_name: str = ""
    gave: tuple[Gave, ...] = ()
    won: str = ""
    cost_unit: str = ""
    cost: int = 0


class Draw(Command[DrawDone], frozen=True, kw_only=True, tag="draw"):
    """Draw once. What is won follows from the round's seed, its next ordinal, the member and `nonce`: of the
    member's own choice, or else made of the request id.

    It is never undone. `take_draw` makes the command. Refused, before anything is taken, with `UnknownDraw`,
    `DrawNotOpen`, `DrawNotAllowed`, `DrawLimitReached`, `NoPrizeLeft`, `NotEnoughPoints`, `AmountOverflow`,
    `BalanceLimitExceeded` or `MemberFrozen`; raises `SeedSealed` where the book has another key of codes than
    when the round was opened.
    """

    draw: str
    nonce: str = ""
    opener: Opener = Opener()
    reply_type = DrawDone
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)
        check_id("draw", self.draw)
        if self.nonce:
            check_id("nonce", self.nonce)

    def named_notes(self) -> Sequence[NoteKey]:
        return tally_keys(self.draw)

    def counterpart_handle(self) -> NoteKey:
        return DRAW, self.draw

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        return draw_handles(self.draw)

    def fingerprint(self) -> bytes:
        asked = msgspec.structs.replace(self, opener=Opener())
        return hashlib.blake2b(msgspec.json.encode(asked, order="deterministic"), digest_size=16).digest()

    def decide(self, desk: Desk) -> DrawDone:
        rules = rules_of(desk.program, self.draw)
        there = desk.other
        note = round_of(there, self.draw)
        assert there is not None, "what is open has a folio"
        tally = tally_of(desk.folio, self.draw).of_round(note.round)
        free = _check_may_draw(desk, rules)
        odds = hashed_table(desk.program, self.draw)
        among = candidates(odds.table, note.given, tally.won, tally.misses)
        if not among:
            raise NoPrizeLeft(draw=self.draw)
        check_room_for(desk, rules, among)
        if not free:
            parts = choose_lots(desk, points_unit(desk, rules.cost_unit), rules.cost)
            move_out(desk.folio, parts, REDEEMED)
        drawn = opened(secret_in(there, DRAW_SECRET, self.draw), self.opener, self.draw)
        ordinal, alias = note.results + 1, drawn.alias(self.member)
        nonce = self.nonce or hashed(self.request_id)[:NONCE_LENGTH]
        number = number_from(drawn.seed, self.program, self.draw, note.round, ordinal, alias, nonce)
        prize = picked(number, among)
        record = next_record(note.record, ordinal, alias, nonce, odds.hash, prize)
        result = ResultNote(
            alias=alias, nonce=nonce, revision=desk.program.revision, record=record, prize=prize
        )
        _file(there, self.draw, note, result)
        count_draw(desk.folio, rules, tally, prize, desk.today)
        key = won_key(self.draw, note.round, ordinal)
        gave = give_prize(desk, self.draw, rules.prizes[prize], key) if prize else ()
        desk.subject = self.draw
        return DrawDone(
            entry=desk.entry,
            recorded_at=desk.now,
            draw=self.draw,
            round=note.round,
            ordinal=ordinal,
            alias=alias,
            nonce=nonce,
            record=record,
            prize=prize,
            display_name=rules.prizes[prize].display_name if prize else "",
            gave=gave,
            won=key if prize and rules.prizes[prize].goods else "",
            cost_unit="" if free else rules.cost_unit,
            cost=0 if free else rules.cost,
        )


def _check_may_draw(desk: Desk, rules: DrawRules) -> bool:
    """Raise what a member is refused with before anything is drawn; returns whether the draw is free."""
    check_may_earn(desk)
    problem = why_not(desk.folio, desk.program, rules, desk.now)
    if problem:
        raise DrawNotAllowed(draw=rules.code, problem=problem)
    check_limits(desk.folio, rules, desk.today)
    free = is_free(desk.folio, rules, desk.today)
    if not free:
        check_may_redeem(desk)
    return free


def why_not(folio: Folio, program: Program, rules: DrawRules, now: datetime) -> str:
    """Why a draw is not for a member now; empty where it is."""
    if not is_open(rules.window, now, now.astimezone(program.zone)):
        return "it can be drawn from at another time"
    if rules.tiers and rules.tiers.isdisjoint(tiers_by_ladder(folio, program).values()):
        return "it is for other tiers"
    if rules.tags and rules.tags.isdisjoint(profile_of(folio).tags):
        return "it is for members with other tags"
    return ""


def _file(folio: Folio, draw: str, note: RoundNote, result: ResultNote) -> None:
    """File a result, and what the round has come to with it."""
    given = note.given
    if result.prize:
        given = dict(sorted({**given, result.prize: given.get(result.prize, 0) + 1}.items()))
    revisions = note.revisions
    if result.revision not in revisions:
        revisions = (*revisions, result.revision)
    put(folio, RESULT, result_key(note.round, note.results + 1), result)
    note = msgspec.structs.replace(
        note, results=note.results + 1, given=given, revisions=revisions, record=result.record
    )
    put(folio, DRAW, draw, note)
