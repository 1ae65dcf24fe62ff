"""What members get by the calendar, worked out from scratch day after day. Knows nothing of the library."""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

YearDay = tuple[int, int]


@dataclass(frozen=True)
class Rule:
    """A grant: its `kind` is birthday, festival, dates, anniversary or tenure, which `detail` is of."""

    kind: str
    detail: object
    starts: date
    catch_up_days: int
    tag: str = ""
    days_enrolled: int = 0


@dataclass
class Person:
    """A member: what the shop knows, and what was had: grant, day, day given on, and for which birthday."""

    enrolled_on: date
    birthday: YearDay | None = None
    tags: set[str] = field(default_factory=set)
    frozen: bool = False
    had: list[tuple[str, date, date, YearDay | None]] = field(default_factory=list)
    points: int = 0


def look(person: Person, rules: dict[str, Rule], today: date) -> None:
    """Give what a member has not had and fits now, the oldest day first."""
    found = []
    for code, rule in rules.items():
        day = max(rule.starts, person.enrolled_on, today - timedelta(days=rule.catch_up_days))
        while day <= today:
            if _is_day(rule, day, person) and _fits(rule, day, person):
                found.append((day, code))
            day += timedelta(days=1)
    for day, code in sorted(found):
        if not _was_had(rules[code], code, day, person):
            of = person.birthday if rules[code].kind == "birthday" else None
            person.had.append((code, day, today, of))
            person.points += 0 if person.frozen else 10


def _is_day(rule: Rule, day: date, person: Person) -> bool:
    match rule.kind:
        case "birthday":
            return person.birthday is not None and day == _in_year(person.birthday, day.year, rule.detail)
        case "festival":
            return (day.month, day.day) == rule.detail
        case "dates":
            return day in rule.detail  # type: ignore[operator]
        case "anniversary":
            enrolled = person.enrolled_on
            return day.year > enrolled.year and day == _in_year((enrolled.month, enrolled.day), day.year)
        case _:
            return day == _months_after(person.enrolled_on, rule.detail)  # type: ignore[arg-type]


def _in_year(birthday: YearDay, year: int, leap: object = "feb_28") -> date:
    if birthday == (2, 29) and not isleap(year):
        return date(year, 2, 28) if leap == "feb_28" else date(year, 3, 1)
    return date(year, *birthday)


def _months_after(day: date, months: int) -> date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _fits(rule: Rule, day: date, person: Person) -> bool:
    if rule.tag and rule.tag not in person.tags:
        return False
    return (day - person.enrolled_on).days >= rule.days_enrolled


def _was_had(rule: Rule, code: str, day: date, person: Person) -> bool:
    own = [each for each in person.had if each[0] == code]
    if rule.kind == "tenure":
        return bool(own)
    if rule.kind == "dates":
        return any(day <= each[1] for each in own)
    if any(day.year <= each[1].year for each in own):
        return True
    return rule.kind == "birthday" and any(
        each[3] != person.birthday and day.year <= each[2].year for each in own[-1:]
    )
