"""Grants by the calendar: who gets what when, and what they had. Pure: no clock, no database.

A grant is given when its day begins, or as soon as the member fits it, if that is no more than its catch-up
days later. What a member fits changes with entries alone, so a day that lies before the last entry, and
before its catch-up days, has been looked at when it came; who was looked at first, and when, makes no
difference. Nothing is written down about those who do not fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec

from tallybook.growth.growth import growth_of
from tallybook.growth.memberships import plans_at
from tallybook.growth.timely import give_timely, has_room_for
from tallybook.journal.entries import Entry
from tallybook.journal.folio import Folio
from tallybook.journal.merged import merged_into
from tallybook.journal.notes import Note, read_changes
from tallybook.journal.settle import Clock
from tallybook.members.bearers import PREFIXES
from tallybook.members.erased import erased_on
from tallybook.members.freeze import may_earn
from tallybook.members.profile import profile_of
from tallybook.programs.conditions import ConditionFailed, activation
from tallybook.programs.grants import Birthdays, Grant, Occasion, Person
from tallybook.programs.ladders import main_of, tiers_in
from tallybook.programs.program import Program
from tallybook.programs.variables import variables_of

GRANT: Final = "grant"
"""The kind of entry that tells of one."""
GRANTED: Final = "granted"
"""The kind of the resident note about what a member had of each."""

GIVEN: Final = "given"
FROZEN: Final = "frozen"
NO_ROOM: Final = "no_room"
"""What came of an occasion: nothing for who is frozen, or whose balance cannot hold it."""

LOOK_AHEAD: Final = 20
"""So many occasions ahead are put to a condition: one that holds for none of them never will."""


class Had(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """The last occasion that a member had of a grant: its key and local day, and what came of it.

    `on` is the local day on which it came, later than `day` where it was caught up; `birthday` is the month
    and day that a birthday's was for.
    """

    key: str
    day: date
    on: date
    outcome: str = GIVEN
    birthday: tuple[int, int] | None = None


class Coming(NamedTuple):
    """A grant that a member will get: sorted by moment, then by day and code."""

    at: datetime
    day: date
    code: str
    key: str


class _Member(NamedTuple):
    """What conditions can ask about a member."""

    tier: str
    tags: tuple[str, ...]
    enrolled_at: datetime
    birthday_month: int
    tiers: tuple[str, ...]
    memberships: tuple[str, ...] = ()


class _Seen(NamedTuple):
    """What conditions can ask about, of which there is only the member and local time."""

    local: datetime
    member: Any
    event: Any = None
    basket: Any = None
    before: Any = None


_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = lru_cache(maxsize=4096)(msgspec.json.Decoder(dict[str, Had]).decode)


def had_of(folio: Folio) -> dict[str, Had]:
    """What a member had last of each grant, by code. Not to be changed."""
    note = folio.note(GRANTED)
    return {} if note is None else _decode(note.body)


def put_had(folio: Folio, had: Mapping[str, Had]) -> None:
    """Write down what a member had last of each grant, by code."""
    folio.put_note(GRANTED, Note(_encode(had).decode()))


def _birthday_of(folio: Folio) -> tuple[int, int] | None:
    birthday = profile_of(folio).birthday
    return None if birthday is None else (birthday.month, birthday.day)


def _tiers_of(folio: Folio, program: Program) -> dict[str, str]:
    """A member's tiers by ladder. Of whom nothing is noted has what asks nothing."""
    if not program.ladders:
        return {}
    growth = growth_of(folio)
    stands = {} if growth is None else growth.tiers.ladders
    return tiers_in(program.ladders, {code: each.tier for code, each in stands.items()})


class _Agenda:
    """What lies ahead of a member, by what the folio says now."""

    def __init__(self, folio: Folio, program: Program) -> None:
        told_until, enrolled_at = folio.told_until, folio.standing.enrolled_at
        assert told_until is not None, "who is enrolled has an entry"
        assert enrolled_at is not None, "who is not enrolled gets nothing"
        profile = profile_of(folio)
        self._folio = folio
        self._program = program
        self._reached = told_until
        self._today = program.today(told_until)
        self._had = had_of(folio)
        birthday = _birthday_of(folio)
        self._person = Person(program.today(enrolled_at), birthday)
        tiers = _tiers_of(folio, program)
        self._tiers = frozenset(tiers.values())
        main = main_of(program.ladders.values())
        self._member = _Member(
            "" if main is None else tiers.get(main.code, ""),
            profile.tags,
            enrolled_at,
            birthday[0] if birthday else 0,
            tuple(sorted(self._tiers)),
        )

    def coming(self, grant: Grant) -> Iterator[Coming]:
        """What a member will get of a grant if nothing changes, occasion after occasion."""
        if grant.tiers and grant.tiers.isdisjoint(self._tiers):
            return
        if grant.tags and grant.tags.isdisjoint(self._member.tags):
            return
        missed = 0
        for occasion in self._occasions(grant):
            if not self._holds(grant, occasion.day):
                missed += 1
                if missed == LOOK_AHEAD:
                    return
                continue
            missed = 0
            starts_at = self._program.days.start_of(occasion.day)
            yield Coming(max(starts_at, self._reached), occasion.day, grant.code, occasion.key)

    def _occasions(self, grant: Grant) -> Iterator[Occasion]:
        """Those that were not had, and are not too long over."""
        first = max(grant.starts, self._person.enrolled_on)
        if (self._today - first).days > grant.catch_up_days:
            first = self._today - timedelta(days=grant.catch_up_days)
        had = self._had.get(grant.code)
        for occasion in grant.days.since(first, self._person):
            if occasion.day > grant.ends:
                return
            if had is None or not self._was_had(had, occasion):
                yield occasion

    def _was_had(self, had: Had, occasion: Occasion) -> bool:
        """Whether it was: or another birthday's, in the same calendar year."""
        if occasion.key <= had.key:
            return True
        is_another = had.birthday is not None and had.birthday != self._person.birthday
        return is_another and occasion.day.year <= had.on.year

    def _holds(self, grant: Grant, day: date) -> bool:
        """Whether a grant's condition holds when a day begins. One without an answer does not."""
        if grant.condition is None:
            return True
        starts_at = self._program.days.start_of(day)
        plans = plans_at(self._folio, max(starts_at, self._reached))
        seen = _Seen(starts_at.astimezone(self._program.zone), self._member._replace(memberships=plans))
        try:
            return grant.condition.holds(activation(variables_of(grant.condition.reads, seen)))
        except ConditionFailed:
            return False


def _gets_any(folio: Folio, program: Program) -> bool:
    """Whether there are grants, and the member is somebody, and nobody else by now. Bearers are nobody."""
    if not program.grants or folio.standing.enrolled_at is None or folio.member.startswith(PREFIXES):
        return False
    return erased_on(folio) is None and not merged_into(folio)


def next_grant(folio: Folio, program: Program) -> Coming | None:
    """What a member gets next, if nothing changes; None for nothing."""
    return min(upcoming_grants(folio, program), default=None)


def coming_grants(folio: Folio, program: Program, since: date, through: date) -> list[Coming]:
    """What a member will get from a local day through another, if nothing changes, in order."""
    if not _gets_any(folio, program):
        return []
    agenda = _Agenda(folio, program)
    found = []
    for grant in program.grants.values():
        for each in agenda.coming(grant):
            on = program.today(each.at)
            if on > through:
                break
            if on >= since:
                found.append(each)
    return sorted(found)


def upcoming_grants(folio: Folio, program: Program) -> list[Coming]:
    """What a member will get next of each grant, if nothing changes, in order."""
    if not _gets_any(folio, program):
        return []
    agenda = _Agenda(folio, program)
    firsts = (next(agenda.coming(grant), None) for grant in program.grants.values())
    return sorted(each for each in firsts if each is not None)


def _next_at(folio: Folio, program: Program) -> datetime | None:
    coming = next_grant(folio, program)
    return None if coming is None else coming.at


def _apply(folio: Folio, program: Program, at: datetime) -> str:
    """Give what is next, and note that the member had it."""
    coming = next_grant(folio, program)
    assert coming is not None, "what falls due is there"
    grant, today = program.grants[coming.code], program.today(at)
    outcome = (
        FROZEN
        if not may_earn(folio)
        else GIVEN
        if has_room_for(folio, program, grant.rewards, at)
        else NO_ROOM
    )
    if outcome == GIVEN:
        for reward in grant.rewards:
            give_timely(folio, program, reward, at)
    birthday = _birthday_of(folio) if isinstance(grant.days, Birthdays) else None
    had = Had(coming.key, coming.day, today, outcome, birthday)
    put_had(folio, {**had_of(folio), grant.code: had})
    return f"{grant.code}/{coming.key}"


GRANT_CLOCK: Final = Clock(GRANT, _next_at, _apply)
"""What the calendar does to a member."""


# --- what an entry tells -----------------------------------------------------------------------------------


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry of kind `grant` tells: of which grant, for which day, given on which, to what effect."""

    grant: str
    key: str
    day: date
    on: date
    outcome: str


def granted_by(entry: Entry) -> Granted:
    """What an entry tells."""
    code, _, key = entry.subject.rpartition("/")
    (body,) = (each.note.body for each in read_changes(entry.notes) if each.kind == GRANTED and each.note)
    had = _decode(body)[code]
    return Granted(grant=code, key=key, day=had.day, on=had.on, outcome=had.outcome)


def grant_told(entry: Entry, program: Program) -> Iterator[str]:
    """What an entry tells, in words."""
    granted = granted_by(entry)
    grant = program.grants.get(granted.grant)
    name = granted.grant if grant is None else grant.display_name
    late = "" if granted.on == granted.day else f", caught up on {granted.on}"
    yield f"{name} was due on {granted.day}{late}."
    if granted.outcome == FROZEN:
        yield "the member is frozen, and gets nothing."
    elif granted.outcome == NO_ROOM:
        yield "the member's balance cannot hold more, so nothing is given."
