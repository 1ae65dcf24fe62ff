"""Trials: groups of commands that are decided on one batch, each as if the others were not. Pure: no clock,
no database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tallybook.engine.batch import Batch, Outcome
from tallybook.engine.command import AnyCommand, Kinds
from tallybook.engine.decide import decide


def decide_apart(
    batch: Batch, trials: Sequence[Sequence[AnyCommand]], kinds: Kinds
) -> Iterator[list[Outcome]]:
    """The outcomes of each trial, on what was gathered for all of them. Each finds pages and pools as they
    are recorded; of its own commands, each sees what those before it did.
    """
    marks = {key: folio.mark() for key, folio in batch.folios.items()}
    for commands in trials:
        yield decide(_alone(batch, commands), kinds)
        for key, folio in batch.folios.items():
            if folio.sealed or folio.standing is not marks[key].standing:
                folio.rewind(marks[key])
                marks[key] = folio.mark()


def _alone(batch: Batch, commands: Sequence[AnyCommand]) -> Batch:
    """The batch with some of its commands, and what they change of it besides folios in copies."""
    return replace(
        batch,
        commands=commands,
        requests=dict(batch.requests),
        refusals=[],
        holders={program: dict(held) for program, held in batch.holders.items()},
        pools=dict(batch.pools),
        touched_pools=set(),
        moments=0,
    )
