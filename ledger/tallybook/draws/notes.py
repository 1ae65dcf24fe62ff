"""What is kept of draws and red packets, as notes. Pure: no clock, no database.

A draw is a bearer, a folio of its own named `draw:` and its code, so that its results come one after the
other, whoever draws. What stands there is a handle under its code: members' draws find the folio by it, and
it comes with the folio. Results are filed one by one. A red packet is such a handle too, on the folio of
whoever gives it: a member, or for one of the house a bearer named `packet:`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypeVar

import msgspec

from tallybook.draws.secret import Secret
from tallybook.journal.folio import Folio
from tallybook.journal.holds import HeldLot
from tallybook.journal.notes import HANDLE, SECRET, Note, NoteKey, decoded
from tallybook.refusals.draws import DrawNotOpen

DRAW: Final = "@draw"
"""The handle that a draw is: what its newest round has come to."""
DRAW_SECRET: Final = f"{HANDLE}{SECRET}draw"
ROUND: Final = "draw_round"
"""Kept under a round's number: what it came to, when it was closed."""
RESULT: Final = "draw_result"
"""Kept under round and ordinal."""
TALLY: Final = "draw_tally"
TIMES: Final = "draw_times"
FREE: Final = "draw_free"
"""Kept on a member's folio under a draw's code: what was won in a round, how often the member drew by period,
and how often for nothing.
"""
WON_GOODS: Final = "won_goods"
"""Kept on a member's folio under draw, round and ordinal: what is to be delivered, or was."""

PACKET: Final = "@packet"
"""The handle that a red packet is, by its name. At one moment it falls due before its secret."""
PACKET_SECRET: Final = f"{HANDLE}{SECRET}packet"
SHARE: Final = "packet_share"
"""Kept with a red packet under its name and an ordinal."""
CLAIMED: Final = "packet_claimed"
"""Kept on a member's folio under a red packet's name: what the member had of it."""


class RoundNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A round of a draw. `record` stands for all its results, of which there are `results`.

    `given` is what was won of each prize, in all rounds so far, `given_before` in those before this one.
    `revisions` are those of the program whose odds results were drawn by. `seed` is empty as long as it is
    secret, which is until the round is closed.
    """

    round: int
    commitment: str
    record: str
    opened_at: datetime
    results: int = 0
    given: dict[str, int] = {}
    given_before: dict[str, int] = {}
    revisions: tuple[int, ...] = ()
    seed: str = ""
    closed_at: datetime | None = None


class ResultNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A result as everybody may know it: drawn by the odds of a revision, empty for nothing won."""

    alias: str
    nonce: str
    revision: int
    record: str
    prize: str = ""


class TallyNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What counts of a member's draws in one round: prizes won, and draws since one that is sure to come."""

    round: int = 0
    misses: int = 0
    won: dict[str, int] = {}

    def of_round(self, number: int) -> TallyNote:
        """The same, begun anew where it is another round's."""
        return self if self.round == number else TallyNote(round=number)


class GoodsNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Goods that a member has won; `carrier` and `number` are of what delivered them."""

    draw: str
    prize: str
    goods: str
    won_at: datetime
    delivered_at: datetime | None = None
    carrier: str = ""
    number: str = ""


OPEN: Final = "open"
DONE: Final = "done"
LAPSED: Final = "lapsed"
"""What a red packet is: it can be claimed, all of it was, or its time was over before."""


class PacketNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A red packet: `total` steps of `unit` in `shares`, of which `claims` were had, with `claimed` steps.

    `lots` are what is held of a member's for it; for one of the house `fund` pays, and `pool` is the budget
    that it has drawn on, empty for none. `seed` is empty as long as it is secret: until it is over.
    """

    kind: str
    unit: str
    total: int
    shares: int
    commitment: str
    record: str
    made_at: datetime
    ends_at: datetime
    state: str = OPEN
    claims: int = 0
    claimed: int = 0
    lots: tuple[HeldLot, ...] = ()
    fund: str = ""
    pool: str = ""
    seed: str = ""


class ShareNote(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as everybody may know it."""

    alias: str
    amount: int
    record: str


class ClaimedNote(msgspec.Struct, frozen=True, kw_only=True):
    """What a member had of a red packet."""

    ordinal: int
    amount: int


N = TypeVar("N", bound=msgspec.Struct)
_encode = msgspec.json.Encoder(order="deterministic").encode


def put(folio: Folio, kind: str, key: str, note: msgspec.Struct, due_at: datetime | None = None) -> None:
    """File a note."""
    folio.put_note(kind, Note(_encode(note).decode(), due_at), key)


def found(shape: type[N], folio: Folio, kind: str, key: str) -> N | None:
    """A note that was asked for, or None."""
    return decoded(shape, folio.note(kind, key))


def draw_handles(draw: str) -> tuple[NoteKey, NoteKey]:
    """What a command names to have a draw's folio, with what stands there."""
    return (DRAW, draw), (DRAW_SECRET, draw)


def packet_handles(packet: str) -> tuple[NoteKey, NoteKey]:
    """What a command names to have the folio of a red packet, with what stands there."""
    return (PACKET, packet), (PACKET_SECRET, packet)


def round_of(folio: Folio | None, draw: str) -> RoundNote:
    """The round of a draw that is open; raises `DrawNotOpen`."""
    note = None if folio is None else found(RoundNote, folio, DRAW, draw)
    if note is None or note.closed_at is not None:
        raise DrawNotOpen(draw=draw)
    return note


def secret_in(folio: Folio, kind: str, key: str) -> Secret:
    """A secret that is still there."""
    secret = found(Secret, folio, kind, key)
    assert secret is not None, "what is open has its secret"
    return secret


def round_key(round_: int) -> str:
    """The key of a round: in the order of numbers."""
    return f"{round_:06}"


def result_key(round_: int, ordinal: int) -> str:
    """The key of a result: in the order of rounds and ordinals."""
    return f"{round_key(round_)}/{ordinal:09}"


def share_key(packet: str, ordinal: int) -> str:
    """The key of a claim: in the order of ordinals."""
    return f"{packet}/{ordinal:04}"


def won_key(draw: str, round_: int, ordinal: int) -> str:
    """The key of goods that were won, by which they are delivered."""
    return f"{draw}/{round_}/{ordinal}"
