"""The public record of a round and of a red packet, as files have it, from what the book answers."""

from __future__ import annotations

from typing import Any

from tests.slices.draws.booth import Booth


def draw_record(booth: Booth, draw: str, round_: int = 0) -> dict[str, Any]:
    """All that is public of a round."""
    view = booth.view(draw, round_)
    return {
        "program": "fair",
        "draw": draw,
        "round": view.round,
        "commitment": view.commitment,
        "seed": view.seed,
        "record": view.record,
        "given_before": view.given_before,
        "tables": [
            {
                "blank_weight": each.table.blank_weight,
                "guarantee_after": each.table.guarantee_after,
                "fallback": each.table.fallback,
                "odds": [
                    {name: getattr(odds, name) for name in type(odds).__struct_fields__}
                    for odds in each.table.odds
                ],
            }
            for each in view.tables
        ],
        "results": [
            {name: getattr(each, name) for name in type(each).__struct_fields__}
            for each in booth.results(draw, round_)
        ],
    }


def packet_record(booth: Booth, packet: str) -> dict[str, Any]:
    """All that is public of a red packet."""
    view = booth.red_packet(packet)
    content = view.content
    named = {name: getattr(content, name) for name in ("unit", "total", "shares", "commitment", "seed")}
    return {
        "program": "fair",
        "packet": packet,
        **named,
        "record": content.record,
        "claims": [
            {name: getattr(each, name) for name in type(each).__struct_fields__} for each in view.shares
        ],
    }
