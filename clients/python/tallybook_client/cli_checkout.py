"""The commands about checkouts, and their words. Knows the client alone. Money is in minor units."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from google.protobuf.message import Message

from ._gen.tallybook.v1.checkout_pb2 import (
    CaptureCheckoutResponse,
    CheckoutQuote,
    CheckoutState,
    HoldCheckoutResponse,
    QuoteCheckoutResponse,
    RefundCheckoutResponse,
    ReleaseCheckoutResponse,
    TenderPart,
)
from ._gen.tallybook.v1.checkout_service_pb2 import GetCheckoutResponse
from ._gen.tallybook.v1.coupon_pb2 import Basket, BasketLine
from .arguments import common, fields_of
from .cli_money import Commands
from .client import TallybookClient
from .text import LINES, Lines, instant_text

Arguments = argparse.Namespace


def _quote(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    basket = Basket(currency=given.currency, lines=given.line, shipping=given.shipping, tax=given.tax)
    yield client.quote_checkout(
        given.member,
        given.order,
        basket,
        coupons=given.coupon,
        tenders=dict(given.tender),
        **common(given),
    )


def _hold(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.hold_checkout(given.member, given.order, given.quote, **common(given))


def _capture(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.capture_checkout(
        given.member,
        given.order,
        lines=dict(given.piece),
        amount=given.amount,
        paid_by=given.paid_by,
        **common(given),
    )


def _release(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.release_checkout(given.member, given.order, **common(given))


def _refund(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.refund_checkout(
        given.member,
        given.order,
        given.refund,
        lines=dict(given.piece),
        cancelled=given.cancelled,
        **common(given),
    )


def _show(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_checkout(given.member, given.order)


def _tender(text: str) -> tuple[str, int | None]:
    """Such as points=1000, or points for as many as may be."""
    name, equals, units = text.partition("=")
    if equals and not units.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form tender or tender=units")
    return name, int(units) if equals else None


def _piece(text: str) -> tuple[str, int]:
    """Such as 2=1: of line 2 one piece."""
    line, _, number = text.rpartition("=")
    if not line or not number.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form line=pieces")
    return line, int(number)


def add_checkout(commands: Commands, writes: argparse.ArgumentParser, reads: argparse.ArgumentParser) -> None:
    """The commands about checkouts."""
    quote = commands.add_of_member("quote-checkout", _quote, writes, "work out what an order costs")
    hold = commands.add_of_member("hold-checkout", _hold, writes, "set aside what a quote says")
    capture = commands.add_of_member("capture-checkout", _capture, writes, "pay an order with it")
    release = commands.add_of_member("release-checkout", _release, writes, "let go of what is set aside")
    refund = commands.add_of_member("refund-checkout", _refund, writes, "give back an order that was paid")
    show = commands.add_of_member("checkout", _show, reads, "show where the checkout of an order stands")
    for command in (quote, hold, capture, release, refund, show):
        command.add_argument("order", help="id of the order")
    quote.add_argument("currency", help="ISO 4217 code of the money")
    quote.add_argument(
        "--line",
        type=fields_of(BasketLine),
        action="append",
        default=[],
        help="such as sku=A1,quantity=2,amount=7200; repeat it",
    )
    quote.add_argument("--tax", type=int, default=0, help="tax besides that of the lines, in minor units")
    quote.add_argument("--shipping", type=int, default=0, help="shipping, in minor units")
    quote.add_argument("--coupon", action="append", help="a coupon to be used (the best); repeat it")
    quote.add_argument(
        "--tender",
        type=_tender,
        action="append",
        default=[],
        help="such as points=1000, or points for as many as may be; repeat it",
    )
    hold.add_argument("quote", help="name of the quote")
    capture.add_argument("--amount", type=int, default=0, help="so much in all, in minor units (all)")
    capture.add_argument("--paid-by", default="", help="what the order calls the money from outside")
    refund.add_argument("refund", help="id of the refund")
    refund.add_argument("--cancelled", action="store_true", help="the order was called off as a whole")
    for command in (capture, refund):
        command.add_argument(
            "--piece", type=_piece, action="append", default=[], help="such as 2=1, of line 2 one; repeat it"
        )


# --- words -----------------------------------------------------------------------------------------------


def _parts(tenders: Iterable[TenderPart], payment: int) -> Lines:
    for each in tenders:
        yield f"  {each.tender}: {each.units} {each.unit}, {each.amount}"
    yield f"  payment: {payment}"


def _priced(quote: CheckoutQuote) -> Lines:
    for line in quote.lines:
        more = [("off", line.discount), ("coupons", line.coupons), ("tax", line.tax)]
        words = "".join(f", {what} {amount}" for what, amount in more if amount)
        yield f"  line {line.line}: {line.quantity} for {line.amount}{words}"
    yield from _parts(quote.tenders, quote.payment)
    for unit, amount in sorted(quote.earns.items()):
        yield f"  earns {amount} {unit}"


def _quoted(reply: QuoteCheckoutResponse) -> Lines:
    quote = reply.quote
    until = instant_text(quote.lapses_at)
    yield f"quote {quote.quote}: {quote.total} {quote.currency} until {until}"
    yield from _priced(quote)


def _held(reply: HoldCheckoutResponse) -> Lines:
    yield f"held until {instant_text(reply.deadline)}: {reply.total}"
    yield from _parts(reply.tenders, reply.payment)


def _captured(reply: CaptureCheckoutResponse) -> Lines:
    yield f"captured {reply.total}"
    yield from _parts(reply.tenders, reply.payment)
    for moved in reply.event.moved:
        if moved.given:
            yield f"  earned {moved.given} {moved.unit}"


def _released(reply: ReleaseCheckoutResponse) -> Lines:
    yield f"released, {len(reply.coupons)} coupons"


def _refunded(reply: RefundCheckoutResponse) -> Lines:
    yield f"refunded {reply.amount}{', all of it' if reply.is_whole else ''}"
    yield from _parts(reply.tenders, reply.payment)
    for coupon in reply.coupons:
        if coupon.is_back:
            yield f"  coupon {coupon.coupon} is back"


def _checkout(reply: GetCheckoutResponse) -> Lines:
    state = CheckoutState.Name(reply.state).removeprefix("CHECKOUT_STATE_").lower()
    yield state if not reply.HasField("deadline") else f"{state}, held until {instant_text(reply.deadline)}"
    for name in ("held_quote", "open_quote"):
        if reply.HasField(name):
            quote = reply.held_quote if name == "held_quote" else reply.open_quote
            yield f"{name.replace('_', ' ')} {quote.quote}: {quote.total} {quote.currency}"
            yield from _priced(quote)


_WORDS: dict[type[Message], Callable[[Any], Lines]] = {
    QuoteCheckoutResponse: _quoted,
    HoldCheckoutResponse: _held,
    CaptureCheckoutResponse: _captured,
    ReleaseCheckoutResponse: _released,
    RefundCheckoutResponse: _refunded,
    GetCheckoutResponse: _checkout,
}
LINES.update(_WORDS)
