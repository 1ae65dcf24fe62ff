"""What coupon templates of one document say against each other. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallybook.programs.contradictions import Contradiction
from tallybook.programs.coupons_document import CouponSection, SharedCodes


def coupon_contradictions(coupons: Mapping[str, CouponSection]) -> Iterator[Contradiction]:
    """Everything that templates, each of them sound, say against each other."""
    first: dict[str, str] = {}
    for code, section in coupons.items():
        if isinstance(section.codes, SharedCodes):
            other = first.setdefault(section.codes.text.upper(), code)
            if other != code:
                yield ("coupons", code, "codes", "shared", "text"), f"is the code of {other} as well"
