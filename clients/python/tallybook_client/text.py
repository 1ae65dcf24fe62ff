"""Replies as lines for people to read. Pure: no calls, no clock.

One function for a kind of message, and one line in `LINES` for each.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from typing import Any

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date

from ._gen.tallybook.v1.amounts_pb2 import Balance, UnitBalance
from ._gen.tallybook.v1.entry_pb2 import Entry, Posting
from ._gen.tallybook.v1.event_pb2 import RecordEventResponse, Reward, SkipReason
from ._gen.tallybook.v1.event_service_pb2 import ExplainEntryResponse, WaitingRefund
from ._gen.tallybook.v1.growth_pb2 import GivenReward, TierChange, TierChangeReason
from ._gen.tallybook.v1.hold_pb2 import CaptureResponse, HoldResponse, ReleaseResponse
from ._gen.tallybook.v1.member_service_pb2 import EnrollMemberResponse
from ._gen.tallybook.v1.points_service_pb2 import GetBalancesResponse, GetEntryResponse
from ._gen.tallybook.v1.posting_pb2 import AwardResponse, RedeemResponse
from ._gen.tallybook.v1.referral_pb2 import (
    BindReferralResponse,
    IssueReferralCodeResponse,
    Newcomer,
    ReferralState,
)
from ._gen.tallybook.v1.referral_service_pb2 import GetReferralResponse

Lines = Iterator[str]

MEMBER_ACCOUNTS = ("available", "pending", "held", "arrears")


def lines(message: Message) -> Iterable[str]:
    """The message for people; a kind without words of its own as protobuf writes it."""
    write = LINES.get(type(message))
    return str(message).splitlines() if write is None else write(message)


def _award(reply: AwardResponse) -> Lines:
    parts = [f"awarded {reply.amount} {reply.balance.unit}"]
    if reply.HasField("expires_on"):
        parts.append(f"last day {day_text(reply.expires_on)}")
    if reply.pending:
        parts.append(f"{reply.pending} pending until {day_text(reply.vests_on)}")
    if reply.repaid:
        parts.append(f"{reply.repaid} repaid arrears")
    if reply.lapsed:
        parts.append(f"{reply.lapsed} lapsed at once")
    yield ", ".join(parts)
    yield from _after(reply)


def _redeem(reply: RedeemResponse) -> Lines:
    short = "" if reply.amount == reply.asked else f" of {reply.asked} asked"
    yield f"redeemed {reply.amount}{short} {reply.balance.unit}"
    yield from _after(reply)


def _hold(reply: HoldResponse) -> Lines:
    until = instant_text(reply.deadline)
    yield f"held {reply.amount} {reply.balance.unit} as {reply.hold_id} until {until}"
    yield from _after(reply)


def _capture(reply: CaptureResponse) -> Lines:
    yield f"captured {reply.amount} {reply.balance.unit} of {reply.hold_id}{_rest(reply)}"
    yield from _after(reply)


def _release(reply: ReleaseResponse) -> Lines:
    yield f"{reply.hold_id} is over{_rest(reply)}"
    yield from _after(reply)


def _rest(reply: CaptureResponse | ReleaseResponse) -> str:
    lapsed = f", {reply.lapsed} lapsed" if reply.lapsed else ""
    return f", {reply.released} released{lapsed}"


def _enroll(reply: EnrollMemberResponse) -> Lines:
    yield "enrolled"
    yield recorded_text(reply)


def _event(reply: RecordEventResponse) -> Lines:
    for reward in reply.rewards:
        yield _reward(reward)
    for skipped in reply.skipped:
        because = SkipReason.Name(skipped.reason).removeprefix("SKIP_REASON_").lower()
        detail = f" ({skipped.detail})" if skipped.detail else ""
        yield f"{skipped.rule or 'all rules'}: nothing, {because}{detail}"
    for taken in reply.taken:
        yield f"{taken.rule}: {taken.amount} {taken.unit} taken back"
    for moved in reply.moved:
        if moved.returned:
            yield f"{moved.returned} {moved.unit} that had paid went back"
    for later in reply.revalued:
        now = ", ".join(f"{each.amount} {each.unit} by {each.rule}" for each in later.rewards)
        yield f"{later.event_key} now earns {now or 'nothing'}"
    if reply.waiting:
        yield "waiting for its order"
    yield from map(given_text, reply.given)
    yield from map(change_text, reply.tiers)
    for balance in reply.balances:
        yield _figures(balance)
    yield recorded_text(reply)


def _reward(reward: Reward) -> str:
    parts = [f"{reward.rule}: {reward.amount} {reward.unit}, from {reward.base} at {reward.rate}"]
    if reward.exact != str(reward.rounded):
        parts.append(f"{reward.exact} rounded to {reward.rounded}")
    parts += [f"{cut.by} less by {cut.what}" for cut in reward.cuts]
    if reward.HasField("expires_on"):
        parts.append(f"last day {day_text(reward.expires_on)}")
    if reward.HasField("vests_on"):
        parts.append(f"pending until {day_text(reward.vests_on)}")
    return ", ".join(parts)


def given_text(given: GivenReward) -> str:
    """Such as "500 points for task/five_orders/2026-11-01"."""
    taken = "" if given.amount > 0 else " taken back"
    what = given.unit or (
        f"coupons of {given.coupon_template}" if given.coupon_template else f"days of {given.plan}"
    )
    stayed = f", {given.stayed} used before" if given.stayed else ""
    return f"{abs(given.amount)} {what}{taken} for {given.source}{stayed}"


def change_text(change: TierChange) -> str:
    """Such as "status: silver to gold, reached"."""
    why = TierChangeReason.Name(change.reason).removeprefix("TIER_CHANGE_REASON_").lower().replace("_", " ")
    return f"{change.ladder}: {change.before or 'no tier'} to {change.after or 'no tier'}, {why}"


def _waiting_refund(waiting: WaitingRefund) -> Lines:
    yield (
        f"{waiting.member}: refund {waiting.refund_id} of order {waiting.order_id}, "
        f"{instant_text(waiting.occurred_at)}, {waiting.problem or 'its order has not come'}"
    )


def _referral_code(reply: IssueReferralCodeResponse) -> Lines:
    yield f"referral code {reply.code}"
    yield recorded_text(reply)


def _bound(reply: BindReferralResponse) -> Lines:
    yield f"brought by {reply.referrer}"
    yield recorded_text(reply)


def _referral(reply: GetReferralResponse) -> Lines:
    found = reply.referral
    yield f"referral code {found.code or 'none'}"
    if found.HasField("referred"):
        yield f"brought by {found.referred.referrer}, {_progress(found.referred)}"
    yield f"brought {found.newcomers}, rewarded for {found.rewarded}{_earned(found)}"
    for cap in found.caps:
        yield f"{cap.left} of {cap.newcomers} left for the {cap.period}"


def _newcomer(newcomer: Newcomer) -> Lines:
    yield f"{newcomer.member}: {_progress(newcomer)}{_earned(newcomer)}"


def _progress(told: Any) -> str:
    state = ReferralState.Name(told.state).removeprefix("REFERRAL_STATE_").lower()
    order = f" {told.order_id}, counts from {instant_text(told.counts_at)}" if told.order_id else ""
    return f"{state}{order}"


def _earned(told: Any) -> str:
    return "".join(f", {each.amount} {each.unit}" for each in told.earned)


def _after(reply: Any) -> Lines:
    yield _figures(reply.balance)
    yield recorded_text(reply)


def recorded_text(reply: Any) -> str:
    """Under which entry something is recorded, and when."""
    again = ", replayed" if reply.replayed else ""
    return f"entry {reply.entry}, {instant_text(reply.recorded_at)}{again}"


def _balances(reply: GetBalancesResponse) -> Lines:
    if not reply.balances:
        yield f"{reply.member} has nothing"
    for unit in reply.balances:
        yield _figures(unit.balance)
        yield from _lots(unit)


def _figures(balance: Balance) -> str:
    rest = [(account, getattr(balance, account)) for account in MEMBER_ACCOUNTS[1:]]
    others = "".join(f", {account} {amount}" for account, amount in rest if amount)
    return f"{balance.unit}: available {balance.available}{others}"


def _lots(unit: UnitBalance) -> Lines:
    for lot in unit.lots:
        expiry = f"last day {day_text(lot.expires_on)}" if lot.HasField("expires_on") else "never lapses"
        vesting = f", vests {day_text(lot.vests_on)}" if lot.HasField("vests_on") else ""
        yield f"  {lot.amount:>12} {lot.account:<10} {lot.fund:<10} {expiry}{vesting}"


def _entry(entry: Entry) -> Lines:
    moves = ", ".join(f"{unit} {change:+}" for unit, change in changes_of(entry.postings).items() if change)
    notes = " ".join(filter(None, [entry.source, entry.reason]))
    yield "  ".join(
        filter(
            None, [f"{entry.version:>6}", instant_text(entry.recorded_at), f"{entry.kind:<8}", moves, notes]
        )
    )


def changes_of(postings: Iterable[Posting]) -> dict[str, int]:
    """By how much each unit's available changed: what a statement is read for."""
    changes: dict[str, int] = {}
    for posting in postings:
        gained = (posting.to_account == "available") - (posting.from_account == "available")
        changes[posting.unit] = changes.get(posting.unit, 0) + gained * posting.amount
    return changes


def _whole_entry(reply: GetEntryResponse) -> Lines:
    entry = reply.entry
    yield from _entry(entry)
    if entry.request_id:
        yield f"  request {entry.request_id}"
    for posting in entry.postings:
        expiry = f", last day {day_text(posting.expires_on)}" if posting.HasField("expires_on") else ""
        yield (
            f"  {posting.amount} {posting.unit} from {posting.from_account} to {posting.to_account}"
            f", {posting.fund}{expiry}"
        )


def day_text(date: Date) -> str:
    """Such as 2027-01-31."""
    return f"{date.year:04}-{date.month:02}-{date.day:02}"


def instant_text(timestamp: Timestamp) -> str:
    """Such as 2027-01-31 12:30:00Z."""
    return timestamp.ToDatetime(tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%SZ")


LINES: dict[type[Message], Callable[[Any], Lines]] = {
    AwardResponse: _award,
    RedeemResponse: _redeem,
    HoldResponse: _hold,
    CaptureResponse: _capture,
    ReleaseResponse: _release,
    EnrollMemberResponse: _enroll,
    RecordEventResponse: _event,
    ExplainEntryResponse: lambda reply: iter(reply.explanation.sentences),
    WaitingRefund: _waiting_refund,
    GetBalancesResponse: _balances,
    Entry: _entry,
    GetEntryResponse: _whole_entry,
    IssueReferralCodeResponse: _referral_code,
    BindReferralResponse: _bound,
    GetReferralResponse: _referral,
    Newcomer: _newcomer,
}
