"""ClaimRedPacket: a member takes the next share of a red packet. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from msgspec.structs import replace

from tallybook.draws.formula import next_packet_record, split
from tallybook.draws.notes import (
    CLAIMED,
    OPEN,
    PACKET,
    SHARE,
    ClaimedNote,
    PacketNote,
    ShareNote,
    found,
    packet_handles,
    put,
    share_key,
)
from tallybook.draws.packets import drawn_for, packet_of, put_packet, state_after
from tallybook.draws.prizes import check_room_for_bonus, give_bonus
from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import AmountOverflow
from tallybook.growth.giving import can_hold, give
from tallybook.journal.accounts import GIFTED, HELD, VESTED, Posting
from tallybook.journal.folio import Folio
from tallybook.journal.holds import HeldLot
from tallybook.journal.holds import split as split_lots
from tallybook.journal.moves import Lot, credit
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_member_name
from tallybook.members.freeze import check_may_earn
from tallybook.programs.program import Program
from tallybook.programs.rewards import UnitsReward
from tallybook.refusals.draws import OwnRedPacket, RedPacketClaimed, RedPacketOver, UnknownRedPacket


class ShareClaimed(Reply, frozen=True, kw_only=True):
    """The member got `amount` steps of `unit`, as claim number `ordinal` of `shares`.

    In the public record it stands under `alias`; `record` is its receipt.
    """

    packet: str
    unit: str
    amount: int
    ordinal: int
    shares: int
    alias: str
    record: str


class ClaimRedPacket(Command[ShareClaimed], frozen=True, kw_only=True, tag="claim_red_packet"):
    """Take a share of a red packet: once, and not of one's own.

    What a member gives keeps its fund and its expiry; what the house gives is issued, or bonus of stored
    value. Refused with `UnknownRedPacket`, `RedPacketOver`, `RedPacketClaimed`, `OwnRedPacket`,
    `AmountOverflow`, `BalanceLimitExceeded` or `MemberFrozen`.
    """

    packet: str
    reply_type = ShareClaimed
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)
        check_id("packet", self.packet)

    def named_notes(self) -> Sequence[NoteKey]:
        return ((CLAIMED, self.packet),)

    def counterpart_handle(self) -> NoteKey:
        return PACKET, self.packet

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        return packet_handles(self.packet)

    def finds_pools(self, program: Program) -> bool:
        return True

    def decide(self, desk: Desk) -> ShareClaimed:
        folio, giver = desk.folio, desk.other
        note = packet_of(giver, self.packet)
        if note is None or giver is None:
            raise UnknownRedPacket(program=self.program, packet=self.packet)
        self._check(desk, note, giver)
        _check_room(desk, note)
        drawn, ordinal = drawn_for(giver, self.packet), note.claims + 1
        amount, alias = split(drawn.seed, note.total, note.shares)[note.claims], drawn.alias(self.member)
        record = next_packet_record(note.record, ordinal, alias, amount)
        lots = _given(desk, giver, note, amount)
        put(
            giver,
            SHARE,
            share_key(self.packet, ordinal),
            ShareNote(alias=alias, amount=amount, record=record),
        )
        put(folio, CLAIMED, self.packet, ClaimedNote(ordinal=ordinal, amount=amount))
        note = replace(
            note,
            claims=ordinal,
            claimed=note.claimed + amount,
            lots=lots,
            record=record,
            state=state_after(ordinal, note.shares),
        )
        put_packet(giver, self.packet, note)
        desk.subject = self.packet
        return ShareClaimed(
            entry=desk.entry,
            recorded_at=desk.now,
            packet=self.packet,
            unit=note.unit,
            amount=amount,
            ordinal=ordinal,
            shares=note.shares,
            alias=alias,
            record=record,
        )

    def _check(self, desk: Desk, note: PacketNote, giver: Folio) -> None:
        before = found(ClaimedNote, desk.folio, CLAIMED, self.packet)
        if before is not None:
            raise RedPacketClaimed(packet=self.packet, amount=before.amount)
        if giver is desk.folio:
            raise OwnRedPacket(packet=self.packet)
        if note.state != OPEN:
            raise RedPacketOver(packet=self.packet, state=note.state)
        check_may_earn(desk)


def _check_room(desk: Desk, note: PacketNote) -> None:
    """Raise `AmountOverflow` or `BalanceLimitExceeded` where a member could not have the largest share there
    may be: who is refused must not learn by it how large the next one is.
    """
    most = note.total - note.claimed - (note.shares - note.claims - 1)
    if desk.unit(note.unit).is_money:
        check_room_for_bonus(desk, note.unit, most)
    elif not can_hold(desk.folio, note.unit, most):
        raise AmountOverflow(unit=note.unit)


def _given(desk: Desk, giver: Folio, note: PacketNote, amount: int) -> tuple[HeldLot, ...]:
    """Move a share to the member; returns what the giver still holds for others."""
    if desk.unit(note.unit).is_money:
        give_bonus(desk, note.unit, amount)
        return ()
    if note.fund:
        give(desk.folio, desk.program, UnitsReward(note.unit, note.fund, amount), desk.today)
        return ()
    taken, left = split_lots(note.lots, amount)
    for lot in taken:
        giver.post(Posting(note.unit, lot.fund, VESTED, lot.expires_on, HELD, GIFTED, lot.amount))
        kept = Lot(note.unit, lot.fund, VESTED, lot.expires_on)
        credit(desk.folio, kept, GIFTED, lot.amount, desk.program, desk.today)
    return tuple(left)
