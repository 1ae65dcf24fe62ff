"""CloseDraw: a round ends, and its seed is told. Pure: no clock, no database."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import msgspec

from tallybook.draws.notes import (
    DRAW,
    DRAW_SECRET,
    ROUND,
    draw_handles,
    put,
    round_key,
    round_of,
    secret_in,
)
from tallybook.draws.secret import Opener, opened
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import DRAWS, check_bearer_of
from tallybook.programs.program import Program


class DrawClosed(Reply, frozen=True, kw_only=True):
    """Nobody draws from this round any more: `seed` and `record` prove its `results`."""

    draw: str
    round: int
    results: int
    seed: str
    commitment: str
    record: str


class CloseDraw(Command[DrawClosed], frozen=True, kw_only=True, tag="close_draw"):
    """End the round of a draw that is open, and tell its seed. The `member` is `draw:` and its code.

    `close_draw` makes the command. Refused with `DrawNotOpen`; raises `SeedSealed` where the book has another
    key of codes than when the round was opened.
    """

    opener: Opener = Opener()
    reply_type = DrawClosed

    def check(self) -> None:
        check_bearer_of("member", self.member, DRAWS)

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        return draw_handles(self.member.removeprefix(DRAWS))

    def fingerprint(self) -> bytes:
        asked = msgspec.structs.replace(self, opener=Opener())
        return hashlib.blake2b(msgspec.json.encode(asked, order="deterministic"), digest_size=16).digest()

    def decide(self, desk: Desk) -> DrawClosed:
        draw, folio = self.member.removeprefix(DRAWS), desk.folio
        note = round_of(folio, draw)
        seed = opened(secret_in(folio, DRAW_SECRET, draw), self.opener, draw).seed.hex()
        note = msgspec.structs.replace(note, seed=seed, closed_at=desk.now)
        put(folio, DRAW, draw, note)
        put(folio, ROUND, round_key(note.round), note)
        folio.put_note(DRAW_SECRET, None, draw)
        desk.subject = draw
        return DrawClosed(
            entry=desk.entry,
            recorded_at=desk.now,
            draw=draw,
            round=note.round,
            results=note.results,
            seed=seed,
            commitment=note.commitment,
            record=note.record,
        )
