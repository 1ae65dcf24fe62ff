"""The grocer's coupons in short: some real households, and the checks themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest

from examples.grocer.baskets import Basket
from examples.grocer.coupon_story import CouponStory, unmatched_lines
from examples.grocer.findings import Findings
from examples.grocer.mailings import (
    CHOSEN,
    NO_BASKET,
    NOT_BOUGHT,
    NOTHING_LEFT,
    USED_BEFORE,
    ExpectedCoupons,
    Mailed,
    coupon_program,
    first_moment,
)
from examples.grocer.replay import Advance
from examples.grocer.service import served
from tests.examples.coupon_sample import EXPECTED, kept, sample_baskets, sample_expected, sample_mailed


@pytest.fixture(scope="module")
def mailed() -> Mailed:
    return sample_mailed()


@pytest.fixture(scope="module")
def baskets() -> list[Basket]:
    return sample_baskets()


@pytest.fixture(scope="module")
def expected() -> ExpectedCoupons:
    return sample_expected()


@contextmanager
def unseen(title: str, total: int) -> Iterator[Advance]:
    yield lambda steps: None


def tell(url: str, mailed: Mailed, baskets: Sequence[Basket], expected: ExpectedCoupons) -> Findings:
    beginning = min(first_moment(campaign) for campaign in mailed.campaigns)
    with served(url, coupon_program(mailed), beginning) as service:
        return CouponStory(service, mailed, baskets, expected, unseen).tell(again=True)


def test_the_book_is_as_computed(
    database_url: str, mailed: Mailed, baskets: list[Basket], expected: ExpectedCoupons
) -> None:
    findings = tell(database_url, mailed, baskets, expected)
    assert findings.differences == []
    assert [check for check in findings.checks if not check.agrees] == []
    chapters = {check.chapter for check in findings.checks}
    assert chapters == {"the campaigns", "the same again", "when all is over"}


def test_one_cent_and_one_reason_that_differ_are_found(
    sqlite_url: str, mailed: Mailed, baskets: list[Basket], expected: ExpectedCoupons
) -> None:
    first, *others = expected.used
    line, share = next(iter(first.shares.items()))
    planted = replace(
        expected,
        used=[first._replace(shares={**first.shares, line: share + 1}), *others],
        unmatched=dict.fromkeys(expected.unmatched, NO_BASKET),
    )
    findings = tell(sqlite_url, mailed, baskets, planted)
    assert not findings.sound
    wrong = {check.what for check in findings.checks if not check.agrees}
    campaign = f"cents paid by campaign {first.redemption.campaign}"
    assert {"cents off", campaign, f"not matched: {NOT_BOUGHT}"} <= wrong
    others_reasons = sum(reason != NO_BASKET for reason in expected.unmatched.values())
    assert len(findings.differences) == 1 + others_reasons


def test_the_sample_has_what_is_worth_checking(mailed: Mailed, expected: ExpectedCoupons) -> None:
    kinds = {each.number: each.kind for each in mailed.campaigns}
    assert {kinds[each.redemption.campaign] for each in expected.used} == {"Type A", "Type B", "Type C"}
    assert set(expected.unmatched.values()) == {NO_BASKET, NOT_BOUGHT, NOTHING_LEFT, USED_BEFORE}
    assert max(Counter(each.basket for each in expected.used).values()) >= 3
    assert any(len(each.shares) > 1 for each in expected.used)
    assert len(unmatched_lines(expected.unmatched)) == len(expected.unmatched)


def test_a_household_gets_all_coupons_of_a_campaign_or_those_that_were_chosen(mailed: Mailed) -> None:
    kinds = {each.number: each.kind for each in mailed.campaigns}
    there = Counter(each.campaign for each in mailed.coupons)
    got = Counter((each.campaign, each.household) for each in mailed.mailings)
    assert got == {
        (number, household): min(there[number], CHOSEN.get(kinds[number], there[number]))
        for number, household in got
    }
    assert {(each.household, each.template) for each in mailed.redemptions} <= {
        (each.household, each.template) for each in mailed.mailings
    }


def test_the_file_is_what_pandas_makes_of_the_sample() -> None:
    pytest.importorskip("pandas")
    from tests.examples.coupon_sample_by_pandas import computed  # noqa: PLC0415

    assert kept(computed()) == EXPECTED.read_text(encoding="utf-8")
