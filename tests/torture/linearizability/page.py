"""A member as a single client would find it: what each call does, one after the other. Pure.

It knows what ARCHITECTURE.md says, and nothing of how the library does it. Time does not pass on it: no hold
runs out and no points lapse while a history is recorded.
"""

from typing import NamedTuple

from tests.torture.linearizability.operations import (
    AWARD,
    CAPTURE,
    HOLD,
    READ,
    REDEEM,
    RELEASE,
    Call,
    Done,
    Outcome,
    Refused,
)

OPEN = "open"


class PaperHold(NamedTuple):
    """A hold: its name, what it took, and how and in which entry it was resolved."""

    name: str
    amount: int
    state: str = OPEN
    resolved: int = 0


class Page(NamedTuple):
    """A member after some calls. `answers` are those to requests that somebody has sent more than once."""

    entries: int = 1
    available: int = 0
    held: int = 0
    holds: tuple[PaperHold, ...] = ()
    answers: tuple[tuple[str, Outcome], ...] = ()

    def hold(self, name: str) -> PaperHold | None:
        """The hold of a name, if there was ever one."""
        return next((hold for hold in self.holds if hold.name == name), None)

    def as_read(self) -> Done:
        """What a read of this page shows."""
        return Done(self.entries, self.available, self.held)


def step(page: Page, call: Call, repeated: frozenset[str]) -> tuple[Page, Outcome]:
    """The page after a call, and what the caller must be told."""
    if call.what == READ:
        return page, page.as_read()
    if call.request_id not in repeated:
        return _decide(page, call)
    for request_id, outcome in page.answers:
        if request_id == call.request_id:
            return page, outcome
    page, outcome = _decide(page, call)
    answers = tuple(sorted([*page.answers, (call.request_id, outcome)]))
    return page._replace(answers=answers), outcome


def _decide(page: Page, call: Call) -> tuple[Page, Outcome]:
    after = _DECISIONS[call.what](page, call)
    return (page, after) if isinstance(after, Refused) else (after, after.as_read())


def _award(page: Page, call: Call) -> Page | Refused:
    return page._replace(entries=page.entries + 1, available=page.available + call.amount)


def _redeem(page: Page, call: Call) -> Page | Refused:
    if page.available < call.amount:
        return Refused("NOT_ENOUGH_POINTS", (page.available,))
    return page._replace(entries=page.entries + 1, available=page.available - call.amount)


def _hold(page: Page, call: Call) -> Page | Refused:
    if page.hold(call.hold) is not None:
        return Refused("HOLD_EXISTS", ())
    after = _redeem(page, call)
    if isinstance(after, Refused):
        return after
    holds = tuple(sorted([*page.holds, PaperHold(call.hold, call.amount)]))
    return after._replace(held=page.held + call.amount, holds=holds)


def _capture(page: Page, call: Call) -> Page | Refused:
    hold = _open_hold(page, call)
    if isinstance(hold, Refused):
        return hold
    captured = call.amount or hold.amount
    if captured > hold.amount:
        return Refused("CAPTURE_EXCEEDS_HOLD", (hold.amount,))
    return _resolve(page, hold, "captured", back=hold.amount - captured)


def _release(page: Page, call: Call) -> Page | Refused:
    hold = _open_hold(page, call)
    return hold if isinstance(hold, Refused) else _resolve(page, hold, "released", back=hold.amount)


def _open_hold(page: Page, call: Call) -> PaperHold | Refused:
    hold = page.hold(call.hold)
    if hold is None:
        return Refused("UNKNOWN_HOLD", ())
    return hold if hold.state == OPEN else Refused("HOLD_RESOLVED", (hold.state, hold.resolved))


def _resolve(page: Page, hold: PaperHold, state: str, back: int) -> Page:
    entry = page.entries + 1
    others = [each for each in page.holds if each.name != hold.name]
    return page._replace(
        entries=entry,
        available=page.available + back,
        held=page.held - hold.amount,
        holds=tuple(sorted([*others, hold._replace(state=state, resolved=entry)])),
    )


_DECISIONS = {AWARD: _award, REDEEM: _redeem, HOLD: _hold, CAPTURE: _capture, RELEASE: _release}
