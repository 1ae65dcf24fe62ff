"""What becomes of a red packet: shares, what is left at its end. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from tallybook.draws.notes import (
    DONE,
    LAPSED,
    OPEN,
    PACKET,
    PACKET_SECRET,
    PacketNote,
    found,
    put,
    secret_in,
)
from tallybook.draws.secret import Drawn, Opener, opened
from tallybook.journal.accounts import BUDGET, DRAWN, NEVER, VESTED, Posting
from tallybook.journal.folio import Folio
from tallybook.journal.settle import Effect, release_lots
from tallybook.programs.program import Program


def packet_of(folio: Folio | None, packet: str) -> PacketNote | None:
    """A red packet on its folio, or None."""
    return None if folio is None else found(PacketNote, folio, PACKET, packet)


def drawn_for(folio: Folio, packet: str) -> Drawn:
    """What the shares of a red packet come from."""
    return opened(secret_in(folio, PACKET_SECRET, packet), Opener(), packet)


def put_packet(folio: Folio, packet: str, note: PacketNote) -> None:
    """Write a red packet down. When it is over its seed is told, and its secret goes."""
    if note.state == OPEN:
        put(folio, PACKET, packet, note, note.ends_at)
        return
    note = replace(note, seed=_seed_to_tell(folio, packet))
    folio.put_note(PACKET_SECRET, None, packet)
    put(folio, PACKET, packet, note)


def _seed_to_tell(folio: Folio, packet: str) -> str:
    """The seed of a red packet that is over; empty on a page that was replayed, as no entry tells a secret.

    What lapses on such a page is never recorded. What falls due is gathered with its secret.
    """
    if folio.notes.get((PACKET_SECRET, packet)) is None:
        return ""
    return drawn_for(folio, packet).seed.hex()


def state_after(claims: int, shares: int) -> str:
    """What a red packet is after so many claims."""
    return DONE if claims == shares else OPEN


def _lapse(folio: Folio, program: Program, packet: str, at: datetime) -> None:
    """Give back what nobody has claimed: to the lots it came from, or to the budget."""
    note = packet_of(folio, packet)
    assert note is not None, "what falls due is there"
    release_lots(folio, note.unit, note.lots, program, program.today(at))
    if note.pool:
        left = note.total - note.claimed
        folio.post(Posting(note.unit, note.pool, VESTED, NEVER, DRAWN, BUDGET, left))
    put_packet(folio, packet, replace(note, state=LAPSED, lots=()))


LAPSE_RED_PACKET: Final = Effect("red_packet_lapsed", _lapse)
"""What time does to a red packet of which something is left."""
