"""A book on paper: the same commands decided on folios in memory, with no database behind them. Quick."""

from __future__ import annotations

from typing import Any

import tallybook as tb
from tallybook.commands import KINDS
from tallybook.engine.batch import Batch
from tallybook.engine.command import redo_with
from tallybook.engine.decide import decide, settle_members
from tallybook.engine.query import FolioQuery
from tallybook.journal.accounts import MEMBER_ACCOUNTS
from tallybook.journal.folio import Folio, Standing
from tallybook.journal.replay import blank, replay_entry
from tallybook.journal.settle import plan_next_due
from tallybook.points.queries import entry_view
from tallybook.programs import compiled, parse
from tallybook.programs.timeline import Start, Timeline

from tests.clocks import SetClock


class PaperBook:
    """Folios that are never put away: everything happens in one endless batch."""

    def __init__(self, document: str, clock: SetClock) -> None:
        self._program = compiled(parse(document), 1)
        code = self._program.code
        self._clock = clock
        timeline = Timeline((Start(1, clock.now, clock.now),))
        self._batch = Batch((), clock.now, programs={code: self._program}, timelines={code: timeline})
        self._batch.pools = {(code, pool): 0 for pool in self._program.pools}

    def do(self, commands: Any) -> Any:
        """Carry out a command, or a list of them."""
        if isinstance(commands, tb.Command):
            (outcome,) = self.do([commands])
            if isinstance(outcome, tb.TallybookError):
                raise outcome
            return outcome
        self._batch.now = self._clock.now
        for command in commands:
            folio = self.folio(command.member)
            if other := command.counterpart():
                self.folio(other)
            for key in command.named_notes():
                folio.notes.setdefault(key, None)
        self._batch.commands = commands
        outcomes = decide(self._batch, KINDS)
        for each in self._batch.folios.values():
            if each.exists:
                plan_next_due(each, self._program, KINDS.effects)  # as at the end of a batch
        return outcomes

    def ask(self, query: Any) -> Any:
        """Answer a question about a member."""
        folio = self.folio(query.member)
        self._batch.now = self._clock.now
        settle_members(self._batch, [(folio.program, folio.member)], KINDS)
        if isinstance(query, tb.GetEntry):
            return entry_view(folio.sealed[query.entry - 1])
        assert isinstance(query, FolioQuery)
        return query.answer(folio, self._program, self._clock.now)

    def folio(self, member: str) -> Folio:
        """A member's page."""
        key = self._program.code, member
        if key not in self._batch.folios:
            self._batch.folios[key] = Folio(*key, Standing(), exists=False)
        return self._batch.folios[key]

    def follows(self, member: str) -> bool:
        """Whether the page is what its entries say, as `verify` would have it."""
        folio, rebuilt = self.folio(member), blank(self._program.code, member)
        for sealed in folio.sealed:
            replay_entry(rebuilt, sealed, redo_with(KINDS))
        return _told(rebuilt) == _told(folio)

    def reconciles(self, member: str) -> bool:
        """Whether all that came in and was added is somewhere, by unit and fund."""
        sums: dict[tuple[str, str, str], int] = {}
        for _, postings in self.folio(member).sealed:
            for posting in postings:
                for account, amount in (
                    (posting.from_account, -posting.amount),
                    (posting.to_account, posting.amount),
                ):
                    place = posting.unit, posting.fund, account
                    sums[place] = sums.get(place, 0) + amount
        places = {(unit, fund) for unit, fund, _ in sums if fund in ("principal", "bonus")}
        there = (*MEMBER_ACCOUNTS, "revenue", "refunded", "expired", "forfeited")
        return all(
            sum(sums.get((*place, account), 0) for account in there)
            == -sums.get((*place, "cash_in" if place[1] == "principal" else "bonus_cost"), 0)
            for place in places
        )


def _told(folio: Folio) -> tuple[Any, ...]:
    """What is on a page, without the notes that are not there."""
    notes = {key: note for key, note in folio.notes.items() if note is not None}
    return folio.lots, folio.holds, notes, folio.standing.notes
