"""CreateRedPacket: a sum is set aside, to be split by lot over the first. Pure: no clock, no database."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Final

import msgspec

from tallybook.draws.formula import first_packet_record
from tallybook.draws.notes import PACKET_SECRET, PacketNote, packet_handles, put
from tallybook.draws.packets import put_packet
from tallybook.draws.secret import Secret
from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput, UnknownMember
from tallybook.journal.accounts import HELD
from tallybook.journal.holds import HeldLot
from tallybook.journal.moves import move_out
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import PACKETS, check_bearer_of, check_member_name
from tallybook.members.freeze import check_may_redeem
from tallybook.members.spending import choose_lots, points_unit
from tallybook.programs.draws import FundedBy, RedPacketRules, packet_pool
from tallybook.programs.program import Program
from tallybook.refusals.draws import (
    RedPacketBudgetSpent,
    RedPacketExists,
    RedPacketTooLarge,
    UnknownRedPacketKind,
)

PACKET_LENGTH_MAX: Final = 96


class RedPacketCreated(Reply, frozen=True, kw_only=True):
    """It can be claimed until `ends_at`. `commitment` is the hash of its seed; with `record` it begins."""

    packet: str
    unit: str
    total: int
    shares: int
    ends_at: datetime
    commitment: str
    record: str


class CreateRedPacket(Command[RedPacketCreated], frozen=True, kw_only=True, tag="create_red_packet"):
    """Set `total` of the kind's unit aside, in `shares`. The `member` gives it, out of what is available; for
    one of the house, `member` is `packet:` and its name.

    `secret` is drawn by lot before: `create_red_packet` makes the command. Refused with
    `UnknownRedPacketKind`, `RedPacketExists`, `RedPacketTooLarge`, `RedPacketBudgetSpent`, `NotEnoughPoints`
    or `MemberFrozen`.
    """

    packet: str
    packet_kind: str
    total: int
    shares: int
    secret: Secret
    reply_type = RedPacketCreated
    enrolls: ClassVar[bool] = True
    is_activity: ClassVar[bool] = True

    @property
    def is_of_house(self) -> bool:
        """Whether the house gives it."""
        return self.member.startswith(PACKETS)

    def check(self) -> None:
        check_id("packet", self.packet)
        if len(self.packet) > PACKET_LENGTH_MAX:
            raise InvalidInput("packet", f"must have at most {PACKET_LENGTH_MAX} characters")
        check_id("packet_kind", self.packet_kind)
        check_whole("total", self.total)
        check_whole("shares", self.shares)
        if self.shares > self.total:
            raise InvalidInput("shares", f"must be at most {self.total}: each is one step or more")
        if self.is_of_house:
            check_bearer_of("member", self.member, PACKETS)
            if self.member != PACKETS + self.packet:
                raise InvalidInput("member", f"must be {PACKETS}{self.packet}")
        else:
            check_member_name(self.member)

    def named_pools(self, program: Program, now: datetime) -> Collection[str]:
        rules = program.red_packets.get(self.packet_kind)
        return () if rules is None or rules.budget is None else (packet_pool(rules.code),)

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        return packet_handles(self.packet)[:1]

    def fingerprint(self) -> bytes:
        """By what is asked for: the secret of who asks again is another one, and is not used."""
        asked = msgspec.structs.replace(self, secret=Secret(hidden="", commitment="", sealed=False))
        return hashlib.blake2b(msgspec.json.encode(asked, order="deterministic"), digest_size=16).digest()

    def decide(self, desk: Desk) -> RedPacketCreated:
        folio = desk.folio
        if not folio.exists and not self.is_of_house:
            raise UnknownMember(program=self.program, member=self.member)
        rules = self._rules(desk)
        kind, key = packet_handles(self.packet)[0]
        if desk.holder(kind, key) is not None:
            raise RedPacketExists(packet=self.packet)
        if self.total > rules.most or self.shares > rules.shares_most:
            raise RedPacketTooLarge(packet_kind=rules.code, most=rules.most, shares_most=rules.shares_most)
        if self.is_of_house:
            folio.begin(desk.now)
        pool = self._drawn_on(desk, rules) if self.is_of_house else ""
        lots = () if self.is_of_house else self._held(desk, rules)
        ends_at = desk.now + timedelta(seconds=rules.lasts_seconds)
        commitment = self.secret.commitment
        record = first_packet_record(
            self.program, self.packet, rules.unit, self.total, self.shares, commitment
        )
        note = PacketNote(
            kind=rules.code,
            unit=rules.unit,
            total=self.total,
            shares=self.shares,
            commitment=commitment,
            record=record,
            made_at=desk.now,
            ends_at=ends_at,
            lots=lots,
            fund=rules.fund if self.is_of_house else "",
            pool=pool,
        )
        put(folio, PACKET_SECRET, self.packet, self.secret, ends_at)
        put_packet(folio, self.packet, note)
        desk.subject = self.packet
        return RedPacketCreated(
            entry=desk.entry,
            recorded_at=desk.now,
            packet=self.packet,
            unit=rules.unit,
            total=self.total,
            shares=self.shares,
            ends_at=ends_at,
            commitment=commitment,
            record=record,
        )

    def _rules(self, desk: Desk) -> RedPacketRules:
        rules = desk.program.red_packets.get(self.packet_kind)
        whose = FundedBy.HOUSE if self.is_of_house else FundedBy.MEMBER
        if rules is None or rules.funded_by is not whose:
            raise UnknownRedPacketKind(program=self.program, packet_kind=self.packet_kind)
        return rules

    def _held(self, desk: Desk, rules: RedPacketRules) -> tuple[HeldLot, ...]:
        check_may_redeem(desk)
        parts = choose_lots(desk, points_unit(desk, rules.unit), self.total)
        move_out(desk.folio, parts, HELD)
        return tuple(HeldLot(key.fund, key.expires_on, part) for key, part in parts)

    def _drawn_on(self, desk: Desk, rules: RedPacketRules) -> str:
        """Draw on the budget; returns its pool, empty for none."""
        if rules.budget is None:
            return ""
        pool = packet_pool(rules.code)
        left = max(0, rules.budget - desk.drawn(pool))
        if self.total > left:
            raise RedPacketBudgetSpent(packet_kind=rules.code, asked=self.total, left=left)
        desk.draw(pool, rules.unit, self.total)
        return pool
