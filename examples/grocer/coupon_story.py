"""The story of the coupons on one database: replay, check, replay again, let them expire. Prints nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from tallybook_client import CouponSheet

from examples.grocer.baskets import Basket
from examples.grocer.findings import Findings
from examples.grocer.mailings import ExpectedCoupons, Mailed, Mailing, Redemption, Used, fund_of, template_of
from examples.grocer.service import Service
from examples.grocer.story import FIRST_REPLAY, SECOND_REPLAY, Progress
from examples.grocer.till import Till, replay_coupons

ALL_OVER: Final = datetime(2018, 3, 1, 12, tzinfo=UTC)
"""The last campaign ends on 28 February 2018."""


@dataclass(slots=True)
class CouponStory:
    """A story on one database, from the first mailing on."""

    service: Service
    mailed: Mailed
    baskets: Sequence[Basket]
    expected: ExpectedCoupons
    progress: Progress
    findings: Findings = field(default_factory=Findings)

    def tell(self, *, again: bool) -> Findings:
        """All of it; the second replay only where it shall be done `again`."""
        self.findings.begin("the campaigns")
        till = self._replay(FIRST_REPLAY)
        self._check_till(till)
        if again:
            self.findings.begin("the same again")
            second = self._replay(SECOND_REPLAY)
            self.findings.check("entries written", second.recorded_now, 0)
            self.findings.check("coupons used", len(second.used), len(till.used))
            self.findings.note(_differences(second.used, till.used))
        self.findings.begin("when all is over")
        self.service.set_clock(ALL_OVER)
        with self.findings.timed("expiry"):
            self.service.sweep()
        self._check_sheets(self.service.coupon_sheets())
        with self.findings.timed("verification"):
            verified = self.service.verify()
        self.findings.note(verified.disagreements)
        households = len({each.household for each in self.mailed.mailings})
        self.findings.check("households verified", verified.members, households)
        return self.findings

    def _replay(self, title: str) -> Till:
        with self.findings.timed(title), self.progress(title, len(self.mailed.mailings)) as advance:
            return replay_coupons(self.service.client, self.service.clock, self.mailed, self.baskets, advance)

    def _check_till(self, till: Till) -> None:
        check, expected = self.findings.check, self.expected
        check("campaign households", _pairs(till.issued), _pairs(self.mailed.mailings))
        check("coupons issued", len(till.issued), sum(expected.issued.values()))
        check("redemptions", len(till.used) + len(till.unmatched), len(self.mailed.redemptions))
        check("coupons used", len(till.used), len(expected.used))
        check("cents off", _cents(till.used), _cents(expected.used))
        found, meant = Counter(till.unmatched.values()), Counter(expected.unmatched.values())
        for reason in sorted(found | meant):
            check(f"not matched: {reason}", found[reason], meant[reason])
        self.findings.note(_differences(till.used, expected.used))
        self.findings.note(
            f"{_named(each)} not matched: {till.unmatched.get(each)}, expected {expected.unmatched.get(each)}"
            for each in sorted(till.unmatched.keys() | expected.unmatched.keys())
            if till.unmatched.get(each) != expected.unmatched.get(each)
        )

    def _check_sheets(self, sheets: Mapping[str, CouponSheet]) -> None:
        """What the book has counted of every template, and what every campaign has paid."""
        check, expected = self.findings.check, self.expected
        used = Counter(each.redemption.template for each in expected.used)
        for what, meant in (("issued", Counter(expected.issued)), ("used", used)):
            counted = Counter({code: getattr(sheet, what) for code, sheet in sheets.items()})
            check(what, counted.total(), meant.total())
            self.findings.note(
                f"{code}: {counted[code]} {what}, expected {meant[code]}"
                for code in sheets
                if counted[code] != meant[code]
            )
        check("expired", sum(each.expired for each in sheets.values()), _unused(expected))
        check("open", sum(each.open for each in sheets.values()), 0)
        paid: Counter[str] = Counter()
        for sheet in sheets.values():
            paid.update({each.fund: each.amount for each in sheet.costs})
        costs = expected.costs
        for number in sorted(each.number for each in self.mailed.campaigns):
            if paid[fund_of(number)] or costs[number]:
                check(f"cents paid by campaign {number}", paid[fund_of(number)], costs[number])


def _unused(expected: ExpectedCoupons) -> int:
    """How many of the issued coupons nobody used."""
    return sum(expected.issued.values()) - len(expected.used)


def unmatched_lines(unmatched: Mapping[Redemption, str]) -> list[str]:
    """What could not be matched, one by one, with the reason."""
    return [
        f"{_named(each)}: {unmatched[each]}" for each in sorted(unmatched, key=lambda each: (each.day, each))
    ]


def _named(redemption: Redemption) -> str:
    template = template_of(redemption.campaign, redemption.upc)
    return f"{redemption.day} household {redemption.household} coupon {template}"


def _pairs(mailings: Iterable[Mailing]) -> int:
    return len({(each.campaign, each.household) for each in mailings})


def _cents(used: Iterable[Used]) -> int:
    return sum(sum(each.shares.values()) for each in used)


def _differences(found: Sequence[Used], meant: Sequence[Used]) -> list[str]:
    """Coupons that were used otherwise than computed, on other baskets or lines or for other cents."""
    ours, theirs = ({each.redemption: each for each in some} for some in (found, meant))
    return [
        f"{_named(each)}: {_told(ours.get(each))}, expected {_told(theirs.get(each))}"
        for each in sorted(ours.keys() | theirs.keys())
        if ours.get(each) != theirs.get(each)
    ]


def _told(used: Used | None) -> str:
    return "not used" if used is None else f"used for basket {used.basket}, {dict(used.shares)} off"
