"""Tag and untag: words that a shop puts on a member. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.members.erased import check_known
from tallybook.members.profile import TAGS_MAX, profile_of, put_profile
from tallybook.refusals.members import TooManyTags


class Tagged(Reply, frozen=True, kw_only=True):
    """All tags that the member has now, sorted."""

    tags: tuple[str, ...]


class TagMember(Command[Tagged], frozen=True, kw_only=True, tag="tag_member"):
    """Put tags on a member; those that are there already stay.

    Refused with `TooManyTags` or `MemberErased`.
    """

    tags: tuple[str, ...]
    reply_type = Tagged

    def check(self) -> None:
        check_tags(self.tags)

    def decide(self, desk: Desk) -> Tagged:
        check_known(desk)
        return _put(self, desk, {*profile_of(desk.folio).tags, *self.tags})


class UntagMember(Command[Tagged], frozen=True, kw_only=True, tag="untag_member"):
    """Take tags off a member; those that are not there need no taking off."""

    tags: tuple[str, ...]
    reply_type = Tagged

    def check(self) -> None:
        check_tags(self.tags)

    def decide(self, desk: Desk) -> Tagged:
        return _put(self, desk, set(profile_of(desk.folio).tags).difference(self.tags))


def check_tags(tags: Any) -> None:
    """Raise `InvalidInput` for what are no tags."""
    if not isinstance(tags, tuple) or not tags:
        raise InvalidInput("tags", "must name one or more")
    if len(tags) > TAGS_MAX:
        raise InvalidInput("tags", f"must name at most {TAGS_MAX}, not {len(tags)}")
    for place, tag in enumerate(tags):
        check_id(f"tags[{place}]", tag)


def _put(command: Command[Tagged], desk: Desk, names: Iterable[str]) -> Tagged:
    tags = tuple(sorted(names))
    if len(tags) > TAGS_MAX:
        raise TooManyTags(member=command.member, asked=len(tags), most=TAGS_MAX)
    put_profile(desk.folio, msgspec.structs.replace(profile_of(desk.folio), tags=tags))
    return Tagged(entry=desk.entry, recorded_at=desk.now, tags=tags)
