"""A member's profile: birthday and tags, as a resident note. Pure: no clock, no database.

Entries tell of it, so it holds nothing that tells who somebody is: a birthday without its year, and words of
the shop's own. What identifies a person is in private notes: see `identities`.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

import msgspec

from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note

PROFILE: Final = "profile"
TAGS_MAX: Final = 100
EARLIER_MAX: Final = 4
LEAP_YEAR: Final = 2000


class Birthday(msgspec.Struct, frozen=True, array_like=True):
    """A day of the year; 29 February is one."""

    month: int
    day: int

    @property
    def is_a_day(self) -> bool:
        """Whether some year has this day."""
        try:
            date(LEAP_YEAR, self.month, self.day)
        except ValueError:
            return False
        return True


class Earlier(msgspec.Struct, frozen=True, array_like=True):
    """What a birthday was until local day `changed_on`; None for not known."""

    birthday: Birthday | None
    changed_on: date


class Profile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a shop knows of a member. `tags` are sorted.

    `earlier` has what the birthday was before changes of this year and the last, the newest first, so that
    whoever grants something for it can tell whether the member has had another birthday in the same year. Of
    more changes than a few, the latest are kept.
    """

    birthday: Birthday | None = None
    earlier: tuple[Earlier, ...] = ()
    tags: tuple[str, ...] = ()

    def with_birthday(self, birthday: Birthday | None, today: date) -> Profile:
        """The same with another birthday from local day `today` on."""
        if birthday == self.birthday:
            return self
        changes = (Earlier(self.birthday, today), *self.earlier)
        recent = tuple(each for each in changes if each.changed_on.year >= today.year - 1)
        return msgspec.structs.replace(self, birthday=birthday, earlier=recent[:EARLIER_MAX])


BLANK: Final = Profile()

_encode = msgspec.json.Encoder().encode
_decode = lru_cache(maxsize=4096)(msgspec.json.Decoder(Profile).decode)


def profile_of(folio: Folio) -> Profile:
    """A member's profile; blank where nothing is known."""
    note = folio.note(PROFILE)
    return BLANK if note is None else _decode(note.body)


def put_profile(folio: Folio, profile: Profile) -> None:
    """Write the profile, where it has changed."""
    if profile != profile_of(folio):
        note = None if profile == BLANK else Note(_encode(profile).decode())
        folio.put_note(PROFILE, note)
