"""Questions about draws and red packets: the public record, what members may draw, or won. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select

from tallybook.draws.draw import why_not
from tallybook.draws.formula import Table
from tallybook.draws.notes import (
    DRAW,
    PACKET,
    RESULT,
    ROUND,
    SHARE,
    WON_GOODS,
    GoodsNote,
    PacketNote,
    ResultNote,
    RoundNote,
    ShareNote,
    found,
    result_key,
    round_key,
    share_key,
)
from tallybook.draws.odds import hashed_table, rules_of
from tallybook.draws.prizes import gifts_of
from tallybook.draws.tally import is_free, left_of, tally_keys, tally_of
from tallybook.draws.views import DrawView, PrizeView, ResultView, TableView
from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.query import FolioQuery
from tallybook.engine.reading import HistoryQuery, PagedQuery, Reading, settled
from tallybook.journal import tables
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, NoteKey, decoded
from tallybook.journal.queries import notes_behind
from tallybook.members.bearers import DRAWS
from tallybook.programs.program import Program
from tallybook.refusals.draws import DrawNotOpen, UnknownRedPacket


class GetDraw(HistoryQuery[DrawView], frozen=True, kw_only=True):
    """A round of a draw, by default the newest. Raises `UnknownDraw`, or `DrawNotOpen` for one that there was
    not.
    """

    draw: str
    round: int = 0

    def check(self) -> None:
        check_id("draw", self.draw)
        check_whole("round", self.round, smallest=0)

    def read(self, reading: Reading) -> DrawView:
        program = reading.program(self.program)
        rules = rules_of(program, self.draw)
        note = round_in(reading, self.program, self.draw, self.round)
        newest = round_in(reading, self.program, self.draw)
        prizes = [
            PrizeView(
                prize=code,
                display_name=prize.display_name,
                weight=prize.weight,
                left=None if prize.stock is None else max(0, prize.stock - newest.given.get(code, 0)),
                gives=gifts_of(prize),
            )
            for code, prize in rules.prizes.items()
        ]
        odds = [hashed_table(reading.program(self.program, each), self.draw) for each in note.revisions]
        return DrawView(
            draw=self.draw,
            display_name=rules.display_name,
            round=note.round,
            commitment=note.commitment,
            seed=note.seed,
            record=note.record,
            results=note.results,
            opened_at=note.opened_at,
            closed_at=note.closed_at,
            given_before=note.given_before,
            tables=tuple(TableView(hash=key, table=table) for key, table in _by_hash(odds).items()),
            prizes=tuple(prizes),
        )


def _by_hash(odds: Sequence[tuple[Table, str]]) -> dict[str, Table]:
    return {key: table for table, key in odds}


def round_in(reading: Reading, program: str, draw: str, number: int = 0) -> RoundNote:
    """A round of a draw, by default the newest; raises `DrawNotOpen` for one that there was not."""
    newest = _one(reading, program, draw, DRAW, draw)
    if newest is not None and number not in (0, newest.round):
        newest = _one(reading, program, draw, ROUND, round_key(number))
    if newest is None:
        raise DrawNotOpen(draw=draw)
    return newest


def _one(reading: Reading, program: str, draw: str, kind: str, key: str) -> RoundNote | None:
    note = tables.note.c
    query = select(note.body).where(
        note.program == program, note.member == DRAWS + draw, note.kind == kind, note.key == key
    )
    body = reading.session.connection.execute(query).scalar()
    return None if body is None else decoded(RoundNote, Note(body))


class ResultPage(msgspec.Struct, frozen=True, kw_only=True):
    """Part of a round's results; an empty `next_page_token` is the only sign of the end."""

    results: tuple[ResultView, ...]
    next_page_token: str


class ListDraws(PagedQuery[ResultPage], frozen=True, kw_only=True):
    """The results of a round of a draw, by default the newest, in their order.

    By pages: `page_size` 0 asks for 50; more than 1,000 gets 1,000. Raises `UnknownDraw`, `DrawNotOpen` or
    `PageTokenInvalid`.
    """

    draw: str
    round: int = 0

    def check(self) -> None:
        check_id("draw", self.draw)
        check_whole("round", self.round, smallest=0)

    def read(self, reading: Reading) -> ResultPage:
        rules_of(reading.program(self.program), self.draw)
        page = self.page("draw_results", self.draw, str(self.round))
        if page.behind:
            number, _, last = page.behind.partition("/")
        else:
            number, last = str(round_in(reading, self.program, self.draw, self.round).round), "0"
        behind, of_round = result_key(int(number), int(last)), round_key(int(number)) + "/"
        found = notes_behind(
            reading.session.connection, self.program, DRAWS + self.draw, RESULT, behind, page.limit
        )
        rows, more = page.turned(
            [row for row in found if row[0].startswith(of_round)],
            lambda row: f"{number}/{_ordinal_in(row[0])}",
        )
        results = tuple(self._view(reading, key, note) for key, note in rows)
        return ResultPage(results=results, next_page_token=more)

    def _view(self, reading: Reading, key: str, told: Note) -> ResultView:
        note = decoded(ResultNote, told)
        assert note is not None, "there is a body"
        return ResultView(
            ordinal=_ordinal_in(key),
            alias=note.alias,
            nonce=note.nonce,
            table=hashed_table(reading.program(self.program, note.revision), self.draw).hash,
            prize=note.prize,
            record=note.record,
        )


def _ordinal_in(key: str) -> int:
    """The number at the end of the key of a result or a share."""
    return int(key.rpartition("/")[2])


# --- a member's own ----------------------------------------------------------------------------------------


class DrawStanding(msgspec.Struct, frozen=True, kw_only=True):
    """What a member may draw now: `problem` says why not, and is empty where it may.

    `left` is how often in all, None for without bounds; the next draw costs `cost` steps of `cost_unit`, 0
    for nothing. `misses` is how many draws of round `round` came since a prize that is sure after
    `guarantee_after`, which is 0 for never.
    """

    draw: str
    problem: str
    left: int | None
    cost_unit: str
    cost: int
    round: int
    misses: int
    guarantee_after: int


class GetDrawStanding(FolioQuery[DrawStanding], frozen=True, kw_only=True):
    """What a member may draw now. Raises `UnknownMember` or `UnknownDraw`."""

    draw: str

    def check(self) -> None:
        check_id("draw", self.draw)

    def named_notes(self) -> Sequence[NoteKey]:
        return tally_keys(self.draw)

    def answer(self, folio: Folio, program: Program, now: datetime) -> DrawStanding:
        rules, tally, today = rules_of(program, self.draw), tally_of(folio, self.draw), program.today(now)
        free = is_free(folio, rules, today)
        return DrawStanding(
            draw=self.draw,
            problem=why_not(folio, program, rules, now),
            left=left_of(folio, rules, today),
            cost_unit="" if free else rules.cost_unit,
            cost=0 if free else rules.cost,
            round=tally.round,
            misses=tally.misses,
            guarantee_after=rules.guarantee_after,
        )


class WonGoods(msgspec.Struct, frozen=True, kw_only=True):
    """Goods that a member has won, delivered or not."""

    won: str
    goods: GoodsNote


class WonGoodsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Part of what a member has won; an empty `next_page_token` is the only sign of the end."""

    won: tuple[WonGoods, ...]
    next_page_token: str


class ListWonGoods(PagedQuery[WonGoodsPage], frozen=True, kw_only=True):
    """The goods that a member has won, by draw. By pages, as `ListDraws`. Raises `UnknownMember` or
    `PageTokenInvalid`.
    """

    member: str

    def check(self) -> None:
        check_id("member", self.member)

    def read(self, reading: Reading) -> WonGoodsPage:
        reading.settled_folio(self.program, self.member)
        page = self.page("won_goods", self.member)
        found = notes_behind(
            reading.session.connection, self.program, self.member, WON_GOODS, page.behind, page.limit
        )
        rows, more = page.turned(found, lambda row: row[0])
        won = tuple(
            WonGoods(won=key, goods=msgspec.json.decode(note.body, type=GoodsNote)) for key, note in rows
        )
        return WonGoodsPage(won=won, next_page_token=more)


# --- red packets -------------------------------------------------------------------------------------------


class ShareView(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of a red packet as everybody may know it."""

    ordinal: int
    alias: str
    amount: int
    record: str


class RedPacketView(msgspec.Struct, frozen=True, kw_only=True):
    """A red packet as everybody may know it, with all that was claimed. Its seed is empty until it is over.

    `giver` is a member, or empty for one of the house.
    """

    packet: str
    giver: str
    content: PacketNote
    shares: tuple[ShareView, ...]


class GetRedPacket(HistoryQuery[RedPacketView], frozen=True, kw_only=True):
    """A red packet. Raises `UnknownProgram` or `UnknownRedPacket`."""

    packet: str

    def check(self) -> None:
        check_id("packet", self.packet)

    def read(self, reading: Reading) -> RedPacketView:
        reading.program(self.program)
        note = tables.note.c
        query = select(note.member).where(
            note.program == self.program, note.kind == PACKET, note.key == self.packet
        )
        giver = reading.session.connection.execute(query).scalar()
        if giver is None:
            raise UnknownRedPacket(program=self.program, packet=self.packet)
        named = [(self.program, giver, PACKET, self.packet)]
        batch = reading.folios([(self.program, giver)], notes=named)
        folio = settled(batch, self.program, giver, reading.kinds.effects)
        content = found(PacketNote, folio, PACKET, self.packet)
        assert content is not None, "a handle is there"
        behind = share_key(self.packet, 0)
        connection = reading.session.connection
        rows = notes_behind(connection, self.program, giver, SHARE, behind, content.claims)
        shares = [(key, msgspec.json.decode(note.body, type=ShareNote)) for key, note in rows]
        return RedPacketView(
            packet=self.packet,
            giver="" if content.fund else giver,
            content=content,
            shares=tuple(
                ShareView(
                    ordinal=_ordinal_in(key),
                    alias=share.alias,
                    amount=share.amount,
                    record=share.record,
                )
                for key, share in shares
            ),
        )
