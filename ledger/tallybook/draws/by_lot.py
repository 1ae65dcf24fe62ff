"""Draws and red packets whose secrets are drawn by lot here, outside of all that decides. Knows a key.

A secret is in memory here, under its pad in the command that brings it to the book, and nowhere else.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from tallybook.codes import CodeKey
from tallybook.draws.claim_red_packet import ClaimRedPacket, ShareClaimed
from tallybook.draws.close_draw import CloseDraw, DrawClosed
from tallybook.draws.create_red_packet import CreateRedPacket, RedPacketCreated
from tallybook.draws.draw import Draw, DrawDone
from tallybook.draws.open_draw import DrawOpened, OpenDraw
from tallybook.draws.secret import SECRET_BYTES, Opener, opener_of, secret_of
from tallybook.engine.command import AnyCommand
from tallybook.errors import TallybookError
from tallybook.members.bearers import DRAWS, PACKETS

Do = Callable[[Sequence[AnyCommand]], Sequence[Any]]
"""Carries out commands: an outcome for each."""


def open_draw(key: CodeKey | None, *, program: str, draw: str, request_id: str, **more: Any) -> OpenDraw:
    """The command that begins a round of a draw. `more` are such as `reason`."""
    secret = secret_of(secrets.token_bytes(SECRET_BYTES), opener_of(key, program, draw))
    return OpenDraw(program=program, member=DRAWS + draw, request_id=request_id, secret=secret, **more)


def close_draw(key: CodeKey | None, *, program: str, draw: str, request_id: str, **more: Any) -> CloseDraw:
    """The command that ends the round of a draw, and tells its seed."""
    opener = opener_of(key, program, draw)
    return CloseDraw(program=program, member=DRAWS + draw, request_id=request_id, opener=opener, **more)


def take_draw(key: CodeKey | None, *, program: str, draw: str, **more: Any) -> Draw:
    """The command by which a member draws: `more` are `member`, `request_id`, `nonce` and the like."""
    return Draw(program=program, draw=draw, opener=opener_of(key, program, draw), **more)


def create_red_packet(*, program: str, packet: str, member: str = "", **more: Any) -> CreateRedPacket:
    """The command that makes a red packet: a member's, or without one, the house's."""
    secret = secret_of(secrets.token_bytes(SECRET_BYTES), Opener())
    giver = member or PACKETS + packet
    return CreateRedPacket(program=program, member=giver, packet=packet, secret=secret, **more)


class Draws:
    """Draws and red packets of a book: `Book.draws`. Each of these raises what its command raises."""

    def __init__(self, do: Do, key: CodeKey | None) -> None:
        self._do = do
        self._key = key

    def open(self, program: str, draw: str, request_id: str, **more: Any) -> DrawOpened:
        """Begin the next round of a draw: see `OpenDraw`."""
        command = open_draw(self._key, program=program, draw=draw, request_id=request_id, **more)
        opened: DrawOpened = self._one(command)
        return opened

    def draw(self, program: str, member: str, draw: str, request_id: str, **more: Any) -> DrawDone:
        """Draw once: see `Draw`."""
        done: DrawDone = self._one(self.command(program, member, draw, request_id, **more))
        return done

    def command(self, program: str, member: str, draw: str, request_id: str, **more: Any) -> Draw:
        """The command of one draw, to be carried out with others."""
        asked = {"member": member, "request_id": request_id, **more}
        return take_draw(self._key, program=program, draw=draw, **asked)

    def close(self, program: str, draw: str, request_id: str, **more: Any) -> DrawClosed:
        """End the round of a draw: see `CloseDraw`."""
        command = close_draw(self._key, program=program, draw=draw, request_id=request_id, **more)
        closed: DrawClosed = self._one(command)
        return closed

    def create_red_packet(self, program: str, packet: str, request_id: str, **more: Any) -> RedPacketCreated:
        """Set a sum aside, to be split by lot: see `CreateRedPacket`."""
        command = create_red_packet(program=program, packet=packet, request_id=request_id, **more)
        created: RedPacketCreated = self._one(command)
        return created

    def claim_red_packet(self, program: str, member: str, packet: str, request_id: str) -> ShareClaimed:
        """Take a share of a red packet: see `ClaimRedPacket`."""
        command = ClaimRedPacket(program=program, member=member, packet=packet, request_id=request_id)
        claimed: ShareClaimed = self._one(command)
        return claimed

    def _one(self, command: AnyCommand) -> Any:
        (outcome,) = self._do([command])
        if isinstance(outcome, TallybookError):
            raise outcome
        return outcome
