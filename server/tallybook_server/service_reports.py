"""ReportService: the whole program at once. What takes long runs beside the lanes, a slice at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from typing import Any, Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1.report_service_pb2 import (
    DESCRIPTOR,
    FundSheet,
    GetStoredValueReportRequest,
    GetStoredValueReportResponse,
    GetTrialBalanceRequest,
    GetTrialBalanceResponse,
    MoneySheet,
    TrialBalanceRow,
    VerifyDisagreement,
    VerifyProgress,
    VerifyRequest,
    VerifyResponse,
    VerifySummary,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import Context, unary, watched
from tallybook_server.convert_days import timestamp
from tallybook_server.errors import Overloaded, cut
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["ReportService"].full_name
VERIFICATIONS_MAX: Final = 2
"""Under way in one worker: each keeps a snapshot of the database open."""
RETRY_MS: Final = 2_000
DISAGREEMENTS_PER_SLICE: Final = 1_000
SLICE_SECONDS: Final = 0.5
"""How long a verification keeps a thread before it tells how far it is, and others get their turn."""


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""

    def trial_balance(request: GetTrialBalanceRequest, context: Context) -> Awaitable[tb.TrialBalanceSheet]:
        query = tb.TrialBalance(program=request.program, unit=request.unit)
        return asyncio.get_running_loop().run_in_executor(lanes.slow, lanes.book.ask, query)

    def stored_value(request: GetStoredValueReportRequest, context: Context) -> Awaitable[Any]:
        query = tb.StoredValueReport(program=request.program)
        return asyncio.get_running_loop().run_in_executor(lanes.slow, lanes.book.ask, query)

    return {
        "GetTrialBalance": unary(GetTrialBalanceRequest, trial_balance, _trial_balance),
        "GetStoredValueReport": unary(GetStoredValueReportRequest, stored_value, _stored_value),
        "Verify": watched(VerifyRequest, _Verifications(lanes).serve),
    }


def _trial_balance(_: GetTrialBalanceRequest, sheet: tb.TrialBalanceSheet) -> GetTrialBalanceResponse:
    rows = [
        TrialBalanceRow(unit=row.unit, account=row.account, fund=row.fund, amount=str(row.amount))
        for row in sheet.accounts
    ]
    return GetTrialBalanceResponse(rows=rows, as_of=timestamp(sheet.as_of))


def _stored_value(
    _: GetStoredValueReportRequest, sheets: tuple[tb.MoneySheet, ...]
) -> GetStoredValueReportResponse:
    return GetStoredValueReportResponse(sheets=map(_money_sheet, sheets))


def _money_sheet(sheet: tb.MoneySheet) -> MoneySheet:
    return MoneySheet(
        unit=sheet.unit,
        currency=sheet.currency,
        principal=_fund_sheet(sheet.principal),
        bonus=_fund_sheet(sheet.bonus),
        balances=sheet.balances,
    )


def _fund_sheet(sheet: tb.FundSheet) -> FundSheet:
    return FundSheet(
        came_in=str(sheet.came_in),
        with_members=str(sheet.with_members),
        spent=str(sheet.spent),
        paid_back=str(sheet.paid_back),
        lapsed=str(sheet.lapsed),
        forfeited=str(sheet.forfeited),
    )


class _Verifications:
    """Verify, for a few callers at a time."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes
        self._under_way = 0

    async def serve(self, request: VerifyRequest, context: Context) -> None:
        """Write progress and disagreements as they come, and the summary."""
        if self._under_way >= VERIFICATIONS_MAX:
            raise Overloaded(retry_ms=RETRY_MS)
        self._under_way += 1
        verification = _Verification(self._lanes.book, request)
        try:
            while not verification.is_over:
                for response in await self._in_thread(verification):
                    await context.write(response.SerializeToString())
        finally:
            self._under_way -= 1
            self._lanes.slow.submit(verification.close)

    def _in_thread(self, verification: _Verification) -> Awaitable[list[VerifyResponse]]:
        return asyncio.get_running_loop().run_in_executor(self._lanes.slow, verification.next_slice)


class _Verification:
    """One verification, taken up slice by slice by whichever thread is free."""

    def __init__(self, book: tb.Book, request: VerifyRequest) -> None:
        self.is_over = False
        self._book = book
        self._program = request.program
        self._member = request.member
        self._checks = book.verify(request.program, member=request.member)
        self._total = 0
        self._members = 0
        self._entries = 0
        self._disagreements = 0

    def next_slice(self) -> list[VerifyResponse]:
        """Go on for a while: what was found, and how far it is or what it came to."""
        if not self._total:
            self._total = 1 if self._member else self._count()
        found: list[VerifyResponse] = []
        until = time.monotonic() + SLICE_SECONDS
        for checked in self._checks:
            self._members += bool(checked.member)
            self._entries += checked.entries
            if checked.disagreement is not None:
                found.append(self._disagreement(checked.disagreement))
            if time.monotonic() >= until or len(found) == DISAGREEMENTS_PER_SLICE:
                return [*found, self._progress()]
        return [*found, self._progress(), self._summary()]

    def _count(self) -> int:
        """How many members there are; 0 where the program cannot be read, which verifying explains."""
        try:
            return self._book.ask(tb.CountMembers(program=self._program))
        except (tb.ProgramInvalid, tb.UnknownProgram):
            return 0

    def close(self) -> None:
        """Let go of the snapshot, wherever the verification has come to."""
        self._checks.close()

    def _disagreement(self, found: tb.Disagreement) -> VerifyResponse:
        self._disagreements += 1
        disagreement = VerifyDisagreement(member=found.member, entry=found.entry, problem=cut(found.problem))
        return VerifyResponse(disagreement=disagreement)

    def _progress(self) -> VerifyResponse:
        return VerifyResponse(
            progress=VerifyProgress(
                members_done=self._members,
                members_total=max(self._total, self._members),
                entries_done=self._entries,
            )
        )

    def _summary(self) -> VerifyResponse:
        self.is_over = True
        if self._member and not self._members:
            raise tb.UnknownMember(program=self._program, member=self._member)
        return VerifyResponse(
            summary=VerifySummary(
                members=self._members, entries=self._entries, disagreements=self._disagreements
            )
        )
