"""From the library's answers to members, balances, entries and holds. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from tallybook import (
    BalanceSheet,
    EntryView,
    HoldState,
    HoldView,
    LotView,
    MemberView,
    Posting,
    UnitBalance,
    UnknownUnit,
)
from tallybook_client._gen.tallybook.v1 import amounts_pb2, entry_pb2, hold_pb2, member_pb2
from tallybook_client._gen.tallybook.v1.points_service_pb2 import GetBalancesResponse

from tallybook_server.convert_days import date_message, timestamp
from tallybook_server.convert_members import STAGES, birthday_message
from tallybook_server.convert_replies import FREEZE_SCOPES, balance_message

HOLD_STATES: Final = {
    "open": hold_pb2.HoldState.HOLD_STATE_OPEN,
    "captured": hold_pb2.HoldState.HOLD_STATE_CAPTURED,
    "released": hold_pb2.HoldState.HOLD_STATE_RELEASED,
    "timed_out": hold_pb2.HoldState.HOLD_STATE_TIMED_OUT,
}


def member_message(view: MemberView) -> member_pb2.Member:
    """A member as known now."""
    return member_pb2.Member(
        program=view.program,
        member=view.member,
        version=view.version,
        enrolled_at=timestamp(view.enrolled_at),
        active_at=None if view.active_at is None else timestamp(view.active_at),
        frozen=FREEZE_SCOPES[view.frozen],
        frozen_reason=view.frozen_reason,
        birthday=birthday_message(view.birthday),
        tags=view.tags,
        stage=STAGES[view.stage],
        erased_on=date_message(view.erased_on),
        merged_into=view.merged_into,
    )


def balances_message(sheet: BalanceSheet, units: Sequence[str]) -> GetBalancesResponse:
    """The units asked for, in the order asked, or all. Raises `UnknownUnit`."""
    chosen: Sequence[UnitBalance] = sheet.units
    if units:
        of_code = {each.unit: each for each in sheet.units}
        for code in units:
            if code not in of_code:
                raise UnknownUnit(program=sheet.program, unit=code)
        chosen = [of_code[code] for code in dict.fromkeys(units)]
    return GetBalancesResponse(
        member=sheet.member,
        version=sheet.version,
        as_of=timestamp(sheet.as_of),
        balances=[_unit_balance(each) for each in chosen],
    )


def _unit_balance(unit: UnitBalance) -> amounts_pb2.UnitBalance:
    return amounts_pb2.UnitBalance(
        balance=balance_message(unit.unit, unit.balance),
        lots=[_lot(lot) for lot in unit.lots],
        soonest_expiries=_expiries(unit.lots),
    )


def _lot(lot: LotView) -> amounts_pb2.Lot:
    return amounts_pb2.Lot(
        account=lot.account,
        fund=lot.fund,
        amount=lot.amount,
        expires_on=date_message(lot.expires_on),
        vests_on=date_message(lot.vests_on),
    )


def _expiries(lots: Sequence[LotView]) -> list[amounts_pb2.Expiry]:
    sums: dict[date, int] = {}
    for lot in lots:
        if lot.account == "available" and lot.expires_on is not None:
            sums[lot.expires_on] = sums.get(lot.expires_on, 0) + lot.amount
    return [amounts_pb2.Expiry(expires_on=date_message(day), amount=sums[day]) for day in sorted(sums)]


def hold_message(view: HoldView) -> hold_pb2.Hold:
    """A hold as it is now."""
    hold: HoldState = view.hold
    return hold_pb2.Hold(
        hold_id=hold.hold_id,
        unit=hold.unit,
        amount=hold.amount,
        captured=hold.captured,
        state=HOLD_STATES[hold.state],
        deadline=timestamp(hold.deadline),
        opened=hold.opened,
        resolved=hold.resolved or 0,
    )


def entry_message(program: str, view: EntryView) -> entry_pb2.Entry:
    """An entry with its postings."""
    return entry_pb2.Entry(
        program=program,
        member=view.member,
        version=view.version,
        kind=view.kind,
        request_id=view.request_id or "",
        recorded_at=timestamp(view.recorded_at),
        occurred_at=timestamp(view.occurred_at),
        source=view.source,
        reason=view.reason,
        metadata=view.metadata,
        postings=[posting_message(posting) for posting in view.postings],
        reverses=view.reverses or 0,
        counterpart_member=view.counterpart_member or "",
        counterpart_version=view.counterpart_version or 0,
        subject=view.subject,
        revision=view.revision,
        hash=view.hash,
    )


def posting_message(posting: Posting) -> entry_pb2.Posting:
    """One movement."""
    return entry_pb2.Posting(
        unit=posting.unit,
        amount=posting.amount,
        from_account=posting.from_account,
        to_account=posting.to_account,
        fund=posting.fund,
        expires_on=date_message(posting.expires_on),
        vests_on=date_message(posting.vests_on),
    )
