"""CouponService: coupons, by their names and by the codes that people hold.

A unique code is hashed here, before anything is queued: the lanes, the scribe and the book only see its hash.
"""

from __future__ import annotations

from typing import Any, Final

import tallybook as tb
from google.protobuf.message import Message
from tallybook_client._gen.tallybook.v1 import coupon_service_pb2 as wire

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import Context, asking, listing, posting, unary, watched
from tallybook_server.convert_coupons import (
    STATES,
    basket,
    coupon_message,
    discount,
    new_coupon,
    order_message,
    unusable,
)
from tallybook_server.convert_replies import recorded
from tallybook_server.keyed import Keyed
from tallybook_server.kinds import COUPONS
from tallybook_server.methods import Handler

NAME: Final = wire.DESCRIPTOR.services_by_name["CouponService"].full_name
CODES_A_MESSAGE: Final = 100
_BY_NUMBER: Final = {number: state for state, number in STATES.items()}


def handlers(lanes: Lanes, key: tb.CodeKey | None) -> dict[str, Handler]:
    """The rpcs by name. Without a key, those that take or tell unique codes are refused."""
    desk = _Desk(lanes, key)
    history = lanes.history
    reads = {
        "GetCoupon": asking(wire.GetCouponRequest, lanes.read, _one, _one_told),
        "GetCouponOrder": asking(wire.GetCouponOrderRequest, lanes.read, _order, order_message),
        "ListCoupons": listing(wire.ListCouponsRequest, history, _list, _list_told, "coupons"),
        "EvaluateBasket": asking(wire.EvaluateBasketRequest, history, _evaluate, _evaluated),
        "ListCouponTemplates": asking(wire.ListCouponTemplatesRequest, history, _templates, _templates_told),
        "GetCouponReport": asking(wire.GetCouponReportRequest, history, _report, _reported),
    }
    by_code = {
        "IssueCouponCodes": watched(wire.IssueCouponCodesRequest, desk.issue),
        "VoidCouponCodes": unary(wire.VoidCouponCodesRequest, desk.void, _codes_voided),
        "ClaimCouponCode": unary(wire.ClaimCouponCodeRequest, desk.claim, _claimed),
        "RedeemCouponCode": unary(wire.RedeemCouponCodeRequest, desk.redeem, _redeemed),
    }
    return {kind.rpc: posting(kind, lanes) for kind in COUPONS} | reads | by_code


class _Desk(Keyed):
    """What takes or tells codes."""

    async def issue(self, request: wire.IssueCouponCodesRequest, context: Context) -> None:
        """Make codes, and tell them message by message."""
        wanted = tb.CodesToIssue(
            program=request.program,
            template=request.template,
            batch=request.batch,
            count=request.count,
            after=request.after if request.HasField("after") else None,
        )
        for codes, command in wanted.sheets(self._key):
            await self._lanes.write.room_for(1)
            await self._carried_out(command, context)
            for start in range(0, len(codes), CODES_A_MESSAGE):
                told = codes[start : start + CODES_A_MESSAGE]
                response = wire.IssueCouponCodesResponse(
                    codes=[wire.CouponCode(number=each.number, code=each.code) for each in told]
                )
                await context.write(response.SerializeToString())

    async def void(self, request: wire.VoidCouponCodesRequest, context: Context) -> int:
        """Make codes void; returns how many. They are counted on the sheets, so no key is needed."""
        wanted = tb.CodesToVoid(
            program=request.program,
            batch=request.batch,
            first=request.first,
            last=request.last,
            reason=request.reason,
            request_id=request.request_id,
        )
        return sum([(await self._carried_out(each, context)).count for each in wanted.commands()])

    async def claim(self, request: wire.ClaimCouponCodeRequest, context: Context) -> tb.CouponsIssued:
        """Take the coupon of a code, which all know or one has."""
        command: tb.Command[Any]
        if tb.is_unique_code(request.code):
            presented = tb.present_coupon(
                self._key,
                program=request.program,
                caller=request.caller,
                request_id=request.request_id,
                code=request.code,
                claimant=request.member,
            )
            (await self._carried_out(presented, context)).or_refused()
            command = tb.ClaimCode(
                program=request.program,
                member=request.member,
                request_id=request.request_id,
                code_hash=presented.code_hash,
            )
        else:
            command = tb.ClaimCoupon(
                program=request.program,
                member=request.member,
                request_id=request.request_id,
                code=request.code,
            )
        claimed: tb.CouponsIssued = await self._carried_out(command, context)
        return claimed

    async def redeem(self, request: wire.RedeemCouponCodeRequest, context: Context) -> tb.RedeemedInStore:
        """Use the coupon of a code at a till."""
        command = tb.present_coupon(
            self._key,
            program=request.program,
            caller=f"store {request.store}",
            request_id=request.request_id,
            code=request.code,
        )
        presented = (await self._carried_out(command, context)).or_refused()
        redemption = tb.RedeemInStore(
            program=request.program,
            member=presented.member,
            request_id=request.request_id,
            coupon=presented.coupon,
            store=request.store,
            operator=request.operator,
            basket=basket(request.basket),
            order_id=request.order_id,
        )
        redeemed: tb.RedeemedInStore = await self._carried_out(redemption, context)
        return redeemed


def _claimed(_: wire.ClaimCouponCodeRequest, reply: tb.CouponsIssued) -> Message:
    return wire.ClaimCouponCodeResponse(
        **recorded(reply),
        coupon=new_coupon(reply.coupons[0]),
    )


def _redeemed(_: wire.RedeemCouponCodeRequest, reply: tb.RedeemedInStore) -> Message:
    return wire.RedeemCouponCodeResponse(
        **recorded(reply),
        order_id=reply.order_id,
        discount=discount(reply.discount),
    )


def _codes_voided(_: wire.VoidCouponCodesRequest, count: int) -> Message:
    return wire.VoidCouponCodesResponse(count=count)


# --- reads -----------------------------------------------------------------------------------------------


def _one(request: wire.GetCouponRequest) -> tb.GetCoupon:
    return tb.GetCoupon(program=request.program, member=request.member, coupon=request.coupon)


def _one_told(_: wire.GetCouponRequest, view: tb.CouponView) -> wire.GetCouponResponse:
    return wire.GetCouponResponse(coupon=coupon_message(view))


def _order(request: wire.GetCouponOrderRequest) -> tb.GetCouponOrder:
    return tb.GetCouponOrder(program=request.program, member=request.member, order_id=request.order_id)


def _list(request: wire.ListCouponsRequest) -> tb.MyCoupons:
    if request.state and request.state not in _BY_NUMBER:
        raise tb.InvalidInput("state", f"has no value numbered {int(request.state)}")
    return tb.MyCoupons(
        program=request.program,
        member=request.member,
        state=_BY_NUMBER.get(request.state),
        page_size=request.page_size,
        page_token=request.page_token,
    )


def _list_told(_: wire.ListCouponsRequest, page: tb.CouponPage) -> wire.ListCouponsResponse:
    return wire.ListCouponsResponse(
        coupons=map(coupon_message, page.coupons), next_page_token=page.next_page_token
    )


def _evaluate(request: wire.EvaluateBasketRequest) -> tb.EvaluateBasket:
    return tb.EvaluateBasket(program=request.program, member=request.member, basket=basket(request.basket))


def _evaluated(_: wire.EvaluateBasketRequest, found: tb.BasketEvaluation) -> wire.EvaluateBasketResponse:
    evaluation = found.evaluation
    return wire.EvaluateBasketResponse(
        usable=map(discount, evaluation.usable),
        unusable=unusable(evaluation.unusable),
        best=map(discount, evaluation.best.discounts),
        best_amount=evaluation.best.amount,
        is_proven=evaluation.is_proven,
        left_out=found.left_out,
    )


def _templates(request: wire.ListCouponTemplatesRequest) -> tb.ListCouponTemplates:
    return tb.ListCouponTemplates(program=request.program)


def _templates_told(
    _: wire.ListCouponTemplatesRequest, found: tuple[tb.TemplateView, ...]
) -> wire.ListCouponTemplatesResponse:
    return wire.ListCouponTemplatesResponse(
        templates=[
            wire.CouponTemplate(
                template=each.template,
                display_name=each.display_name,
                currency=each.currency,
                code_form=each.code_form,
                fund=each.fund,
                stock=each.stock,
                left=each.left,
                is_claimable=each.is_claimable,
            )
            for each in found
        ]
    )


def _report(request: wire.GetCouponReportRequest) -> tb.CouponReport:
    return tb.CouponReport(program=request.program)


def _reported(
    _: wire.GetCouponReportRequest, sheets: tuple[tb.CouponSheet, ...]
) -> wire.GetCouponReportResponse:
    return wire.GetCouponReportResponse(
        sheets=[
            wire.CouponSheet(
                template=each.template,
                currency=each.currency,
                issued=each.issued,
                open=each.open,
                used=each.used,
                returned=each.returned,
                expired=each.expired,
                voided=each.voided,
                costs=[wire.CouponCost(fund=cost.fund, amount=cost.amount) for cost in each.costs],
            )
            for each in sheets
        ]
    )
