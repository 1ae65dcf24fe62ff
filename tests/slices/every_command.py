"""Every kind of command: what it needs, and other values for its fields. Knows no pytest."""

from datetime import UTC, date, datetime
from typing import Any

import tallybook as tb

from tests.slices.checkout import spelt as checkout
from tests.slices.coupons import spelt
from tests.slices.draws import spelt as draws
from tests.slices.mall import spelt as mall

Kind = type[tb.Command[Any]]

KINDS: list[Kind] = list(tb.COMMANDS.values())
WHO: dict[str, Any] = {"program": "shop", "member": "m1", "request_id": "r1"}

NEEDED: dict[Kind, dict[str, Any]] = {
    tb.Enroll: {},
    tb.Freeze: {"reason": "x"},
    tb.Unfreeze: {"reason": "x"},
    tb.SetBirthday: {"month": 2, "day": 29},
    tb.TagMember: {"tags": ("vip",)},
    tb.UntagMember: {"tags": ("vip",)},
    tb.LinkIdentity: {"identity": tb.Identity(kind="phone", hashes={"e164": "0" * 64})},
    tb.UnlinkIdentity: {"identity": tb.Identity(kind="phone", hashes={"e164": "0" * 64})},
    tb.EraseMember: {},
    tb.ResolveReview: {
        "review_id": "burst/1",
        "decision": tb.ReviewDecision.CLEARED,
        "decided_by": "kim",
    },
    tb.MergeMembers: {"other": "m2"},
    tb.SplitMembers: {"other": "m2"},
    tb.Award: {"unit": "points", "amount": 1},
    tb.Redeem: {"unit": "points", "amount": 1},
    tb.Hold: {"unit": "points", "amount": 1},
    tb.Capture: {"hold_id": "H1"},
    tb.Release: {"hold_id": "H1"},
    tb.Reverse: {"entry": 2},
    tb.Adjust: {"unit": "points", "amount": 1, "reason": "x"},
    tb.Gift: {"to_member": "m2", "unit": "points", "amount": 1},
    tb.RecordEvent: {"event": tb.Custom(name="visit", event_id="v1"), "request_id": ""},
    tb.TopUp: {"unit": "USD", "amount": 1},
    tb.ConfirmTopUp: {"top_up_id": "T1", "amount": 1},
    tb.CancelTopUp: {"top_up_id": "T1"},
    tb.SpendValue: {"unit": "USD", "amount": 1},
    tb.RefundSpend: {"entry": 2},
    tb.RequestTopUpRefund: {"top_up_id": "T1"},
    tb.RequestWithdrawal: {"unit": "USD", "amount": 1},
    tb.ConfirmPayout: {"payout_id": "P1"},
    tb.CancelPayout: {"payout_id": "P1"},
    tb.Reactivate: {"unit": "USD", "reason": "x"},
    tb.NameHolder: {"reason": "x"},
    tb.TransferValue: {"to_member": "m2", "unit": "USD", "amount": 1},
    tb.IssueCard: {"member": "card:b-1", "batch": "b", "unit": "USD", "code_hash": "0" * 64},
    tb.ActivateCard: {"member": "card:b-1", "amount": 1},
    tb.PresentCard: {"member": "caller:x", "code_hash": "0" * 64},
    tb.ClaimCard: {"card": "card:b-1"},
    tb.ReplaceCard: {"member": "card:b-1", "code_hash": "0" * 64, "reason": "x"},
    tb.VoidCard: {"member": "card:b-1", "reason": "x"},
    tb.IssueReferralCode: {},
    tb.BindReferral: {"code": "ANNA-2027"},
    tb.BuyMembership: {"plan": "plus"},
    tb.RenewMembership: {"plan": "plus"},
    tb.GrantMembershipDays: {"plan": "plus", "days": 1, "reason": "x"},
    tb.RefundMembership: {"plan": "plus"},
    tb.CancelMembership: {"plan": "plus"},
    tb.ClaimTask: {"task": "twice"},
    tb.StartTeam: {"team": "t1", "team_kind": "together", "event_key": "purchase/o1"},
    tb.JoinTeam: {"team": "t1", "event_key": "purchase/o1"},
    tb.LeaveTeam: {"team": "t1"},
    tb.OverrideTier: {"ladder": "status", "tier": "gold", "until": date(2027, 1, 1), "reason": "x"},
    tb.EndOverride: {"ladder": "status"},
    tb.UseBenefit: {"quota": "free_shipping"},
    tb.ReturnBenefit: {"use": "u1"},
    **spelt.NEEDED,
    **draws.NEEDED,
    **mall.NEEDED,
    **checkout.NEEDED,
}
"""The fields without which a kind of command makes no sense. An event's own id is its request id."""

OTHERS: dict[str, Any] = {
    "program": "shoq",
    "member": "m3",
    "request_id": "r2",
    "occurred_at": datetime(2026, 1, 1, tzinfo=UTC),
    "source": "till 4",
    "reason": "y",
    "metadata": {"store": "12"},
    "unit": "stars",
    "amount": 7,
    "fund": "partner",
    "vests_on": date(2026, 1, 1),
    "expires_on": date(2026, 1, 1),
    "allow_partial": True,
    "allow_arrears": True,
    "hold_id": "H2",
    "seconds": 60,
    "entry": 3,
    "shortfall": tb.Shortfall.ARREARS,
    "to_member": "m4",
    "scope": tb.Scope.EARN,
    "month": 3,
    "day": 1,
    "tags": ("staff",),
    "identity": tb.Identity(kind="email", hashes={"lower": "1" * 64}),
    "review_id": "burst/2",
    "decision": tb.ReviewDecision.CONFIRMED,
    "decided_by": "lee",
    "other": "m5",
    "event": tb.Custom(name="visit", event_id="v2"),
    "plan": "big",
    "top_up_id": "T2",
    "payment": "gateway-1",
    "payout_id": "P2",
    "is_named": False,
    "batch": "c",
    "code_hash": "1" * 64,
    "pin_hash": "2" * 64,
    "renews": True,
    "card": "card:c-1",
    "code": "BEN-2027",
    "paid": 7,
    "upgrade_from": "small",
    "days": 7,
    "task": "thrice",
    "since": date(2026, 1, 1),
    "ladder": "other",
    "tier": "silver",
    "until": date(2026, 1, 1),
    "exactly": True,
    "quota": "lounge",
    "times": 7,
    "use": "u2",
    "team": "t2",
    "team_kind": "meeting",
    "event_key": "purchase/o2",
    **spelt.OTHERS,
    **draws.OTHERS,
    **mall.OTHERS,
    **checkout.OTHERS,
}
"""Another value for each field there is, none of them a default."""
BEARERS: dict[Kind, str] = {
    **dict.fromkeys((tb.IssueCard, tb.ActivateCard, tb.ReplaceCard, tb.VoidCard), "card:c-2"),
    tb.PresentCard: "caller:y",
    **spelt.BEARERS,
    **draws.BEARERS,
    **mall.BEARERS,
}
"""Another member, for those that are no member's."""


def other(kind: Kind, field: str) -> Any:
    if (kind, field) == (tb.BuyMembership, "renews"):  # the others' default is its other value
        return False
    return BEARERS.get(kind, OTHERS[field]) if field == "member" else OTHERS[field]


def command(kind: Kind, **fields: Any) -> tb.Command[Any]:
    return kind(**{**WHO, **NEEDED[kind], **fields})


def with_fields(kinds: list[Kind]) -> list[tuple[Kind, str]]:
    """Every field of every kind that can be set by itself."""
    return [(kind, field) for kind in kinds for field in kind.__struct_fields__ if can_be_set(kind, field)]


def can_be_set(kind: Kind, field: str) -> bool:
    never = {(tb.RecordEvent, "request_id"), (tb.BindReferral, "referrer")}
    never |= spelt.NOT_TOGETHER | mall.NOT_TOGETHER | checkout.NOT_TOGETHER
    return (kind, field) not in never


def full(kind: Kind) -> tb.Command[Any]:
    """A command with every field set."""
    return kind(**{field: other(kind, field) for field in kind.__struct_fields__ if can_be_set(kind, field)})
