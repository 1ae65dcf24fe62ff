"""The commands and questions of stories about draws and red packets. Pure: no clock, no database.

open DRAW          draw M REQUEST DRAW [choosing NONCE]           red-packet M|house NAME KIND 100 in 5
close DRAW         deliver M WON [by CARRIER]                     grab M NAME

Questions: `round DRAW`: what everybody may know; `results DRAW`: the prizes in their order; `won M`: goods,
and whether they were delivered; `may-draw M DRAW`; `the-packet NAME`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import tallybook as tb

from tests.stories.words import Words

if TYPE_CHECKING:
    from tests.stories.commands import Memory


def _open(memory: Memory, words: Words) -> tb.Command[Any]:
    draw = words.next()
    return tb.open_draw(
        None, program=memory.program, draw=draw, request_id=memory.fresh(f"draw:{draw}", "open")
    )


def _close(memory: Memory, words: Words) -> tb.Command[Any]:
    draw = words.next()
    return tb.close_draw(
        None, program=memory.program, draw=draw, request_id=memory.fresh(f"draw:{draw}", "close")
    )


def _draw(memory: Memory, words: Words) -> tb.Command[Any]:
    nonce = words.after("choosing") or ""
    member, request_id, draw = words.next(), words.next(), words.next()
    return tb.take_draw(
        None, program=memory.program, draw=draw, member=member, request_id=request_id, nonce=nonce
    )


def _deliver(memory: Memory, words: Words) -> tb.Command[Any]:
    carrier = words.after("by") or ""
    member, won = words.next(), words.next()
    request_id = memory.fresh(member, f"deliver-{won}")
    return tb.DeliverPrize(
        program=memory.program, member=member, request_id=request_id, won=won, carrier=carrier
    )


def _red_packet(memory: Memory, words: Words) -> tb.Command[Any]:
    giver, packet, kind = words.next(), words.next(), words.next()
    total, shares = words.number(), int(words.after("in") or "1")
    member = "" if giver == "house" else giver
    request_id = memory.fresh(member or f"packet:{packet}", f"packet-{packet}")
    return tb.create_red_packet(
        program=memory.program,
        packet=packet,
        packet_kind=kind,
        total=total,
        shares=shares,
        member=member,
        request_id=request_id,
    )


def _grab(memory: Memory, words: Words) -> tb.Command[Any]:
    member, packet = words.next(), words.next()
    request_id = memory.fresh(member, f"grab-{packet}")
    return tb.ClaimRedPacket(program=memory.program, member=member, request_id=request_id, packet=packet)


DRAWING: Final[dict[str, Callable[[Memory, Words], tb.Command[Any]]]] = {
    "open": _open,
    "close": _close,
    "draw": _draw,
    "deliver": _deliver,
    "red-packet": _red_packet,
    "grab": _grab,
}


def _round(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.GetDraw(program=program, draw=words.next(), round=words.number() or 0))


def _results(book: tb.Book, program: str, words: Words) -> Any:
    page = book.ask(tb.ListDraws(program=program, draw=words.next(), round=words.number() or 0))
    return " ".join(each.prize or "nothing" for each in page.results) or "none"


def _may_draw(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.GetDrawStanding(program=program, member=words.next(), draw=words.next()))


def _won(book: tb.Book, program: str, words: Words) -> Any:
    goods = book.ask(tb.ListWonGoods(program=program, member=words.next())).won
    told = (f"{each.won} {'delivered' if each.goods.delivered_at else 'waiting'}" for each in goods)
    return ", ".join(told) or "none"


def _the_packet(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.GetRedPacket(program=program, packet=words.next())).content


DRAWING_QUESTIONS: Final[dict[str, Callable[[tb.Book, str, Words], Any]]] = {
    "round": _round,
    "results": _results,
    "may-draw": _may_draw,
    "won": _won,
    "the-packet": _the_packet,
}
