"""What a command, a query and a reply are. Pure: no clock, no database."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, NamedTuple, TypeVar

import msgspec
from msgspec.structs import fields, force_setattr, replace

from tallybook.engine.checks import check_id, check_metadata, check_moment, check_text
from tallybook.journal.entries import SealedEntry
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.journal.replay import Redo
from tallybook.journal.settle import Effects

if TYPE_CHECKING:
    from tallybook.engine.batch import Batch
    from tallybook.engine.desk import Desk
    from tallybook.programs.program import Program


T = TypeVar("T")


_CHECKED_BEFORE: Final[ContextVar[bool]] = ContextVar("checked_before", default=False)


@contextmanager
def checked_before() -> Iterator[None]:
    """Take commands that are unpickled in this block as they are: they were made, and so checked, by another
    process, which can be trusted as much as this one.
    """
    token = _CHECKED_BEFORE.set(True)
    try:
        yield
    finally:
        _CHECKED_BEFORE.reset(token)


def travelling(value: T) -> tuple[Callable[[type[T], bytes], T], tuple[type[T], bytes]]:
    """What `__reduce__` gives for a value with many parts: as JSON it takes a tenth of pickle's own time."""
    return _arrived, (type(value), msgspec.json.encode(value))


def _arrived(kind: type[T], encoded: bytes) -> T:
    return msgspec.json.decode(encoded, type=kind)


class Reply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a command that was carried out answers.

    `entry` is the version of the member's journal entry that records it; `replayed` is true when the request
    had been carried out before and this is the reply it got then.
    """

    entry: int
    recorded_at: datetime
    replayed: bool = False


R = TypeVar("R", bound=Reply)


class Command(msgspec.Struct, Generic[R], frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """Something to be done to a member, or refused.

    `request_id` is unique for the member: the same id with the same body is answered with the same reply,
    and with another body is an error. `occurred_at` is when it happened in the caller's world; by default,
    when it is recorded. `source`, `reason` and `metadata` are kept on the entry as they are.

    Raises `InvalidInput` when a field makes no sense in itself.
    """

    program: str
    member: str
    request_id: str
    occurred_at: datetime | None = None
    source: str = ""
    reason: str = ""
    metadata: dict[str, str] = {}

    reply_type: ClassVar[type[Reply]]
    enrolls: ClassVar[bool] = False
    """Whether this command may meet a member that is not enrolled."""
    enrolls_other: ClassVar[bool] = False
    """Whether its other member may be somebody, or a bearer, that is not there yet."""
    is_activity: ClassVar[bool] = False
    """Whether this counts as the member doing something, for expiry by inactivity."""
    reaches_merged: ClassVar[bool] = False
    """Whether this may be about a member that has become one with another."""
    is_activity_of_other: ClassVar[bool] = False
    """Whether it counts so for the other member too."""
    part_types: ClassVar[tuple[type[AnyCommand], ...]] = ()
    """The kinds of command that this may carry out as parts, as far as gatherers have to know."""

    def __post_init__(self) -> None:
        if not _CHECKED_BEFORE.get():
            self.check_all()

    def check_all(self) -> None:
        """Check every field; raises `InvalidInput`."""
        check_id("program", self.program)
        check_id("member", self.member)
        check_id("request_id", self.request_id)
        if self.occurred_at is not None:
            check_moment("occurred_at", self.occurred_at)
            if self.occurred_at.tzinfo is not UTC:  # one moment has one fingerprint, wherever it was told
                force_setattr(self, "occurred_at", self.occurred_at.astimezone(UTC))
        check_text("source", self.source)
        check_text("reason", self.reason)
        if self.metadata != {}:
            check_metadata("metadata", self.metadata)
        self.check()

    def check(self) -> None:
        """Check the fields of this kind of command; raise `InvalidInput`."""

    @classmethod
    def kind(cls) -> str:
        """The name that the journal knows this kind of command by."""
        tag = cls.__struct_config__.tag
        assert isinstance(tag, str)
        return tag

    def counterpart(self) -> str | None:
        """The other member whose folio this needs, if there is one."""
        return None

    def named_hold(self) -> str | None:
        """The hold this is about, if there is one."""
        return None

    def named_entries(self) -> Sequence[int]:
        """The earlier entries this is about."""
        return ()

    def named_requests(self) -> Sequence[str]:
        """The requests of the same member whose entries this is about."""
        return ()

    def named_notes(self) -> Sequence[NoteKey]:
        """The filed notes this is about."""
        return ()

    def counterpart_handle(self) -> NoteKey | None:
        """The handle whose holder is the other member, if there is one: kind and key."""
        return None

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        """The handles whose holders this is about, in its program.

        Asked again with the `holders` that were found, until it names no more; `program` may be older than
        the one in force, and then it is asked with that too. Whoever holds one has the folio locked with the
        member's own, and it comes with the handle's note: see `Desk.holder`.
        """
        handle = self.counterpart_handle()
        return () if handle is None else (handle,)

    def named_pools(self, program: Program, now: datetime) -> Collection[str]:
        """The pools that this draws on, by what its program and itself say.

        Where the programs that are known say it of all commands of a batch, they are locked in the same trip
        as folios, and behind them.
        """
        return ()

    def finds_pools(self, program: Program) -> bool:
        """Whether there may be pools that only what lies on folios tells of, such as that of an order."""
        return False

    def parts(self, folio: Folio) -> Sequence[AnyCommand]:
        """The commands of `part_types` that this will carry out, as far as gatherers have to know them.

        From the member's folio with the notes that this has named: see `engine.parts`.
        """
        return ()

    def follows(self, folio: Folio, moment: datetime) -> bool:
        """Whether this, not dated by its caller, has to happen behind what the page says of a moment, and not
        at that moment itself.
        """
        if not self.part_types:
            return False
        return any(part.occurred_at is None and part.follows(folio, moment) for part in self.parts(folio))

    def program_moments(self) -> Sequence[datetime]:
        """The moments at which this needs to know the program as it was in force: see `Desk.program_at`."""
        return ()

    def fingerprint(self) -> bytes:
        """Tells one body from another. Fields left at their defaults do not count, so that a later release
        can add some and still know the requests of this one.
        """
        body = self
        for name, default in _worded_defaults(type(self)):
            if (value := getattr(self, name)) is not default and value == default:
                body = replace(body, **{name: default})
        return hashlib.blake2b(msgspec.json.encode(body, order="deterministic"), digest_size=16).digest()

    @classmethod
    def redo(cls, folio: Folio, sealed: SealedEntry, reply: R) -> None:
        """Do again to a folio what the entry did to it besides its postings: for replay and `verify`."""

    def decide(self, desk: Desk) -> R:
        """Change the desk's folio and say what was done, or raise a `Refusal`.

        Pure: no SQL, no clock, no randomness. Whatever a refusal leaves behind is undone.
        """
        raise NotImplementedError


AnyCommand = Command[Any]


@functools.cache
def _worded_defaults(kind: type[AnyCommand]) -> Sequence[tuple[str, str]]:
    """The fields whose default is a word. The encoder tells such a default by identity, and a word that was
    read from somewhere is another object.
    """
    return [
        (field.name, field.default) for field in fields(kind) if type(field.default) is str and field.default
    ]


class Kinds(NamedTuple):
    """What the slices bring to the engine: every kind of command, by the name the journal knows it by; what
    time does to every kind of note; the kinds of entry that are parts of what a command does; and gatherers
    of what commands cannot name beforehand.
    """

    commands: Mapping[str, type[AnyCommand]]
    effects: Effects
    parts: Collection[str] = ()
    gatherers: Sequence[Callable[[Batch], Any]] = ()


def redo_with(kinds: Kinds) -> Redo:
    """Redo for entries of these kinds; raises `KeyError` for one that is not among them."""
    by_time = {effect.entry_kind for effect in kinds.effects.notes.values()} | kinds.effects.clocks.keys()
    not_commands = by_time | set(kinds.parts)

    def redo(folio: Folio, sealed: SealedEntry) -> bool:
        entry = sealed.entry
        if entry.kind in not_commands:
            return False
        kind = kinds.commands[entry.kind]
        if not entry.reply:
            return kind.is_activity_of_other  # the other side of an entry on two members
        kind.redo(folio, sealed, msgspec.json.decode(entry.reply, type=kind.reply_type))
        return kind.is_activity

    return redo
