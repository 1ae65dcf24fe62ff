"""Program documents for tests, small and complete."""

import json
from collections.abc import Mapping
from typing import Any

from tallybook.programs import Program, compiled, parse

SMALL = """\
program: shop
timezone: Europe/Berlin
units:
  points:
    kind: redeemable
"""


def content(**changes: Any) -> dict[str, Any]:
    """The smallest document as plain values, with other sections added or put in place."""
    return {"program": "shop", "timezone": "UTC", "units": {"points": {"kind": "redeemable"}}, **changes}


def text(**changes: Any) -> str:
    """The same, as JSON."""
    return json.dumps(content(**changes))


def program(**changes: Any) -> Program:
    """The same, compiled as revision 1."""
    return compiled(parse(text(**changes)), 1)


def unit(**changes: Any) -> Mapping[str, Any]:
    """The units section with one redeemable unit."""
    return {"points": {"kind": "redeemable", **changes}}


def base(rounding: str = "floor", **changes: Any) -> Mapping[str, Any]:
    """The rules section with one rule: one point for every dollar, or otherwise."""
    rate = {"kind": "rate", "currency": "USD", "units": 1, "per": "1.00", **changes}
    return {"base": {"unit": "points", "formula": rate, "rounding": rounding}}
