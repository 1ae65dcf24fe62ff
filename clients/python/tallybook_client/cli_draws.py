"""The commands about draws and red packets, and their words. Knows the client alone."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from google.protobuf.message import Message

from ._gen.tallybook.v1.draw_pb2 import (
    ClaimRedPacketResponse,
    CloseDrawResponse,
    CreateRedPacketResponse,
    DeliverPrizeResponse,
    DrawResponse,
    DrawRound,
    OpenDrawResponse,
    RedPacket,
    RedPacketState,
    WonGoods,
)
from .cli_money import Commands
from .client import TallybookClient
from .fairness import Record, check_draw, check_red_packet
from .records import draw_record, red_packet_record
from .text import LINES, Lines, instant_text

Arguments = argparse.Namespace
EXIT_UNFAIR = 1


def _open(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.open_draw(given.draw, **_common(given))


def _close(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.close_draw(given.draw, **_common(given))


def _draw(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.draw(given.member, given.draw, nonce=given.nonce, **_common(given))


def _show(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_draw(given.draw, number=given.round).draw


def _goods(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.list_won_goods(given.member)


def _deliver(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    carried = {"carrier": given.carrier, "number": given.number}
    yield client.deliver_prize(given.member, given.won, **carried, **_common(given))


def _create(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.create_red_packet(
        given.packet,
        packet_kind=given.packet_kind,
        total=given.total,
        shares=given.shares,
        member=given.member,
        **_common(given),
    )


def _claim(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.claim_red_packet(given.member, given.packet, **_common(given))


def _red_packet(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_red_packet(given.packet).red_packet


def _common(given: Arguments) -> dict[str, Any]:
    return {"request_id": given.request_id, "source": given.source, "reason": given.reason}


# --- the public record -----------------------------------------------------------------------------------


def _record(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    sys.stdout.write(json.dumps(_told(client, given), indent=1) + "\n")
    yield from ()


def _verify(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    """Say what is wrong with a record, and whether anything is; exit code 1 says so too."""
    record = json.loads(given.file.read_text()) if given.file else _told(client, given)
    if not record["seed"]:
        raise ValueError("it is not over: the seed is told when it is")
    is_packet = "packet" in record
    faults = list(check_red_packet(record) if is_packet else check_draw(record))
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    number = len(record["claims" if is_packet else "results"])
    what = f"red packet {record['packet']}" if is_packet else f"round {record['round']} of {record['draw']}"
    counted = f"{number} {'claims' if is_packet else 'results'}"
    sys.stdout.write(f"{what}: {counted}, {len(faults) or 'nothing'} wrong\n")
    if faults:
        raise SystemExit(EXIT_UNFAIR)
    yield from ()


def _told(client: TallybookClient, given: Arguments) -> Record:
    if given.red_packet:
        return red_packet_record(given.program, client.get_red_packet(given.red_packet).red_packet)
    if not given.draw:
        raise ValueError("say which draw, --red-packet or --file")
    told = client.get_draw(given.draw, number=given.round).draw
    results = client.list_draws(given.draw, number=told.round, page_size=1000)
    return draw_record(given.program, told, results)


def add_draws(commands: Commands, reads: argparse.ArgumentParser) -> None:
    """The commands about draws and red packets. None can be tried: whoever could would know the outcome."""
    writes = argparse.ArgumentParser(add_help=False, parents=[reads])
    for name, text in (
        ("--source", "where it comes from"),
        ("--reason", "why"),
        ("--request-id", "names the request; one is drawn when it is not given"),
    ):
        writes.add_argument(name, default="", help=text)
    _add_writes(commands, writes)
    _add_reads(commands, reads)


def _add_writes(commands: Commands, writes: argparse.ArgumentParser) -> None:
    for name, run, text in (
        ("open-draw", _open, "begin the next round of a draw"),
        ("close-draw", _close, "end the round of a draw, and have its seed told"),
    ):
        commands.add(name, run, writes, text).add_argument("draw", help="id of the draw")
    draw = commands.add_of_member("draw", _draw, writes, "draw once")
    draw.add_argument("draw", help="id of the draw")
    draw.add_argument("--nonce", default="", help="what the result depends on besides: the member's choice")
    deliver = commands.add_of_member("deliver-prize", _deliver, writes, "mark goods as delivered")
    deliver.add_argument("won", help="names what was won")
    deliver.add_argument("--carrier", default="", help="who delivers it")
    deliver.add_argument("--number", default="", help="under which number")
    create = commands.add("create-red-packet", _create, writes, "set a sum aside, to be split by lot")
    create.add_argument("packet", help="its name")
    create.add_argument("packet_kind", help="id of its kind")
    create.add_argument("total", type=int, help="the sum, in the unit's smallest step")
    create.add_argument("shares", type=int, help="in how many shares")
    create.add_argument("--member", default="", help="who gives it (the house)")
    claim = commands.add_of_member("claim-red-packet", _claim, writes, "take a share of a red packet")
    claim.add_argument("packet", help="its name")


def _add_reads(commands: Commands, reads: argparse.ArgumentParser) -> None:
    packet = commands.add("red-packet", _red_packet, reads, "show a red packet")
    packet.add_argument("packet", help="its name")
    commands.add_of_member("won-goods", _goods, reads, "show the goods that a member has won")
    show = commands.add("show-draw", _show, reads, "show a round of a draw, and what can be won")
    show.add_argument("draw", help="id of the draw")
    show.add_argument("--round", type=int, default=0, help="which round (the newest)")
    for name, run, text in (
        ("draw-record", _record, "print the public record of a round or a red packet, to be kept"),
        ("verify-draw", _verify, "check every result of a round or a red packet from its public record"),
    ):
        record = commands.add(name, run, reads, text)
        record.add_argument("draw", nargs="?", default="", help="id of the draw")
        record.add_argument("--round", type=int, default=0, help="which round (the newest)")
        record.add_argument("--red-packet", default="", help="name of a red packet, instead of a draw")
        if run is _verify:
            record.add_argument("--file", type=Path, help="a record that was kept, instead of asking")


# --- words -----------------------------------------------------------------------------------------------


def _opened(reply: OpenDrawResponse) -> Lines:
    yield f"round {reply.round} of {reply.draw} is open, its seed has hash {reply.commitment}"


def _closed(reply: CloseDrawResponse) -> Lines:
    yield f"round {reply.round} of {reply.draw} is closed after {reply.results} results"
    yield f"  seed {reply.seed}"


def _done(reply: DrawResponse) -> Lines:
    cost = f", for {reply.cost} {reply.cost_unit}" if reply.cost else ""
    won = f", to be delivered as {reply.won}" if reply.won else ""
    yield f"{reply.display_name or 'nothing'}{won}: draw {reply.ordinal} of round {reply.round}{cost}"


def _delivered(reply: DeliverPrizeResponse) -> Lines:
    yield f"{reply.won} ({reply.goods}) is delivered"


def _created(reply: CreateRedPacketResponse) -> Lines:
    until = instant_text(reply.ends_at)
    yield f"{reply.packet}: {reply.total} {reply.unit} in {reply.shares} shares until {until}"


def _claimed(reply: ClaimRedPacketResponse) -> Lines:
    yield f"{reply.amount} {reply.unit}: share {reply.ordinal} of {reply.shares}"


def _round(told: DrawRound) -> Lines:
    state = f"closed, seed {told.seed}" if told.seed else f"open, its seed has hash {told.commitment}"
    yield f"{told.draw}  {told.display_name}: round {told.round}, {told.results} results, {state}"
    for prize in told.prizes:
        left = f", {prize.left} left" if prize.HasField("left") else ""
        yield f"  {prize.prize}  {prize.display_name}: weight {prize.weight}{left}"


def _packet(told: RedPacket) -> Lines:
    state = RedPacketState.Name(told.state).removeprefix("RED_PACKET_STATE_").lower()
    yield f"{told.packet}: {told.claimed} of {told.total} {told.unit} in {len(told.claims)} claims, {state}"


def _won(told: WonGoods) -> Lines:
    sent = f"delivered {instant_text(told.delivered_at)}" if told.HasField("delivered_at") else "to be sent"
    yield f"{told.won}  {told.goods}, won {instant_text(told.won_at)}, {sent}"


_WORDS: dict[type[Message], Callable[[Any], Lines]] = {
    OpenDrawResponse: _opened,
    CloseDrawResponse: _closed,
    DrawResponse: _done,
    DeliverPrizeResponse: _delivered,
    CreateRedPacketResponse: _created,
    ClaimRedPacketResponse: _claimed,
    DrawRound: _round,
    RedPacket: _packet,
    WonGoods: _won,
}
LINES.update(_WORDS)
