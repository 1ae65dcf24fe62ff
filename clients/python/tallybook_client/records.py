"""The public record of a draw's round and of a red packet, as plain values to be kept. Checks nothing."""

from collections.abc import Iterable

from ._gen.tallybook.v1.draw_pb2 import DrawResult, DrawRound, OddsTable, PrizeOdds, RedPacket
from .fairness import Record


def draw_record(program: str, told: DrawRound, results: Iterable[DrawResult]) -> Record:
    """A round with its results, from what `get_draw` and `list_draws` have answered."""
    return {
        "program": program,
        "draw": told.draw,
        "round": told.round,
        "commitment": told.commitment,
        "seed": told.seed,
        "record": told.record,
        "given_before": dict(sorted(told.given_before.items())),
        "tables": [_table(each) for each in told.tables],
        "results": [
            {
                "ordinal": each.ordinal,
                "alias": each.alias,
                "nonce": each.nonce,
                "table": each.table,
                "prize": each.prize,
                "record": each.record,
            }
            for each in results
        ],
    }


def _table(table: OddsTable) -> Record:
    return {
        "blank_weight": table.blank_weight,
        "guarantee_after": table.guarantee_after,
        "fallback": table.fallback,
        "odds": [_odds(each) for each in table.odds],
    }


def _odds(odds: PrizeOdds) -> Record:
    return {
        "prize": odds.prize,
        "weight": odds.weight,
        "stock": odds.stock if odds.HasField("stock") else None,
        "most_per_member": odds.most_per_member if odds.HasField("most_per_member") else None,
        "is_sure": odds.is_sure,
    }


def red_packet_record(program: str, told: RedPacket) -> Record:
    """A red packet with its claims, from what `get_red_packet` has answered."""
    return {
        "program": program,
        "packet": told.packet,
        "unit": told.unit,
        "total": told.total,
        "shares": told.shares,
        "commitment": told.commitment,
        "seed": told.seed,
        "record": told.record,
        "claims": [
            {"ordinal": each.ordinal, "alias": each.alias, "amount": each.amount, "record": each.record}
            for each in told.claims
        ],
    }
