"""OpenDraw: a round begins, and commits to a seed. Pure: no clock, no database."""

from __future__ import annotations

import hashlib
from typing import ClassVar

import msgspec

from tallybook.draws.formula import first_record
from tallybook.draws.notes import DRAW, DRAW_SECRET, RoundNote, found, put
from tallybook.draws.odds import rules_of
from tallybook.draws.secret import Secret
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import DRAWS, check_bearer_of
from tallybook.refusals.draws import DrawOpen


class DrawOpened(Reply, frozen=True, kw_only=True):
    """A round can be drawn from; `commitment` is the hash of its seed, and `record` what it begins with."""

    draw: str
    round: int
    commitment: str
    record: str


class OpenDraw(Command[DrawOpened], frozen=True, kw_only=True, tag="open_draw"):
    """Begin the next round of a draw, whose folio is the `member`: `draw:` and its code.

    `secret` is drawn by lot before: `open_draw` makes the command. Refused with `UnknownDraw`, or `DrawOpen`
    while a round is open.
    """

    secret: Secret
    reply_type = DrawOpened
    enrolls: ClassVar[bool] = True

    def check(self) -> None:
        check_bearer_of("member", self.member, DRAWS)

    def counterpart_handle(self) -> NoteKey:
        return DRAW, self.member.removeprefix(DRAWS)

    def fingerprint(self) -> bytes:
        """By what is asked for: the secret of who asks again is another one, and is not used."""
        asked = msgspec.structs.replace(self, secret=Secret(hidden="", commitment="", sealed=False))
        return hashlib.blake2b(msgspec.json.encode(asked, order="deterministic"), digest_size=16).digest()

    def decide(self, desk: Desk) -> DrawOpened:
        draw, folio = self.member.removeprefix(DRAWS), desk.folio
        rules_of(desk.program, draw)
        before = found(RoundNote, folio, DRAW, draw) if folio.exists else None
        if before is not None and before.closed_at is None:
            raise DrawOpen(draw=draw, round=before.round)
        if not folio.exists:
            folio.begin(desk.now)
        number = 1 if before is None else before.round + 1
        given = {} if before is None else before.given
        record = first_record(self.program, draw, number, self.secret.commitment, given)
        note = RoundNote(
            round=number,
            commitment=self.secret.commitment,
            record=record,
            opened_at=desk.now,
            given=given,
            given_before=given,
        )
        put(folio, DRAW, draw, note)
        put(folio, DRAW_SECRET, draw, self.secret)
        desk.subject = draw
        return DrawOpened(
            entry=desk.entry,
            recorded_at=desk.now,
            draw=draw,
            round=number,
            commitment=self.secret.commitment,
            record=record,
        )
