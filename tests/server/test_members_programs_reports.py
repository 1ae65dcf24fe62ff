"""Every rpc about members, programs and the whole book, through the real client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from tallybook_client import FreezeScope, TallybookClient, errors
from tallybook_client._gen.tallybook.v1.program_pb2 import (
    ExpiryKind,
    LapsedPolicy,
    ShortfallPolicy,
    UnitKind,
)
from tallybook_client._gen.tallybook.v1.program_service_pb2 import ListProgramRevisionsRequest
from tallybook_client._gen.tallybook.v1.rule_pb2 import Rounding
from tallybook_client.contract import Contract

from tests.server.serving import PROGRAM, Served

WHOLE = """
program: {code}
display_name: Whole
timezone: Asia/Shanghai
funds: [principal, bonus]
units:
  a: {{kind: redeemable, expiry: {{kind: after_days, days: 9}}, vesting: {{kind: after_days, days: 3}}}}
  b: {{kind: money, scale: 2, spend_order: {{kind: fund_order, funds: [bonus, principal]}}}}
  c: {{kind: qualifying, expiry: {{kind: on_date, date: "2030-12-31"}}}}
  d: {{kind: redeemable, expiry: {{kind: after_idle_months, months: 6}}}}
  e: {{kind: redeemable, expiry: {{kind: end_of_quarter, plus_months: 4}}}}
rules:
  base: {{unit: d, formula: {{kind: rate, units: "0.5", per: 100, currency: JPY}}, rounding: half_even}}
refunds: {{shortfall: only_pending, lapsed: {{kind: grace_days, days: 7}}}}
holds: {{default_seconds: 60, longest_seconds: 600}}
request_retention_days: 45
"""


def test_a_member_is_known_after_enrolling(client: TallybookClient) -> None:
    reply = client.enroll_member("known", request_id="e1")
    assert (reply.entry, reply.replayed) == (1, False)
    assert client.enroll_member("known", request_id="e1").replayed
    member = client.get_member("known").member
    assert (member.program, member.member, member.version) == ("shop", "known", 1)
    assert member.enrolled_at == reply.recorded_at
    assert member.frozen == FreezeScope.FREEZE_SCOPE_UNSPECIFIED
    with pytest.raises(errors.MemberExists):
        client.enroll_member("known", request_id="e2")


def test_a_frozen_member_is_told_why(client: TallybookClient, member: str) -> None:
    reply = client.freeze_member(member, scope=FreezeScope.FREEZE_SCOPE_REDEEM, reason="review")
    assert reply.scope == FreezeScope.FREEZE_SCOPE_REDEEM
    client.award(member, amount=5, unit="points")
    with pytest.raises(errors.MemberFrozen) as caught:
        client.redeem(member, amount=5, unit="points")
    assert (caught.value.scope, caught.value.frozen_reason) == ("redeem", "review")
    known = client.get_member(member).member
    assert (known.frozen, known.frozen_reason) == (FreezeScope.FREEZE_SCOPE_REDEEM, "review")
    assert client.unfreeze_member(member, reason="cleared").scope == FreezeScope.FREEZE_SCOPE_UNSPECIFIED
    assert client.redeem(member, amount=5, unit="points").amount == 5


def test_a_program_comes_back_as_it_was_understood(client: TallybookClient) -> None:
    document = WHOLE.format(code="whole")
    applied = client.apply_program(document)
    assert (applied.revision, applied.unchanged, applied.program.program) == (1, False, "whole")
    program = applied.program
    assert (program.display_name, program.timezone, program.document) == ("Whole", "Asia/Shanghai", document)
    assert list(program.funds) == ["bonus", "house", "principal"]
    assert abs(program.applied_at.ToDatetime(UTC) - datetime.now(UTC)) < timedelta(minutes=1)
    units = {unit.unit: unit for unit in program.units}
    assert (units["a"].expiry.kind, units["a"].expiry.days) == (ExpiryKind.EXPIRY_KIND_AFTER_DAYS, 9)
    assert (units["a"].vesting_days, units["b"].scale) == (3, 2)
    assert (units["b"].kind, list(units["b"].spend_order)) == (
        UnitKind.UNIT_KIND_MONEY,
        ["bonus", "principal"],
    )
    assert (units["c"].expiry.date.year, units["c"].kind) == (2030, UnitKind.UNIT_KIND_QUALIFYING)
    assert units["d"].expiry.months == 6
    assert (units["e"].expiry.kind, units["e"].expiry.plus_months) == (
        ExpiryKind.EXPIRY_KIND_END_OF_QUARTER,
        4,
    )
    (rule,) = program.rules
    assert (rule.rule, rule.unit, rule.rounding) == ("base", "d", Rounding.ROUNDING_HALF_EVEN)
    assert (rule.rate.currency, rule.rate.steps, rule.rate.per_minor_units) == ("JPY", 1, 200)
    assert program.refunds.shortfall == ShortfallPolicy.SHORTFALL_POLICY_ONLY_PENDING
    assert (program.refunds.lapsed, program.refunds.grace_days) == (LapsedPolicy.LAPSED_POLICY_GRACE_DAYS, 7)
    assert (program.holds.default_seconds, program.holds.longest_seconds) == (60, 600)
    assert program.request_retention_days == 45


def test_applying_again_changes_nothing(client: TallybookClient) -> None:
    first = client.apply_program(WHOLE.format(code="again"))
    again = client.apply_program("# only a comment more\n" + WHOLE.format(code="again"), etag="old")
    assert (again.revision, again.etag, again.unchanged) == (1, first.etag, True)


def test_a_new_revision_follows_the_one_it_knows(client: TallybookClient) -> None:
    one, two = WHOLE.format(code="etags"), WHOLE.format(code="etags").replace("Whole", "Other")
    etag = client.apply_program(one).etag
    with pytest.raises(errors.StaleEtag) as caught:
        client.apply_program(two, etag="f00")
    assert (caught.value.expected, caught.value.current) == ("f00", etag)
    trial = client.apply_program(two, etag=etag, validate_only=True)
    assert (trial.revision, trial.program.display_name, trial.unchanged) == (2, "Other", False)
    assert not trial.program.HasField("applied_at")
    assert [(each.path, each.before, each.after) for each in trial.changes] == [
        ("display_name", '"Whole"', '"Other"')
    ]
    assert client.apply_program(two, etag=etag).revision == 2


def test_a_revision_is_planned_and_seen_coming(served: Served) -> None:
    with served.client(program="planned") as client:
        first = client.apply_program(WHOLE.format(code="planned"))
        at = (datetime.now(UTC) + timedelta(days=30)).replace(microsecond=0)
        other = WHOLE.format(code="planned").replace("Whole", "Other") + "funds: [principal]\n"
        other = other.replace("funds: [principal, bonus]\n", "").replace("[bonus, principal]", "[principal]")
        planned = client.apply_program(other, apply_time=at, etag=first.etag)
        assert planned.program.in_force_from.ToDatetime(UTC) == at
        assert (planned.revision, planned.moves_days) == (2, False)
        removed = next(each for each in planned.changes if not each.HasField("after"))
        assert (removed.path, removed.before) == ("funds[1]", '"bonus"')
        assert client.get_program().program.revision == 1
        assert client.get_program(revision=2).program.in_force_from.ToDatetime(UTC) == at
        revisions = list(client.list_program_revisions(page_size=1))
        assert [(each.revision, each.in_force_from.ToDatetime(UTC) == at) for each in revisions] == [
            (2, True),
            (1, False),
        ]
        assert [each.etag for each in revisions] == [planned.etag, first.etag]
        with pytest.raises(errors.RevisionPlanned) as caught:
            client.apply_program(other.replace("Other", "Third"))
        assert (caught.value.revision, caught.value.in_force_from) == (2, at)
        with pytest.raises(errors.StaleEtag):
            client.apply_program(other.replace("Other", "Third"), apply_time=at, etag=first.etag)


def test_a_time_that_has_passed_is_a_mistake_in_the_field(client: TallybookClient) -> None:
    client.apply_program(WHOLE.format(code="late"))
    with pytest.raises(errors.FieldInvalid) as caught:
        client.apply_program(
            WHOLE.format(code="late").replace("Whole", "Other"),
            apply_time=datetime.now(UTC) - timedelta(days=1),
        )
    assert caught.value.field == "apply_time"


def test_a_page_of_revisions_belongs_to_its_program(served: Served) -> None:
    for code in ("paged-a", "paged-b"):
        with served.client(program=code) as client:
            for name in ("Whole", "Other"):
                client.apply_program(WHOLE.format(code=code).replace("Whole", name))
    with served.client(program="paged-a") as client:
        method = Contract.list_program_revisions.method
        page = client.call(method, ListProgramRevisionsRequest(page_size=1))
        other = ListProgramRevisionsRequest(program="paged-b", page_token=page.next_page_token)
        with pytest.raises(errors.PageTokenInvalid):
            client.call(method, other)
        with pytest.raises(errors.FieldInvalid):
            client.call(method, ListProgramRevisionsRequest(page_size=-1))
    with served.client(program="nowhere") as client, pytest.raises(errors.UnknownProgram):
        list(client.list_program_revisions())


def test_each_revision_can_be_read(served: Served) -> None:
    with served.client(program="readable") as client:
        client.apply_program(WHOLE.format(code="readable"))
        client.apply_program(WHOLE.format(code="readable").replace("Whole", "Newer"))
        assert client.get_program().program.display_name == "Newer"
        assert client.get_program(revision=1).program.display_name == "Whole"
        with pytest.raises(errors.UnknownProgram) as caught:
            client.get_program(revision=3)
        assert caught.value.metadata["revision"] == "3"
    with served.client(program="nowhere") as client, pytest.raises(errors.UnknownProgram):
        client.get_program()


def test_programs_are_listed_in_pages(client: TallybookClient) -> None:
    for code in ("list-a", "list-b", "list-c"):
        client.apply_program(WHOLE.format(code=code))
    codes = [program.program for program in client.list_programs(page_size=2)]
    assert codes == sorted(codes)
    assert {"list-a", "list-b", "list-c", "shop"} <= set(codes)


def test_a_typo_in_a_program_is_told_with_its_place(client: TallybookClient) -> None:
    document = PROGRAM.replace("kind: redeemable", "kind: redemable", 1).replace("timezone", "time_zone")
    with pytest.raises(errors.ProgramInvalid) as caught:
        client.apply_program(document)
    violations = {violation.field: violation.description for violation in caught.value.violations}
    assert "line 7, column" in violations["units.points.kind"]
    assert "timezone" in violations["time_zone"]


def test_a_thousand_mistakes_still_fit_a_status(client: TallybookClient) -> None:
    units = "".join(f"  u{number}: {{kind: nothing, scale: many}}\n" for number in range(99))
    with pytest.raises(errors.ProgramInvalid) as caught:
        client.apply_program("program: wrong\ntimezone: UTC\nunits:\n" + units)
    assert int(caught.value.metadata["total"]) >= 198
    assert 1 < len(caught.value.violations) < 100


def test_the_trial_balance_adds_up(served: Served) -> None:
    with served.client(program="balanced") as client:
        client.apply_program(PROGRAM.replace("program: shop", "program: balanced"))
        client.enroll_member("m1")
        client.award("m1", amount=100, unit="points")
        client.redeem("m1", amount=30, unit="points")
        client.award("m1", amount=7, unit="growth")
        reply = client.get_trial_balance()
        rows = {(row.unit, row.account): int(row.amount) for row in reply.rows}
        assert rows["points", "available"] == 70
        assert rows["points", "issued"] == -100
        assert sum(amount for (unit, _), amount in rows.items() if unit == "points") == 0
        assert {row.unit for row in client.get_trial_balance(unit="growth").rows} == {"growth"}
        assert abs(reply.as_of.ToDatetime(UTC) - datetime.now(UTC)) < timedelta(minutes=1)


def test_verification_tells_its_progress_and_its_sum(
    client: TallybookClient, new_member: Callable[[], str]
) -> None:
    member = new_member()
    client.award(member, amount=5, unit="points")
    *before, last = list(client.verify())
    assert any(each.HasField("progress") for each in before)
    assert last.summary.members >= 1
    assert last.summary.disagreements == 0
    (*_, alone) = client.verify(member=member)
    assert (alone.summary.members, alone.summary.entries) == (1, 2)
    with pytest.raises(errors.UnknownMember):
        list(client.verify(member="nobody"))
