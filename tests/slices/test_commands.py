"""Commands: what they refuse by themselves, and the fingerprints that tell one body from another."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
import tallybook as tb
from msgspec.structs import replace

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


def test_every_kind_is_tried() -> None:
    assert set(NEEDED) == set(KINDS)
    assert {kind.kind() for kind in KINDS} == set(tb.COMMANDS)


# --- fingerprints ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_fingerprint_does_not_see_defaults(kind: Kind) -> None:
    plain = command(kind)
    spelt_out = msgspec.structs.asdict(plain)
    assert kind(**spelt_out).fingerprint() == plain.fingerprint()


@pytest.mark.parametrize("kind", KINDS)
def test_a_fingerprint_does_not_see_defaults_that_were_read_from_somewhere(kind: Kind) -> None:
    """They are equal, and other objects: as from JSON, a database or another process."""
    plain = command(kind)
    arrived = pickle.loads(pickle.dumps(plain, pickle.HIGHEST_PROTOCOL))
    read = {
        name: copied(value)
        for name in kind.__struct_fields__
        if type(value := getattr(plain, name)) is str and can_be_set(kind, name)
    }
    assert replace(plain, **read).fingerprint() == arrived.fingerprint() == plain.fingerprint()


def copied(text: str) -> str:
    return "".join(list(text))


@pytest.mark.parametrize(("kind", "field"), with_fields(KINDS))
def test_a_fingerprint_sees_every_other_field(kind: Kind, field: str) -> None:
    is_same = command(kind, **{field: other(kind, field)}).fingerprint() == command(kind).fingerprint()
    assert is_same == ((kind, field) in draws.NOT_SEEN)


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
    "set_birthday": "58eb0300ef8cd5fe69889c43f9cb557a",
    "tag_member": "ac566312a81541c5aad804f63c903cbe",
    "untag_member": "0c8d811fbd186dd39b765803f46fb3fc",
    "link_identity": "4f66b4a65d621c19654fada49093500a",
    "unlink_identity": "b0a007595bc1651fb0a56ce3dbf77d19",
    "erase_member": "e186f04693262e41e2165b204633e1e2",
    "resolve_review": "3c31724f5488e319787e99e078b01d2e",
    "merge_members": "e18e1ad5920a1e140a9e77d3eaa3fa53",
    "split_members": "5cce08678c740465f6d9d818b43316e9",
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
    "transfer_value": "98014ce75c84b1259da1cc0ab23a4f02",
    "issue_card": "86f69d63ed8080404d1ebad899d46a8d",
    "activate_card": "f12e1ff4a23e20469e049a843b333b3b",
    "present_card": "f36a1362f6ae4d007ec6d1166226f64b",
    "claim_card": "3b64b9cf9a715faa0ea16b4080e618ed",
    "replace_card": "f34974f538b17d7271956316625dac3b",
    "void_card": "c27876e5a28712e80a0e893f33b49b3e",
    "issue_referral_code": "5a590e37e9bef4c7ff9fe2fc4727d790",
    "bind_referral": "b8d6d37dc6555f23e9adaae2f1d0447f",
    "buy_membership": "71ae37a6ccc1b96b3b1fef3e8f16a671",
    "renew_membership": "52a097492785e48665f115c022c66774",
    "grant_membership_days": "60932833d6baf61801883633afa1124c",
    "refund_membership": "24336f0aaa8df585aa5f064be9ae1be6",
    "cancel_membership": "82bc6affee0668c440a0255dc718b26d",
    "claim_task": "3e0b16441db3ac25428ca42b20a8ef56",
    "start_team": "0f526bcc34cee469f327892faae47f05",
    "join_team": "0e452281320317c0070815b6fa1091d2",
    "leave_team": "630dbf812f02172db8cb8c249d7d44c1",
    "override_tier": "e5d672484fb7c02fd57a28547643575b",
    "end_override": "0041536f323ca143072520ac521e6842",
    "use_benefit": "c3d3facdbc523af0aafe8f2f0af7bd02",
    "return_benefit": "bd0df27b5f6596d0431077c5df955852",
    **spelt.GOLDEN,
    **draws.GOLDEN,
    **mall.GOLDEN,
    **checkout.GOLDEN,
}
"""Stored with every entry: if one changes, a request that is sent again after an upgrade becomes an error."""


def full(kind: Kind) -> tb.Command[Any]:
    """A command with every field set."""
    return kind(**{field: other(kind, field) for field in kind.__struct_fields__ if can_be_set(kind, field)})


@pytest.mark.parametrize("kind", KINDS)
def test_fingerprints_stay_what_they_are(kind: Kind) -> None:
    assert full(kind).fingerprint().hex() == GOLDEN[kind.kind()]


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
