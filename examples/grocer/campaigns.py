"""The 27 campaigns, and the rules that the program has for them. Pure: no clock, no database.

What a household was invited to goes with each of its purchases, as an attribute; the rule's window knows the
dates. The data says of a campaign only its type, A, B or C: what each type gives is the example's invention.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

PROGRAM = Path(__file__).with_name("program.yaml")

REWARDS: Mapping[str, Mapping[str, Any]] = {
    # Ten points for a basket of twenty dollars.
    "Type A": {
        "formula": {"kind": "fixed", "units": 10},
        "caps": [{"period": "month", "most": 40}],
    },
    # Half as much again.
    "Type B": {
        "formula": {"kind": "multiplier", "times": "1.5", "of": ["base"]},
        "caps": [{"period": "month", "most": 50}],
    },
    # More for large baskets.
    "Type C": {
        "formula": {
            "kind": "steps",
            "currency": "USD",
            "steps": [{"spend": "50.00", "units": 10}, {"spend": "100.00", "units": 30}],
        },
    },
}
LARGE_ENOUGH = {"Type A": " && order.spend >= 2000"}


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign as the data has it: both days are part of it, in the grocer's time zone."""

    number: int
    kind: str
    first_day: date
    last_day: date


def attribute(number: int) -> str:
    """What a purchase of a household that takes part in a campaign is marked with."""
    return f"campaign_{number}"


def program_with(campaigns: Iterable[Campaign]) -> str:
    """The program as a document, in JSON: what the file says, and a rule for each campaign."""
    document = yaml.safe_load(PROGRAM.read_text(encoding="utf-8"))
    document["rules"] |= {attribute(campaign.number): _rule(campaign) for campaign in campaigns}
    return json.dumps(document, indent=2)


def _rule(campaign: Campaign) -> dict[str, Any]:
    takes_part = f"has(event.attributes.{attribute(campaign.number)})"
    return {
        "unit": "points",
        **REWARDS[campaign.kind],
        "when": {"from": campaign.first_day.isoformat(), "until": campaign.last_day.isoformat()},
        "condition": takes_part + LARGE_ENOUGH.get(campaign.kind, ""),
        "priority": 10,
    }
