"""Gathers what draws need and commands cannot name: the budgets of red packets. Decides nothing."""

from __future__ import annotations

from tallybook.draws.create_red_packet import CreateRedPacket
from tallybook.draws.notes import OPEN, PACKET
from tallybook.draws.packets import packet_of
from tallybook.engine.batch import Batch
from tallybook.engine.gather import Gathering
from tallybook.programs.draws import packet_pool


def draws(batch: Batch) -> Gathering:
    """The budgets that red packets draw on, or that get back what nobody has claimed."""
    yield []
    yield []  # what falls due is there now
    creating = [command for command in batch.commands if isinstance(command, CreateRedPacket)]
    while creating and not batch.programs_known:
        yield []
    for command in creating:
        program = batch.programs.get(command.program)
        rules = None if program is None else program.red_packets.get(command.packet_kind)
        if rules is not None and rules.budget is not None:
            batch.wanted_pools.add((command.program, packet_pool(rules.code)))
    for (code, _), folio in batch.folios.items():
        for kind, key in folio.notes:
            note = packet_of(folio, key) if kind == PACKET else None
            if note is not None and note.pool and note.state == OPEN:
                batch.wanted_pools.add((code, note.pool))
