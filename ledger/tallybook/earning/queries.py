"""Questions about events: why an entry moved what it moved, where a balance comes from, which refunds wait.

Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, func, not_, or_, select, true

from tallybook.earning.events import REFUND, Refund
from tallybook.earning.explain import TOLD_KINDS, Explanation, Told, explained_event
from tallybook.earning.growth_sentences import GROWTH_KINDS, TEAM_KINDS, growth_told
from tallybook.earning.movements import balance_told, postings_told
from tallybook.earning.notes import EVENT, WAITING, EventNote, WaitingNote, WaitingRefund
from tallybook.earning.origins import BalanceExplained, Origins
from tallybook.earning.recorded import KIND
from tallybook.earning.sentences import events_told
from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.reading import HistoryQuery, PagedQuery, Reading
from tallybook.errors import UnknownUnit
from tallybook.growth.acts import SPLIT_MEMBERS
from tallybook.growth.grants import GRANT, grant_told
from tallybook.growth.growth import GIVEN, TEAM_SOURCE
from tallybook.journal import tables
from tallybook.journal.entries import Entry
from tallybook.journal.queries import history, stream
from tallybook.journal.verify import Stream
from tallybook.members.queries import is_member, merged_members


class Explain(HistoryQuery[Explanation], frozen=True, kw_only=True):
    """Why an entry of a member moved what it moved. Raises `UnknownMember` or `UnknownEntry`.

    What time has done is found by the version that a statement shows it under, recorded or not.
    """

    member: str
    entry: int

    def check(self) -> None:
        check_id("member", self.member)
        check_whole("entry", self.entry)

    def read(self, reading: Reading) -> Explanation:
        sealed = reading.entry(self.program, self.member, self.entry)
        entry = sealed.entry
        units = reading.program(self.program).units
        explanation = Explanation(
            program=self.program,
            member=self.member,
            entry=entry.version,
            kind=entry.kind,
            revision=entry.revision,
            recorded_at=entry.recorded_at,
            occurred_at=entry.occurred_at,
            postings=sealed.postings,
        )
        sentences: list[str] = []
        if entry.kind == KIND:
            explanation = explained_event(self._told(reading, entry), explanation)
            sentences += events_told(explanation, lambda number: reading.program(self.program, number), units)
            sentences += growth_told(entry, units)
        elif entry.kind in GROWTH_KINDS or entry.kind in TEAM_KINDS:
            sentences += growth_told(entry, units)
        elif entry.kind == GRANT:
            sentences += grant_told(entry, reading.program(self.program, entry.revision))
        sentences += postings_told(sealed, reading.program(self.program, entry.revision), units)
        return msgspec.structs.replace(explanation, sentences=tuple(sentences))

    def _told(self, reading: Reading, entry: Entry) -> Told:
        connection = reading.session.connection
        return Told(
            entry,
            _told_before(connection, entry),
            _event_note(connection, entry),
            partial(reading.program, self.program),
        )


class ExplainBalance(HistoryQuery[BalanceExplained], frozen=True, kw_only=True):
    """Where a member's balance in a unit comes from: the entries that still make it up.

    Reads the member's history from its beginning. Raises `UnknownMember` or `UnknownUnit`.
    """

    member: str
    unit: str

    def check(self) -> None:
        check_id("member", self.member)
        check_id("unit", self.unit)

    def read(self, reading: Reading) -> BalanceExplained:
        folio = reading.settled_folio(self.program, self.member)
        unit = reading.program(self.program).units.get(self.unit)
        if unit is None:
            raise UnknownUnit(program=self.program, unit=self.unit)
        origins = Origins(self.unit)
        for sealed in history(reading.session.connection, self.program, self.member):
            origins.follow(sealed)
        for sealed in folio.sealed:
            origins.follow(sealed)
        explained = BalanceExplained(
            program=self.program,
            member=self.member,
            unit=self.unit,
            as_of=reading.now,
            balance=folio.balance(self.unit),
            parts=origins.parts(),
        )
        return msgspec.structs.replace(explained, sentences=tuple(balance_told(explained, unit)))


def _told_before(connection: Connection, entry: Entry) -> list[Entry]:
    """The entries that tell of events, and what came back with them, before one of the member's."""
    columns = tables.entry.c
    query = select(*(columns[name] for name in Entry._fields)).where(
        columns.program == entry.program,
        columns.member == entry.member,
        columns.version < entry.version,
        columns.kind.in_(TOLD_KINDS),
    )
    return [Entry(*row) for row in connection.execute(query.order_by(columns.version))]


def _event_note(connection: Connection, entry: Entry) -> EventNote:
    note = tables.note.c
    query = select(note.body).where(
        note.program == entry.program,
        note.member == entry.member,
        note.kind == EVENT,
        note.key == entry.request_id,
    )
    body = connection.execute(query).scalar_one_or_none()
    return EventNote() if body is None else msgspec.json.decode(body, type=EventNote)


# --- refunds that wait -----------------------------------------------------------------------------------


class WaitingRefundView(msgspec.Struct, frozen=True, kw_only=True):
    """A refund that came before its order, by the member's entry `entry`.

    `problem` is empty while it waits, and says why the order could not take it when it came.
    """

    member: str
    order: str
    refund: str
    occurred_at: datetime
    entry: int
    problem: str


class WaitingPage(msgspec.Struct, frozen=True, kw_only=True):
    """Part of the refunds that wait; an empty `next_page_token` is the only sign of the end."""

    refunds: tuple[WaitingRefundView, ...]
    next_page_token: str


class WaitingRefunds(PagedQuery[WaitingPage], frozen=True, kw_only=True):
    """The refunds of all members whose orders are not known yet, or could not take them, by member and order.

    By pages: `page_size` 0 asks for 50; more than 1,000 gets 1,000. Raises `UnknownProgram` or
    `PageTokenInvalid`.
    """

    def read(self, reading: Reading) -> WaitingPage:
        reading.timeline(self.program)
        page = self.page("waiting_refunds")
        behind = _decode_place(page.behind) if page.behind else ("", "", 0)
        found = _waiting(reading.session.connection, self.program, behind, page.limit)
        refunds, more = page.turned(
            found, lambda each: _encode_place((each.member, each.order, each.entry)).decode()
        )
        return WaitingPage(refunds=tuple(refunds), next_page_token=more)


Place = tuple[str, str, int]
"""Where a refund stands among those that wait: its member, its order and its entry."""

_encode_place = msgspec.json.Encoder().encode
_decode_place = msgspec.json.Decoder(Place).decode
_decode_waiting = msgspec.json.Decoder(WaitingNote).decode


def _waiting(connection: Connection, program: str, behind: Place, limit: int) -> list[WaitingRefundView]:
    note = tables.note.c
    member, order, _ = behind
    query = (
        select(note.member, note.key, note.body)
        .where(note.program == program, note.kind == WAITING)
        .where(note.member >= member, or_(note.member > member, note.key >= order))
        .order_by(note.member, note.key)
        .limit(limit + 1)  # of the first, all may be behind
    )
    found = [
        _waiting_view(row.member, row.key, refund)
        for row in connection.execute(query)
        for refund in _decode_waiting(row.body).refunds
        if (row.member, row.key, refund.version) > behind
    ]
    return found[:limit]


def _waiting_view(member: str, order: str, waiting: WaitingRefund) -> WaitingRefundView:
    event = waiting.told.event
    assert isinstance(event, Refund), "what waits for its order is a refund"
    return WaitingRefundView(
        member=member,
        order=order,
        refund=event.refund_id,
        occurred_at=waiting.occurred_at,
        entry=waiting.version,
        problem=waiting.problem,
    )


# --- what was told, to be told again ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToldEvents:
    """The events of a program that are told again: all that occurred before a moment, and every refund; all
    there are where there is no moment.

    `members` are those concerned, None for all. What a member has taken along to somebody with whom they were
    found to be one is told there.
    """

    program: str
    before: datetime | None
    members: Sequence[str] | None = None

    def wanted(self) -> ColumnElement[bool]:
        """Which entries they are of."""
        entry = tables.entry.c
        in_time = true() if self.before is None else or_(entry.occurred_at < self.before, _is_refund())
        last = _partings(self.program).subquery()
        wanted = and_(
            entry.program == self.program,
            entry.kind == KIND,
            in_time,
            entry.member.not_in(merged_members(self.program)),
            or_(
                entry.member.not_in(select(last.c.member)),
                entry.version > select(last.c.version).where(last.c.member == entry.member).scalar_subquery(),
            ),
        )
        return wanted if self.members is None else and_(wanted, entry.member.in_(self.members))

    def count(self, connection: Connection) -> int:
        """How many there are."""
        query = select(func.count()).select_from(tables.entry).where(self.wanted())
        return connection.execute(query).scalar_one()

    def refunds(self, connection: Connection) -> dict[str, int]:
        """How many of them are refunds, by member."""
        entry = tables.entry.c
        query = select(entry.member, func.count()).where(self.wanted(), _is_refund()).group_by(entry.member)
        return {row[0]: row[1] for row in connection.execute(query)}

    def rows(self, connection: Connection, *, in_order_of_time: bool) -> Stream:
        """Member, version, moment, content and reply of each, and what is noted of it since, or None.

        Member by member, or all in the order in which they occurred; either way each member's are in the
        order of the member's story.
        """
        entry, note = tables.entry.c, tables.note.c
        noted = and_(
            note.program == entry.program,
            note.member == entry.member,
            note.kind == EVENT,
            note.key == entry.request_id,
        )
        columns = entry.member, entry.version, entry.occurred_at, entry.content, entry.reply, note.body
        query = select(*columns).select_from(tables.entry.outerjoin(tables.note, noted)).where(self.wanted())
        story = entry.occurred_at, entry.request_id
        order = (*story, entry.member) if in_order_of_time else (entry.member, *story)
        return stream(connection, query.order_by(*order))

    def gifts(self, connection: Connection) -> Stream:
        """Member, key and body of each note of what tasks and tiers gave to the members concerned."""
        note = tables.note.c
        return stream(connection, select(note.member, note.key, note.body).where(self._given()))

    def deprived(self, connection: Connection) -> frozenset[str]:
        """The members concerned who got nothing when a tier's periodic grant fell due."""
        query = select(tables.note.c.member).distinct().where(self._given(), _is_nothing())
        return frozenset(row[0] for row in connection.execute(query))

    def withheld(self, connection: Connection, member: str) -> dict[str, str]:
        """Key and body of the notes that say so of one of them."""
        note = tables.note.c
        query = select(note.key, note.body).where(self._given(), _is_nothing(), note.member == member)
        return {row[0]: row[1] for row in connection.execute(query)}

    def _given(self) -> ColumnElement[bool]:
        note = tables.note.c
        of_team = note.key.startswith(TEAM_SOURCE, autoescape=True)
        filed = and_(
            note.program == self.program,
            note.kind == GIVEN,
            not_(of_team),
            note.member.not_in(merged_members(self.program)),
        )
        if self.members is not None:
            filed = and_(filed, note.member.in_(self.members))
        return filed

    def parted(self, connection: Connection) -> dict[str, int]:
        """The members who were one with somebody, with the last entry that tells so."""
        return {row[0]: row[1] for row in connection.execute(_partings(self.program))}


def _partings(program: str) -> Select[str, int]:
    """The members who were split off, with the last entry that tells so: on their page no request did it."""
    entry = tables.entry.c
    query = select(entry.member, func.max(entry.version).label("version")).where(
        entry.program == program, entry.kind == SPLIT_MEMBERS, entry.request_id.is_(None)
    )
    return query.group_by(entry.member)


def _is_nothing() -> ColumnElement[bool]:
    """Whether a note of what was given has no portions: they are a list of lists."""
    return not_(tables.note.c.body.contains("[["))


def _is_refund() -> ColumnElement[bool]:
    return tables.entry.c.request_id.startswith(f"{REFUND}/", autoescape=True)


def member_names(connection: Connection, program: str) -> Iterator[str]:
    """The members of a program, but for those who were merged."""
    folio = tables.folio.c
    with closing(stream(connection, select(folio.member).where(is_member(program)))) as rows:
        for row in rows:
            yield row[0]
