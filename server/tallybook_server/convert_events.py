"""Events on the wire: from requests to the library's events, and from what they came to to responses.

Pure: no clock, no database. The library checks what the fields hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import event_pb2
from tallybook_client._gen.tallybook.v1.event_pb2 import RecordEventRequest, RecordEventResponse, SkipReason

from tallybook_server.convert_commands import circumstances
from tallybook_server.convert_days import write_day
from tallybook_server.convert_growth import change_messages, counted_messages, given_messages
from tallybook_server.convert_replies import recorded, write_balance

SKIP_REASONS: Final = {
    "failed": SkipReason.SKIP_REASON_FAILED,
    "frozen": SkipReason.SKIP_REASON_FROZEN,
    "excluded": SkipReason.SKIP_REASON_EXCLUDED,
    "cut": SkipReason.SKIP_REASON_CUT,
}


def record_event(request: RecordEventRequest, program: str) -> tb.RecordEvent:
    """Tell the book what a member did."""
    kind = request.WhichOneof("event")
    if kind is None:
        raise tb.InvalidInput("event", "must be a purchase, a refund or a custom event")
    try:
        return tb.RecordEvent(**circumstances(request, program), event=_event(request, kind))
    except tb.InvalidInput as error:
        raise tb.InvalidInput(_path(error.field, kind), error.problem) from None


def _path(field: str, kind: str) -> str:
    """A field of the library's event, or the request id that it stands for, by its path in the request."""
    if field == "request_id":
        return kind
    first, dot, rest = field.partition(".")
    return f"{kind}{dot}{rest}" if first == "event" else field


def _event(request: RecordEventRequest, kind: str) -> tb.Event:
    if kind == "purchase":
        return _purchase(request.purchase)
    if kind == "refund":
        return _refund(request.refund)
    custom = request.custom
    return tb.Custom(
        name=custom.name,
        event_id=custom.event_id,
        store=custom.store,
        channel=custom.channel,
        attributes=_attributes(custom.attributes),
    )


def _purchase(message: event_pb2.Purchase) -> tb.Purchase:
    return tb.Purchase(
        order_id=message.order_id,
        currency=message.currency,
        lines=tuple(map(_line, message.lines)),
        tax=message.tax,
        shipping=message.shipping,
        discounts=tuple(map(_discount, message.discounts)),
        tenders=tuple(map(_tender, message.tenders)),
        total=message.total if message.HasField("total") else None,
        store=message.store,
        channel=message.channel,
        attributes=_attributes(message.attributes),
    )


def _line(message: event_pb2.PurchaseLine) -> tb.Line:
    return tb.Line(
        line_id=message.line_id,
        sku=message.sku,
        category=message.category,
        brand=message.brand,
        quantity=message.quantity if message.HasField("quantity") else 1,
        amount=message.amount,
        tax=message.tax,
        attributes=dict(message.attributes) if message.attributes else {},
    )


def _discount(message: event_pb2.PurchaseDiscount) -> tb.Discount:
    return tb.Discount(code=message.code, amount=message.amount)


def _tender(message: event_pb2.Tender) -> tb.Tender:
    entry = message.entry if message.HasField("entry") else None
    return tb.Tender(kind=message.kind, amount=message.amount, entry=entry)


def _refund(message: event_pb2.Refund) -> tb.Refund:
    return tb.Refund(
        refund_id=message.refund_id,
        order_id=message.order_id,
        lines=tuple(map(_refunded_line, message.lines)),
        amount=message.amount if message.HasField("amount") else None,
        tenders=tuple(map(_tender, message.tenders)),
        store=message.store,
        channel=message.channel,
        attributes=_attributes(message.attributes),
    )


def _refunded_line(message: event_pb2.RefundLine) -> tb.RefundedLine:
    return tb.RefundedLine(
        line_id=message.line_id,
        quantity=message.quantity if message.HasField("quantity") else None,
        amount=message.amount if message.HasField("amount") else None,
    )


def _attributes(messages: Mapping[str, event_pb2.AttributeValue]) -> dict[str, str | int | bool]:
    found: dict[str, str | int | bool] = {}
    if not messages:
        return found
    for name, message in messages.items():
        kind = message.WhichOneof("value")
        if kind is None:
            raise tb.InvalidInput(f"event.attributes[{name}]", "must have a text, a number or a flag")
        found[name] = getattr(message, kind)
    return found


# --- what events came to ---------------------------------------------------------------------------------


def event_recorded(reply: tb.EventRecorded) -> RecordEventResponse:
    """An event recorded. It is asked for most, so its parts are written where they stand, and those that are
    seldom there only if they are: a constructor takes twice as long, and copies what it is given.
    """
    response = RecordEventResponse(**recorded(reply), event_key=reply.event, waiting=reply.waiting)
    for unit, balance in reply.balances.items():
        write_balance(response.balances.add(), unit, balance)
    for reward in reply.rewards:
        _write_reward(response.rewards.add(), reward)
    for moved in reply.moved:
        _write_moved(response.moved.add(), moved)
    if reply.skipped:
        response.skipped.extend(skipped_messages(reply.skipped))
    if reply.taken:
        response.taken.extend(taken_messages(reply.taken))
    for each in reply.revalued:
        response.revalued.add(event_key=each.event, rewards=map(reward_message, each.rewards))
    _write_growth(response, reply)
    return response


def _write_growth(response: RecordEventResponse, reply: tb.EventRecorded) -> None:
    if reply.counted:
        response.counted.extend(counted_messages(reply.counted))
    if reply.given:
        response.given.extend(given_messages(reply.given))
    if reply.teams:
        response.team_kinds.extend(reply.teams)
    if reply.tiers:
        response.tiers.extend(change_messages(reply.tiers))


def reward_message(reward: tb.Reward) -> event_pb2.Reward:
    """What a rule gave."""
    message = event_pb2.Reward()
    _write_reward(message, reward)
    return message


def _write_reward(message: event_pb2.Reward, reward: tb.Reward) -> None:
    message.rule = reward.rule
    message.unit = reward.unit
    message.fund = reward.fund
    message.amount = reward.amount
    write_day(message.expires_on, reward.expires_on)
    write_day(message.vests_on, reward.vests_on)
    message.base = reward.base
    numerator, denominator = reward.numerator, reward.denominator
    message.rate = f"{numerator}/{denominator}" if denominator > 1 else str(numerator)
    message.exact = reward.exact
    message.rounded = reward.rounded
    for cut in reward.cuts:
        message.cuts.add(what=cut.what, by=cut.by)
    shares = message.shares
    for line, share in reward.shares.items():
        shares[line] = share


def skipped_messages(skipped: Iterable[tb.Skipped]) -> list[event_pb2.SkippedRule]:
    """Rules that gave nothing."""
    return [
        event_pb2.SkippedRule(rule=each.rule, reason=SKIP_REASONS[each.why], detail=each.detail)
        for each in skipped
    ]


def taken_messages(taken: Iterable[tb.Taken]) -> list[event_pb2.TakenReward]:
    """What refunds took back."""
    return [
        event_pb2.TakenReward(rule=each.rule, unit=each.unit, fund=each.fund, amount=each.amount)
        for each in taken
    ]


def _write_moved(message: event_pb2.MovedUnit, moved: tb.Moved) -> None:
    message.unit = moved.unit
    message.given = moved.given
    message.repaid = moved.repaid
    message.pending = moved.pending
    message.taken = moved.taken
    message.forgiven = moved.forgiven
    message.arrears = moved.arrears
    message.returned = moved.returned
