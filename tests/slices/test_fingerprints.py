"""The fingerprints that tell one body of a command from another."""

import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
import tallybook as tb
from msgspec.structs import replace

from tests.slices.checkout import spelt as checkout
from tests.slices.coupons import spelt
from tests.slices.draws import spelt as draws
from tests.slices.every_command import (
    KINDS,
    WHO,
    Kind,
    can_be_set,
    command,
    full,
    other,
    with_fields,
)
from tests.slices.mall import spelt as mall


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


@pytest.mark.parametrize("kind", KINDS)
def test_fingerprints_stay_what_they_are(kind: Kind) -> None:
    assert full(kind).fingerprint().hex() == GOLDEN[kind.kind()]
