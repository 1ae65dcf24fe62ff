"""Makes sure that all are there whom teams concern. Decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tallybook.db.statements import Fetch
from tallybook.engine.batch import Batch, HandleKey
from tallybook.engine.gather import Gathering
from tallybook.errors import Contention
from tallybook.growth.team_notes import PLACE, folio_name, place_of, taken_handle, team_of
from tallybook.journal import tables
from tallybook.tasks.join_team import JoinTeam
from tallybook.tasks.team_events import RECORD_EVENT


def teams(batch: Batch) -> Gathering:
    """Raises `Contention` where a place was taken after it was looked who has one, and before folios were
    locked: by somebody who is to be given something with the last place, or by whoever gives an order back.
    """
    may_join = any(isinstance(command, JoinTeam) for command in batch.commands)
    kinds = {kind for each in batch.commands for kind in (type(each), *each.part_types)}
    if not may_join and not any(kind.kind() == RECORD_EVENT for kind in kinds):
        return
    yield []
    yield []  # folios are there now, and named notes
    if may_join and _is_incomplete(batch):
        raise Contention
    missing = sorted(set(_missing(batch)))
    if missing:
        (held,) = yield [Fetch(tables.READ_HOLDERS, missing)]
        if held:
            raise Contention


def _is_incomplete(batch: Batch) -> bool:
    """Whether a team that this batch may complete has a member whose folio is not here."""
    joining = Counter((each.program, each.team) for each in batch.commands if isinstance(each, JoinTeam))
    for (program, name), more in joining.items():
        team = team_of(batch.folios[program, folio_name(name)])
        members = () if team is None or len(team.places) + more < team.size else team.members
        if any((program, member) not in batch.folios for member in members):
            return True
    return False


def _missing(batch: Batch) -> Iterator[HandleKey]:
    """The handles of places that refunds concern by the members' own notes, and that nobody held."""
    for command in batch.every():
        if command.kind() != RECORD_EVENT:
            continue
        folio = batch.folios[command.program, command.member]
        for kind, event in command.named_notes():
            if kind == PLACE and (kind, event) in folio.notes and place_of(folio, event) is not None:
                handle = taken_handle(command.member, event)
                if handle not in batch.holders.get(command.program, {}):
                    yield command.program, *handle
