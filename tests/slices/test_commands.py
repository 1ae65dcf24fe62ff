"""Commands: what they refuse by themselves, and that they arrive elsewhere as they were."""

import pickle
from datetime import UTC, datetime
from typing import Any

import pytest
import tallybook as tb

from tests.slices.every_command import (
    BEARERS,
    KINDS,
    NEEDED,
    Kind,
    command,
    full,
)


def test_every_kind_is_tried() -> None:
    assert set(NEEDED) == set(KINDS)
    assert {kind.kind() for kind in KINDS} == set(tb.COMMANDS)


# --- between processes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_command_arrives_in_another_process_as_it_was(kind: Kind) -> None:
    sent = full(kind)
    with tb.checked_before():
        arrived = pickle.loads(pickle.dumps(sent, pickle.HIGHEST_PROTOCOL))
    assert arrived == sent
    assert arrived.fingerprint() == sent.fingerprint()


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_checked_before_is_not_checked_again(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = pickle.dumps(full(kind), pickle.HIGHEST_PROTOCOL)

    def fail(_: object) -> None:
        raise tb.InvalidInput("everything", "is looked at")

    monkeypatch.setattr(kind, "check_all", fail)
    with tb.checked_before():
        pickle.loads(sent)
    with pytest.raises(Exception, match="is looked at"):
        pickle.loads(sent)


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
    (tb.Enroll, {"member": "card:b-1"}, "member"),
    (tb.TransferValue, {"to_member": "m1"}, "to_member"),
    *((kind, {"member": "m1"}, "member") for kind in BEARERS),
    *((kind, {"code_hash": "A"}, "code_hash") for kind in (tb.IssueCard, tb.PresentCard, tb.ReplaceCard)),
    *((kind, {"pin_hash": 1234}, "pin_hash") for kind in (tb.IssueCard, tb.PresentCard, tb.ReplaceCard)),
    (tb.IssueCard, {"batch": ""}, "batch"),
    (tb.IssueCard, {"renews": 1}, "renews"),
    (tb.ActivateCard, {"payment": " "}, "payment"),
    (tb.ClaimCard, {"card": "m2"}, "card"),
    (tb.ClaimCard, {"member": "card:b-1"}, "member"),
    (tb.VoidCard, {"reason": ""}, "reason"),
    (tb.ReplaceCard, {"reason": ""}, "reason"),
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
