"""The commands about coupons of orders, and their words. Knows the client alone. Money is in minor units."""

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from google.protobuf.message import Message

from ._gen.tallybook.v1.coupon_pb2 import (
    Basket,
    BasketLine,
    CouponDiscount,
    CouponState,
    RedeemInStoreResponse,
    ReleaseCouponsResponse,
    ReserveCouponsResponse,
    ReturnCouponsResponse,
    TransferCouponResponse,
    UseCouponsResponse,
)
from ._gen.tallybook.v1.coupon_service_pb2 import EvaluateBasketResponse, GetCouponOrderResponse
from .arguments import common, duration, fields_of
from .cli_money import Commands
from .client import TallybookClient
from .text import LINES, Lines, instant_text

Arguments = argparse.Namespace


def _reserve(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.reserve_coupons(
        given.member,
        order_id=given.order,
        coupons=given.coupon,
        basket=_basket(given),
        seconds=0 if given.ttl is None else int(given.ttl.total_seconds()),
        **common(given),
    )


def _release(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.release_coupons(given.member, order_id=given.order, **common(given))


def _use(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.use_coupons(
        given.member, order_id=given.order, coupons=given.coupon, basket=_basket(given), **common(given)
    )


def _return(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.return_coupons(
        given.member,
        order_id=given.order,
        cancelled=given.cancelled,
        lines=dict(given.pieces) or None,
        **common(given),
    )


def _transfer(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.transfer_coupon(given.member, given.to_member, given.coupon, **common(given))


def _redeem(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.redeem_in_store(
        given.member,
        given.coupon,
        store=given.store,
        operator=given.operator,
        basket=_basket(given) or Basket(),
        order_id=given.order,
        **common(given),
    )


def _evaluate(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.evaluate_basket(given.member, _basket(given) or Basket())


def _order(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_coupon_order(given.member, given.order)


def _basket(given: Arguments) -> Basket | None:
    """What is to be bought; None where no line is given."""
    if not given.line:
        return None
    return Basket(
        currency=given.currency,
        lines=given.line,
        tax=given.tax,
        shipping=given.shipping,
        store=given.store,
        channel=given.channel,
    )


def _pieces(text: str) -> tuple[str, int]:
    line, equals, number = text.rpartition("=")
    if not equals or not number.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form line=pieces")
    return line, int(number)


def add_coupon_orders(
    commands: Commands, writes: argparse.ArgumentParser, reads: argparse.ArgumentParser
) -> None:
    """The commands about what orders do with coupons."""
    reserve = commands.add_of_member("reserve-coupons", _reserve, writes, "keep coupons for an order")
    reserve.add_argument("order", help="id of the order")
    reserve.add_argument("coupon", nargs="+", help="name of a coupon")
    reserve.add_argument("--for", dest="ttl", type=duration, help="for how long at most, such as 15m")
    _add_basket(reserve)
    release = commands.add_of_member("release-coupons", _release, writes, "let go of what an order reserved")
    release.add_argument("order", help="id of the order")
    use = commands.add_of_member("use-coupons", _use, writes, "use coupons for an order that is paid")
    use.add_argument("order", help="id of the order")
    use.add_argument("coupon", nargs="*", help="name of a coupon (those that the order has reserved)")
    _add_basket(use)
    back = commands.add_of_member("return-coupons", _return, writes, "say that an order has gone back")
    back.add_argument("order", help="id of the order")
    back.add_argument("--cancelled", action="store_true", help="it was cancelled, and not refunded")
    back.add_argument(
        "--pieces",
        type=_pieces,
        action="append",
        default=[],
        help="so many of a line alone, such as 1=2; again for other lines (all that is left)",
    )
    transfer = commands.add_of_member("transfer-coupon", _transfer, writes, "give a coupon to another member")
    transfer.add_argument("to_member", help="who gets it")
    transfer.add_argument("coupon", help="name of the coupon")
    redeem = commands.add_of_member("redeem-in-store", _redeem, writes, "use a coupon at a till")
    redeem.add_argument("coupon", help="name of the coupon")
    redeem.add_argument("store", help="id of the store")
    redeem.add_argument("operator", help="who stands at the till")
    redeem.add_argument("--order", default="", help="id of the receipt (the request id)")
    _add_basket(redeem)
    evaluate = commands.add_of_member(
        "evaluate-basket", _evaluate, reads, "show what a member's coupons are worth for a basket"
    )
    _add_basket(evaluate)
    for command in (reserve, use, evaluate):
        command.add_argument("--store", default="", help="id of the store")
    order = commands.add_of_member("coupon-order", _order, reads, "show what coupons an order has")
    order.add_argument("order", help="id of the order")


def _add_basket(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--line",
        type=fields_of(BasketLine),
        action="append",
        default=[],
        help="what is bought, such as sku=A1,category=dairy,quantity=2,amount=7200; again for more",
    )
    command.add_argument("--currency", default="USD", help="currency of the basket (%(default)s)")
    command.add_argument("--tax", type=int, default=0, help="tax besides that of the lines")
    command.add_argument("--shipping", type=int, default=0, help="what the shipping costs")
    command.add_argument("--channel", default="", help="where it is bought, such as web")


# --- words -----------------------------------------------------------------------------------------------


def _discount(discount: CouponDiscount) -> str:
    shares = ", ".join(f"{line} {share}" for line, share in sorted(discount.shares.items()))
    return f"{discount.coupon}  {discount.template} takes {discount.amount} off: {shares}"


def _reserved(reply: ReserveCouponsResponse) -> Lines:
    yield f"reserved until {instant_text(reply.deadline)}: {', '.join(reply.coupons)}"
    yield from map(_discount, reply.discounts)


def _released(reply: ReleaseCouponsResponse) -> Lines:
    yield f"released {', '.join(reply.coupons)}"
    if reply.expired:
        yield f"expired meanwhile: {', '.join(reply.expired)}"


def _used(reply: UseCouponsResponse) -> Lines:
    yield f"{reply.amount} off"
    yield from map(_discount, reply.discounts)


def _returned(reply: ReturnCouponsResponse) -> Lines:
    yield f"{reply.amount} are no cost any more"
    for each in reply.coupons:
        state = CouponState.Name(each.state).removeprefix("COUPON_STATE_").lower()
        yield f"{each.coupon}  {each.template} {'came back, and ' if each.is_back else ''}is {state}"


def _given_away(reply: TransferCouponResponse) -> Lines:
    yield f"{reply.coupon.coupon}  {reply.coupon.template} is given away"


def _redeemed(reply: RedeemInStoreResponse) -> Lines:
    yield f"receipt {reply.order_id}: {_discount(reply.discount)}"


def _evaluated(reply: EvaluateBasketResponse) -> Lines:
    yield f"the best together: {reply.best_amount} off{'' if reply.is_proven else ', if not more'}"
    yield from map(_discount, reply.best)
    for each in reply.unusable:
        yield f"{each.coupon}  {each.template} cannot be used: {', '.join(why.why for why in each.reasons)}"


def _order_told(reply: GetCouponOrderResponse) -> Lines:
    yield f"{reply.state} since {instant_text(reply.since)}: {', '.join(reply.coupons)}"
    yield from map(_discount, reply.discounts)
    if reply.given_back:
        yield f"came back: {', '.join(reply.given_back)}"


_WORDS: dict[type[Message], Callable[[Any], Lines]] = {
    ReserveCouponsResponse: _reserved,
    ReleaseCouponsResponse: _released,
    UseCouponsResponse: _used,
    ReturnCouponsResponse: _returned,
    TransferCouponResponse: _given_away,
    RedeemInStoreResponse: _redeemed,
    EvaluateBasketResponse: _evaluated,
    GetCouponOrderResponse: _order_told,
}
LINES.update(_WORDS)
