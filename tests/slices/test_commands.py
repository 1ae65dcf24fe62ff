"""Commands: what they refuse by themselves, and the fingerprints that tell one body from another."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
import tallybook as tb

Kind = type[tb.Command[Any]]

KINDS: list[Kind] = list(tb.COMMANDS.values())
WHO: dict[str, Any] = {"program": "shop", "member": "m1", "request_id": "r1"}

NEEDED: dict[Kind, dict[str, Any]] = {
    tb.Enroll: {},
    tb.Freeze: {"reason": "x"},
    tb.Unfreeze: {"reason": "x"},
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
    "event": tb.Custom(name="visit", event_id="v2"),
    "plan": "big",
    "top_up_id": "T2",
    "payment": "gateway-1",
    "payout_id": "P2",
    "is_named": False,
}
"""Another value for each field there is, none of them a default."""


def command(kind: Kind, **fields: Any) -> tb.Command[Any]:
    return kind(**{**WHO, **NEEDED[kind], **fields})


def with_fields(kinds: list[Kind]) -> list[tuple[Kind, str]]:
    """Every field of every kind that can be set by itself."""
    return [(kind, field) for kind in kinds for field in kind.__struct_fields__ if can_be_set(kind, field)]


def can_be_set(kind: Kind, field: str) -> bool:
    return (kind, field) != (tb.RecordEvent, "request_id")


def test_every_kind_is_tried() -> None:
    assert set(NEEDED) == set(KINDS)
    assert {kind.kind() for kind in KINDS} == set(tb.COMMANDS)


# --- fingerprints ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_fingerprint_does_not_see_defaults(kind: Kind) -> None:
    plain = command(kind)
    spelt_out = msgspec.structs.asdict(plain)
    assert kind(**spelt_out).fingerprint() == plain.fingerprint()


@pytest.mark.parametrize(("kind", "field"), with_fields(KINDS))
def test_a_fingerprint_sees_every_other_field(kind: Kind, field: str) -> None:
    assert command(kind, **{field: OTHERS[field]}).fingerprint() != command(kind).fingerprint()


def test_a_fingerprint_sees_the_kind() -> None:
    alike: list[tb.Command[Any]] = [
        tb.Redeem(**WHO, unit="points", amount=1),
        tb.Hold(**WHO, unit="points", amount=1),
    ]
    assert alike[0].fingerprint() != alike[1].fingerprint()


def test_a_fingerprint_does_not_see_the_order_of_metadata() -> None:
    bodies = [
        command(tb.Enroll, metadata={"a": "1", "b": "2"}),
        command(tb.Enroll, metadata={"b": "2", "a": "1"}),
    ]
    assert bodies[0].fingerprint() == bodies[1].fingerprint()


def test_a_fingerprint_sees_the_moment_and_not_the_zone_it_was_told_in() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    told = [noon, noon.astimezone(timezone(timedelta(hours=9))), noon + timedelta(microseconds=1)]
    prints = [command(tb.Enroll, occurred_at=moment).fingerprint() for moment in told]
    assert prints[0] == prints[1] != prints[2]


GOLDEN = {
    "enroll": "4b55fc54208d913595c400daa260e402",
    "freeze": "fca16ad7b1941304cc14070fb6a644f4",
    "unfreeze": "bb49c1851aae6df91351adbceba5b6ab",
    "award": "8ffa5f5f20bdd1a9d7f7a41d430545d5",
    "redeem": "13151232a775183b23b934edff985077",
    "hold": "d89f88910debbabba87a11b0ad86cabc",
    "capture": "fc5df17ad4f4d5da06dd1457f0a5ac44",
    "release": "b0e1d501f33401b5074378698b68a3a9",
    "reverse": "9e548fb20da8d36a94e39065c3c3c10e",
    "adjust": "9de5522bf7c0f8ba14c16bc889ef89b1",
    "gift": "ad6e10d9a31e37e4354116d339122bcf",
    "record_event": "a5e5a09e78b2fcbabf441e2d9450a969",
    "top_up": "75705a701dd4a70d8fd678ca1342b4e4",
    "confirm_top_up": "53014923cf7738866badfb42229a3a83",
    "cancel_top_up": "5cf408e37aba5f14abb2bf8ada6e5b3f",
    "spend_value": "16b8f0eb95a2fb0a21d66dc28d10e94e",
    "refund_spend": "f0c3b417fff9d5949f464e39c0b8f364",
    "request_top_up_refund": "d68798607b9bc20aebe68f272bc51ef7",
    "request_withdrawal": "3841815f2253e260aceb3d34c3d63789",
    "confirm_payout": "03c3a890869246ba94e64a3da4754bfd",
    "cancel_payout": "79af35a7dd6afee0653d37ef01ce7180",
    "reactivate": "1ca22a35838bd3647ee39738028642fd",
    "name_holder": "58800284c74c6ade9ffe5c5dee797efb",
}
"""Stored with every entry: if one changes, a request that is sent again after an upgrade becomes an error."""


def full(kind: Kind) -> tb.Command[Any]:
    """A command with every field set."""
    return kind(**{field: OTHERS[field] for field in kind.__struct_fields__ if can_be_set(kind, field)})


@pytest.mark.parametrize("kind", KINDS)
def test_fingerprints_stay_what_they_are(kind: Kind) -> None:
    assert full(kind).fingerprint().hex() == GOLDEN[kind.kind()]


# --- what is refused -------------------------------------------------------------------------------------

MAX = 2**63 - 1
BAD: list[tuple[Kind, dict[str, Any], str]] = [
    *((kind, {"program": ""}, "program") for kind in KINDS),
    *((kind, {"member": "a" * 129}, "member") for kind in KINDS),
    *((kind, {"request_id": "é"}, "request_id") for kind in KINDS),
    *((kind, {"occurred_at": datetime(9000, 1, 2, tzinfo=UTC)}, "occurred_at") for kind in KINDS),
    *((kind, {"occurred_at": "now"}, "occurred_at") for kind in KINDS),
    *((kind, {"source": "x" * 513}, "source") for kind in KINDS),
    *((kind, {"reason": "\x00"}, "reason") for kind in KINDS),
    *((kind, {"metadata": {"a": "x" * 513}}, "metadata[a]") for kind in KINDS),
    *((kind, {"metadata": None}, "metadata") for kind in KINDS),
    *((kind, {"amount": 0}, "amount") for kind in KINDS if "amount" in kind.__struct_fields__),
    *((kind, {"amount": MAX + 1}, "amount") for kind in KINDS if "amount" in kind.__struct_fields__),
    *((kind, {"amount": 1.0}, "amount") for kind in KINDS if "amount" in kind.__struct_fields__),
    *((kind, {"amount": True}, "amount") for kind in KINDS if "amount" in kind.__struct_fields__),
    *((kind, {"unit": ""}, "unit") for kind in KINDS if "unit" in kind.__struct_fields__),
    *((kind, {"fund": ""}, "fund") for kind in KINDS if "fund" in kind.__struct_fields__),
    *(
        (kind, {"amount": -1}, "amount")
        for kind in (tb.Award, tb.Redeem, tb.Hold, tb.Capture, tb.Reverse, tb.Gift)
    ),
    (tb.Adjust, {"amount": -MAX - 1}, "amount"),
    (tb.Adjust, {"reason": ""}, "reason"),
    (tb.Adjust, {"allow_arrears": 1}, "allow_arrears"),
    (tb.Redeem, {"allow_partial": "no"}, "allow_partial"),
    (tb.Freeze, {"reason": ""}, "reason"),
    (tb.Freeze, {"scope": "everything"}, "scope"),
    (tb.Freeze, {"scope": ""}, "scope"),
    (tb.Unfreeze, {"reason": ""}, "reason"),
    (tb.Hold, {"hold_id": " H1"}, "hold_id"),
    (tb.Hold, {"seconds": 0}, "seconds"),
    (tb.Hold, {"seconds": 1.5}, "seconds"),
    (tb.Capture, {"hold_id": ""}, "hold_id"),
    (tb.Release, {"hold_id": ""}, "hold_id"),
    (tb.Reverse, {"entry": 0}, "entry"),
    (tb.Reverse, {"entry": "2"}, "entry"),
    (tb.Reverse, {"shortfall": "forgive"}, "shortfall"),
    (tb.Gift, {"to_member": ""}, "to_member"),
    (tb.Gift, {"to_member": "m1"}, "to_member"),
    (tb.Award, {"vests_on": "2026-01-01"}, "vests_on"),
    (tb.Award, {"expires_on": datetime(2026, 1, 1, tzinfo=UTC)}, "expires_on"),
]


@pytest.mark.parametrize(("kind", "fields", "field"), BAD)
def test_a_field_that_makes_no_sense_is_named(kind: Kind, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(tb.InvalidInput) as refused:
        command(kind, **fields)
    assert refused.value.field == field
    assert str(refused.value).startswith(f"{field}: must ")


def test_a_command_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        command(tb.Enroll).member = "m2"  # type: ignore[misc]
