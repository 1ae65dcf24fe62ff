"""Replies about money as lines for people to read: 50.00 USD, not 5000. Pure: no calls, no clock.

How many decimals a unit has is the program's to say; a unit that it does not know is told in smallest steps.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from google.protobuf.message import Message

from ._gen.tallybook.v1.amounts_pb2 import Balance
from ._gen.tallybook.v1.card_pb2 import ActivateCardResponse, Card, CardState, VoidCardResponse
from ._gen.tallybook.v1.card_service_pb2 import (
    ClaimCardResponse,
    GetCardResponse,
    PresentCardResponse,
    ReplaceCardResponse,
)
from ._gen.tallybook.v1.entry_pb2 import Entry
from ._gen.tallybook.v1.member_service_pb2 import FreezeMemberResponse, UnfreezeMemberResponse
from ._gen.tallybook.v1.program_pb2 import Program, UnitKind
from ._gen.tallybook.v1.report_service_pb2 import FundSheet, GetStoredValueReportResponse
from ._gen.tallybook.v1.stored_value_pb2 import (
    CancelPayoutResponse,
    CancelTopUpResponse,
    ConfirmPayoutResponse,
    ConfirmTopUpResponse,
    NameHolderResponse,
    PaymentState,
    ReactivateResponse,
    Refundable,
    RefundSpendResponse,
    RequestTopUpRefundResponse,
    RequestWithdrawalResponse,
    SpendValueResponse,
    TopUpResponse,
    TransferValueResponse,
)
from ._gen.tallybook.v1.stored_value_service_pb2 import (
    GetMaxRefundResponse,
    GetMaxWithdrawalResponse,
    GetPayoutResponse,
    GetTopUpResponse,
)
from .text import MEMBER_ACCOUNTS, changes_of, day_text, instant_text, recorded_text

Lines = Iterator[str]


class MoneyWords:
    """Tells amounts in whole units, by the decimals that a program's units have."""

    def __init__(self, decimals: Mapping[str, int], money: Sequence[str] = ()) -> None:
        self._decimals = decimals
        self._money = money

    @classmethod
    def of_program(cls, program: Program) -> "MoneyWords":
        """The words for a program's units."""
        decimals = {unit.unit: unit.scale for unit in program.units}
        return cls(decimals, [unit.unit for unit in program.units if unit.kind == UnitKind.UNIT_KIND_MONEY])

    def unit(self, named: str) -> str:
        """The unit that is named, or the only one of money. Raises `ValueError` where that is not clear."""
        if named:
            return named
        if len(self._money) != 1:
            raise ValueError(f"name the unit: there are {', '.join(self._money) or 'none'} of money")
        return self._money[0]

    def lines(self, message: Message) -> Iterator[str]:
        """The message for people; a kind without words of its own as protobuf writes it."""
        write = LINES.get(type(message))
        return iter(str(message).splitlines()) if write is None else write(self, message)

    def amount(self, amount: int, unit: str) -> str:
        """An amount with its unit, such as 50.00 USD."""
        return f"{Decimal(amount).scaleb(-self._decimals.get(unit, 0)):f} {unit}"

    def smallest_steps(self, text: str, unit: str) -> int:
        """What somebody wrote as money, in the unit's smallest step. Raises `ValueError`."""
        decimals = self._decimals.get(unit)
        if decimals is None:
            raise ValueError(f"the program has no unit {unit}")
        try:
            steps = Decimal(text).scaleb(decimals)
        except ArithmeticError:
            raise ValueError(f"{text!r} is no amount, such as 50.00") from None
        if not steps.is_finite() or steps % 1:
            raise ValueError(f"{text} has more decimals than {unit}, which has {decimals}")
        return int(steps)

    def parts(self, unit: str, **amounts: int) -> str:
        """Amounts that are not zero, with what they are."""
        told = [
            f"{name.replace('_', ' ')} {self.amount(each, unit)}" for name, each in amounts.items() if each
        ]
        return f" ({', '.join(told)})" if told else ""

    def after(self, reply: Any) -> Lines:
        """What there is afterwards, and the entry."""
        yield self.balance(reply.balance)
        yield recorded_text(reply)

    def balance(self, balance: Balance) -> str:
        """What is available and, where there is any, what is not."""
        rest = [(name, getattr(balance, name)) for name in MEMBER_ACCOUNTS[1:]]
        others = "".join(f", {name} {self.amount(each, balance.unit)}" for name, each in rest if each)
        return f"available {self.amount(balance.available, balance.unit)}{others}"


def _top_up(words: MoneyWords, reply: TopUpResponse) -> Lines:
    unit = reply.balance.unit
    bonus = f", with {words.amount(reply.bonus, unit)} on top by {reply.plan}" if reply.bonus else ""
    yield f"top-up {reply.top_up_id}: pay {words.amount(reply.amount, unit)}{bonus}"
    yield f"waits for its payment until {instant_text(reply.deadline)}"
    yield recorded_text(reply)


def _confirmed(words: MoneyWords, reply: ConfirmTopUpResponse) -> Lines:
    unit = reply.balance.unit
    until = (
        f", last day {day_text(reply.principal_expires_on)}" if reply.HasField("principal_expires_on") else ""
    )
    yield f"top-up {reply.top_up_id}: {words.amount(reply.amount, unit)} paid in{until}"
    if reply.bonus:
        until = f", last day {day_text(reply.bonus_expires_on)}" if reply.HasField("bonus_expires_on") else ""
        yield f"bonus {words.amount(reply.bonus, unit)}{until}"
    yield from words.after(reply)


def _cancelled(words: MoneyWords, reply: CancelTopUpResponse) -> Lines:
    yield f"top-up {reply.top_up_id} of {words.amount(reply.amount, reply.balance.unit)} called off"
    yield from words.after(reply)


def _spent(words: MoneyWords, reply: SpendValueResponse) -> Lines:
    unit = reply.balance.unit
    short = "" if reply.amount == reply.asked else f" of {words.amount(reply.asked, unit)} asked"
    yield f"spent {words.amount(reply.amount, unit)}{short}{_funds(words, reply)}"
    yield from words.after(reply)


def _given_back(words: MoneyWords, reply: RefundSpendResponse) -> Lines:
    unit = reply.balance.unit
    yield f"gave back {words.amount(reply.amount, unit)}{_funds(words, reply)}"
    if reply.lapsed:
        yield f"{words.amount(reply.lapsed, unit)} of it lapsed at once"
    yield from words.after(reply)


def _transferred(words: MoneyWords, reply: TransferValueResponse) -> Lines:
    yield f"moved {words.amount(reply.amount, reply.balance.unit)} to {reply.to_member}{_funds(words, reply)}"
    yield from words.after(reply)


def _funds(words: MoneyWords, reply: Any) -> str:
    return words.parts(reply.balance.unit, principal=reply.principal, bonus=reply.bonus)


def _payout_opened(words: MoneyWords, reply: Any) -> Lines:
    unit = reply.balance.unit
    lost = words.parts(unit, bonus_forfeited=reply.bonus, charged_for_spent_bonus=reply.charged)
    yield f"payout {reply.payout_id}: {words.amount(reply.amount, unit)} set aside{lost}"
    yield f"waits for the gateway until {instant_text(reply.deadline)}"
    yield from words.after(reply)


def _payout_confirmed(words: MoneyWords, reply: ConfirmPayoutResponse) -> Lines:
    yield f"payout {reply.payout_id}: {words.amount(reply.amount, reply.balance.unit)} paid back"
    yield from words.after(reply)


def _payout_cancelled(words: MoneyWords, reply: CancelPayoutResponse) -> Lines:
    yield f"payout {reply.payout_id} of {words.amount(reply.amount, reply.balance.unit)} called off"
    if reply.lapsed:
        yield f"{words.amount(reply.lapsed, reply.balance.unit)} of it lapsed at once"
    yield from words.after(reply)


def _reactivated(words: MoneyWords, reply: ReactivateResponse) -> Lines:
    yield f"{words.amount(reply.amount, reply.balance.unit)} available again"
    yield from words.after(reply)


def _named(words: MoneyWords, reply: NameHolderResponse) -> Lines:
    yield "known by name" if reply.is_named else "not known by name"
    yield recorded_text(reply)


def _shown_top_up(words: MoneyWords, reply: GetTopUpResponse) -> Lines:
    top_up = reply.top_up
    bonus = words.parts(top_up.unit, bonus=top_up.bonus)
    yield (
        f"top-up {top_up.top_up_id}: {words.amount(top_up.amount, top_up.unit)}{bonus}, "
        f"{_state(PaymentState.Name(top_up.state))}, asked for on {day_text(top_up.asked_on)}"
    )
    if top_up.payment:
        yield f"payment {top_up.payment}"
    if top_up.refunded:
        yield f"paid back {words.amount(top_up.refunded, top_up.unit)}"
    yield from _refundable(words, reply.refundable)


def _shown_payout(words: MoneyWords, reply: GetPayoutResponse) -> Lines:
    payout = reply.payout
    of = f" of top-up {payout.top_up_id}" if payout.top_up_id else ""
    yield (
        f"payout {payout.payout_id}: {words.amount(payout.amount, payout.unit)}{of}, "
        f"{_state(PaymentState.Name(payout.state))}, asked for on {day_text(payout.asked_on)}"
    )
    if payout.payment:
        yield f"payment {payout.payment}"


def _refundable(words: MoneyWords, refundable: Refundable) -> Lines:
    unit = refundable.unit
    lost = words.parts(unit, bonus_forfeited=refundable.bonus, charged_for_spent_bonus=refundable.charged)
    yield f"at most {words.amount(refundable.amount, unit)} can be paid back{lost}"


def _state(name: str) -> str:
    return name.partition("_STATE_")[2].lower().replace("_", " ")


def _activated(words: MoneyWords, reply: ActivateCardResponse) -> Lines:
    until = f", last day {day_text(reply.expires_on)}" if reply.HasField("expires_on") else ""
    yield f"activated with {words.amount(reply.amount, reply.balance.unit)}{until}"
    yield recorded_text(reply)


def _voided(words: MoneyWords, reply: VoidCardResponse) -> Lines:
    yield f"void{words.parts(reply.balance.unit, forfeited=reply.amount)}"
    yield recorded_text(reply)


def _frozen(words: MoneyWords, reply: FreezeMemberResponse) -> Lines:
    yield "frozen"
    yield recorded_text(reply)


def _unfrozen(words: MoneyWords, reply: UnfreezeMemberResponse) -> Lines:
    yield "no longer frozen"
    yield recorded_text(reply)


def _presented(words: MoneyWords, reply: PresentCardResponse) -> Lines:
    frozen = f", frozen: {reply.frozen}" if reply.frozen else ""
    yield f"{reply.card}, {_state(CardState.Name(reply.state))}{frozen}"
    yield words.balance(reply.balance)


def _claimed(words: MoneyWords, reply: ClaimCardResponse) -> Lines:
    unit = reply.balance.unit
    left = f", {words.amount(reply.left, unit)} left on it" if reply.left else ""
    yield f"claimed {words.amount(reply.amount, unit)} from {reply.card}{left}"
    yield from words.after(reply)


def _replaced(words: MoneyWords, reply: ReplaceCardResponse) -> Lines:
    pin = f", PIN {reply.card.pin}" if reply.card.pin else ""
    yield f"{reply.card.card} has the code {reply.card.code}{pin}: it is not told again"


def _shown_card(words: MoneyWords, reply: GetCardResponse) -> Lines:
    card: Card = reply.card
    sold = f", sold for {words.amount(card.amount, card.unit)}" if card.HasField("amount") else ""
    pin = "with a PIN" if card.has_pin else "without a PIN"
    yield f"{card.card}, {_state(CardState.Name(card.state))}, of batch {card.batch}{sold}, {pin}"
    yield words.balance(card.balance)
    if card.frozen:
        yield f"frozen: {card.frozen}"
    if card.HasField("locked_until"):
        yield f"locked until {instant_text(card.locked_until)}: wrong PINs"


def _report(words: MoneyWords, reply: GetStoredValueReportResponse) -> Lines:
    for sheet in reply.sheets:
        yield f"{sheet.unit} ({sheet.currency}){'' if sheet.balances else ': does not balance'}"
        for name, fund in (("principal", sheet.principal), ("bonus", sheet.bonus)):
            for field in FundSheet.DESCRIPTOR.fields:
                amount = words.amount(int(getattr(fund, field.name)), sheet.unit)
                yield f"  {name:<10} {field.name.replace('_', ' '):<13} {amount:>24}"


def _statement_line(words: MoneyWords, entry: Entry) -> Lines:
    moves = [
        words.amount(change, unit) if change < 0 else f"+{words.amount(change, unit)}"
        for unit, change in changes_of(entry.postings).items()
        if change
    ]
    notes = " ".join(filter(None, [entry.source, entry.reason]))
    told = [
        f"{entry.version:>6}",
        instant_text(entry.recorded_at),
        f"{entry.kind:<16}",
        ", ".join(moves),
        notes,
    ]
    yield "  ".join(filter(None, told))


LINES: dict[type[Message], Callable[[MoneyWords, Any], Lines]] = {
    TopUpResponse: _top_up,
    ConfirmTopUpResponse: _confirmed,
    CancelTopUpResponse: _cancelled,
    SpendValueResponse: _spent,
    RefundSpendResponse: _given_back,
    TransferValueResponse: _transferred,
    RequestTopUpRefundResponse: _payout_opened,
    RequestWithdrawalResponse: _payout_opened,
    ConfirmPayoutResponse: _payout_confirmed,
    CancelPayoutResponse: _payout_cancelled,
    ReactivateResponse: _reactivated,
    NameHolderResponse: _named,
    GetTopUpResponse: _shown_top_up,
    GetPayoutResponse: _shown_payout,
    GetMaxRefundResponse: lambda words, reply: _refundable(words, reply.refundable),
    GetMaxWithdrawalResponse: lambda words, reply: _refundable(words, reply.refundable),
    ActivateCardResponse: _activated,
    VoidCardResponse: _voided,
    FreezeMemberResponse: _frozen,
    UnfreezeMemberResponse: _unfrozen,
    PresentCardResponse: _presented,
    ClaimCardResponse: _claimed,
    ReplaceCardResponse: _replaced,
    GetCardResponse: _shown_card,
    GetStoredValueReportResponse: _report,
    Entry: _statement_line,
}
