"""The commands about coupons, and their words. Knows the client alone. Money is in minor units."""

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from google.protobuf.message import Message

from ._gen.tallybook.v1.coupon_pb2 import (
    ClaimCouponResponse,
    Coupon,
    CouponState,
    IssueCouponsResponse,
    NewCoupon,
    RevokeRedemptionResponse,
    VoidCouponResponse,
)
from ._gen.tallybook.v1.coupon_service_pb2 import (
    ClaimCouponCodeResponse,
    CouponSheet,
    CouponTemplate,
    IssueCouponCodesResponse,
    VoidCouponCodesResponse,
)
from .arguments import common
from .cli_coupon_orders import add_coupon_orders
from .cli_money import Commands
from .client import TallybookClient
from .text import LINES, Lines, instant_text

Arguments = argparse.Namespace
STATES = {
    "issued": CouponState.COUPON_STATE_ISSUED,
    "reserved": CouponState.COUPON_STATE_RESERVED,
    "used": CouponState.COUPON_STATE_USED,
    "expired": CouponState.COUPON_STATE_EXPIRED,
    "voided": CouponState.COUPON_STATE_VOIDED,
    "transferred": CouponState.COUPON_STATE_TRANSFERRED,
}


def _issue(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.issue_coupons(given.member, given.template, count=given.count, **common(given))


def _claim(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.claim_coupon(given.member, template=given.template, **common(given))


def _claim_code(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    request_id = given.request_id or ""
    yield client.claim_coupon_code(given.member, given.code, caller=given.caller, request_id=request_id)


def _void(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.void_coupon(given.member, given.coupon, **common(given))


def _revoke(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.revoke_redemption(
        given.member, order_id=given.order, operator=given.operator, **common(given)
    )


def _list(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.list_coupons(given.member, state=STATES.get(given.state))


def _codes(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.issue_coupon_codes(
        given.batch, template=given.template, count=given.count, after=given.after
    )


def _void_codes(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    request_id, reason = given.request_id or "", given.reason
    yield client.void_coupon_codes(
        given.batch, first=given.first, last=given.last, reason=reason, request_id=request_id
    )


def _templates(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.list_coupon_templates().templates


def _report(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.get_coupon_report().sheets


def add_coupons(commands: Commands, writes: argparse.ArgumentParser, reads: argparse.ArgumentParser) -> None:
    """The commands about coupons."""
    issue = commands.add_of_member("issue-coupons", _issue, writes, "give coupons, with a reason")
    issue.add_argument("template", help="id of the template")
    issue.add_argument("--count", type=int, default=1, help="how many (%(default)s)")
    claim = commands.add_of_member("claim-coupon", _claim, writes, "let a member take a coupon")
    claim.add_argument("template", help="id of the template")
    code = commands.add_of_member("claim-coupon-code", _claim_code, writes, "take the coupon of a code")
    code.add_argument("code", help="the code, a unique one or one that all know")
    code.add_argument("--caller", default="terminal", help="who tries, and is counted (%(default)s)")
    void = commands.add_of_member("void-coupon", _void, writes, "make a coupon void, with a reason")
    void.add_argument("coupon", help="name of the coupon")
    revoke = commands.add_of_member(
        "revoke-redemption", _revoke, writes, "take back what was done at a till, with a reason"
    )
    revoke.add_argument("order", help="id of the receipt")
    revoke.add_argument("operator", help="who stands at the till")
    listed = commands.add_of_member("coupons", _list, reads, "list a member's coupons")
    listed.add_argument("--state", choices=STATES, help="only those in this state (the open ones)")
    codes = commands.add("issue-coupon-codes", _codes, reads, "make codes: told once, and never again")
    codes.add_argument("batch", help="name of the batch")
    codes.add_argument("template", help="id of the template")
    codes.add_argument("count", type=int, help="how many codes the batch has in all")
    codes.add_argument("--after", type=int, help="go on behind so many codes that are safe")
    void_codes = commands.add("void-coupon-codes", _void_codes, writes, "make unclaimed codes void")
    void_codes.add_argument("batch", help="name of the batch")
    void_codes.add_argument("first", type=int, help="number of the first code")
    void_codes.add_argument("last", type=int, help="number of the last code")
    commands.add("coupon-templates", _templates, reads, "list the templates, with what is left of them")
    commands.add("coupon-report", _report, reads, "show what became of coupons, and what they cost")
    add_coupon_orders(commands, writes, reads)


# --- words -----------------------------------------------------------------------------------------------


def _until(coupon: Coupon | NewCoupon) -> str:
    return f" until {instant_text(coupon.ends_at)}" if coupon.HasField("ends_at") else ""


def _new(reply: IssueCouponsResponse) -> Lines:
    for coupon in reply.coupons:
        yield f"{coupon.coupon}  {coupon.template}{_until(coupon)}"


def _taken(reply: ClaimCouponResponse | ClaimCouponCodeResponse) -> Lines:
    yield f"{reply.coupon.coupon}  {reply.coupon.template}{_until(reply.coupon)}"


def _voided(reply: VoidCouponResponse) -> Lines:
    yield f"{reply.coupon} is void"


def _revoked(reply: RevokeRedemptionResponse) -> Lines:
    yield f"{reply.coupon} can be used again, {reply.amount} are no cost any more"


def _coupon(coupon: Coupon) -> Lines:
    state = CouponState.Name(coupon.state).removeprefix("COUPON_STATE_").lower()
    order = f" for {coupon.order_id}" if coupon.order_id else ""
    yield f"{coupon.coupon}  {coupon.template} {state}{order}{_until(coupon)}"


def _told(reply: IssueCouponCodesResponse) -> Lines:
    for each in reply.codes:
        yield f"{each.number}  {each.code}"


def _codes_voided(reply: VoidCouponCodesResponse) -> Lines:
    yield f"{reply.count} codes are void"


def _template(template: CouponTemplate) -> Lines:
    left = f", {template.left} of {template.stock} left" if template.HasField("stock") else ""
    claims = ", can be claimed" if template.is_claimable else ""
    yield f"{template.template}  {template.display_name}: {template.currency}{left}{claims}"


def _sheet(sheet: CouponSheet) -> Lines:
    costs = "".join(f", cost {each.fund} {each.amount} {sheet.currency}" for each in sheet.costs)
    yield (
        f"{sheet.template}: {sheet.issued} issued, {sheet.open} open, {sheet.used} used, {sheet.returned}"
        f" returned, {sheet.expired} expired, {sheet.voided} void{costs}"
    )


_WORDS: dict[type[Message], Callable[[Any], Lines]] = {
    IssueCouponsResponse: _new,
    ClaimCouponResponse: _taken,
    ClaimCouponCodeResponse: _taken,
    VoidCouponResponse: _voided,
    RevokeRedemptionResponse: _revoked,
    Coupon: _coupon,
    IssueCouponCodesResponse: _told,
    VoidCouponCodesResponse: _codes_voided,
    CouponTemplate: _template,
    CouponSheet: _sheet,
}
LINES.update(_WORDS)
