"""SetBirthday: note the day of the year on which a member was born. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.engine.checks import check_whole
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.members.erased import check_known
from tallybook.members.profile import Birthday, profile_of, put_profile


class BirthdaySet(Reply, frozen=True, kw_only=True):
    """The birthday now, and what it was before; None for not known."""

    birthday: Birthday | None
    before: Birthday | None


class SetBirthday(Command[BirthdaySet], frozen=True, kw_only=True, tag="set_birthday"):
    """Note a member's birthday: a month and a day, never a year. With neither, it is not known any more.

    Refused with `MemberErased`.
    """

    month: int | None = None
    day: int | None = None
    reply_type = BirthdaySet

    def check(self) -> None:
        if self.month is None and self.day is None:
            return
        check_whole("month", self.month, largest=12)
        check_whole("day", self.day, largest=31)
        birthday = self._birthday()
        if birthday is not None and not birthday.is_a_day:
            raise InvalidInput("day", f"must be a day of month {self.month}, not {self.day}")

    def decide(self, desk: Desk) -> BirthdaySet:
        check_known(desk)
        profile, birthday = profile_of(desk.folio), self._birthday()
        put_profile(desk.folio, profile.with_birthday(birthday, desk.today))
        return BirthdaySet(entry=desk.entry, recorded_at=desk.now, birthday=birthday, before=profile.birthday)

    def _birthday(self) -> Birthday | None:
        return None if self.month is None or self.day is None else Birthday(self.month, self.day)
