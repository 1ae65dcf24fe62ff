"""The commands about tiers, benefits and tasks, and their words. Knows the client alone."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from google.protobuf.message import Message

from ._gen.tallybook.v1.task_pb2 import ClaimTaskResponse, TaskProgress
from ._gen.tallybook.v1.tier_pb2 import (
    BenefitQuota,
    EndOverrideResponse,
    LadderStanding,
    MissingForTier,
    OverrideTierResponse,
    ReturnBenefitResponse,
    UseBenefitResponse,
)
from ._gen.tallybook.v1.tier_service_pb2 import GetTierAtResponse, GetTiersResponse
from .arguments import common, day, moment
from .cli_money import Commands
from .client import TallybookClient
from .text import LINES, Lines, change_text, day_text, given_text, instant_text

Arguments = argparse.Namespace


def _tiers(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_tiers(given.member)


def _tier_at(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_tier_at(given.member, given.ladder, given.at)


def _override(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.override_tier(
        given.member,
        given.ladder,
        given.tier,
        until=given.until,
        exactly=given.exactly,
        **common(given),
    )


def _end(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.end_override(given.member, given.ladder, **common(given))


def _use(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.use_benefit(given.member, given.quota, times=given.times, **common(given))


def _return(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.return_benefit(given.member, given.use, times=given.times, **common(given))


def _tasks(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.get_tasks(given.member).tasks


def _claim(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.claim_task(given.member, given.task, since=given.since, **common(given))


def add_growth(commands: Commands, writes: argparse.ArgumentParser, reads: argparse.ArgumentParser) -> None:
    """The commands about tiers, benefits and tasks."""
    commands.add_of_member("tiers", _tiers, reads, "show where a member stands, and what is missing")
    then = commands.add_of_member("tier-at", _tier_at, reads, "show the tier that a member had")
    then.add_argument("ladder", help="code of the ladder")
    then.add_argument("at", type=moment, help="when, such as 2027-01-31T12:00:00+00:00")
    override = commands.add_of_member("override-tier", _override, writes, "set a tier by hand, with a reason")
    override.add_argument("ladder", help="code of the ladder")
    override.add_argument("tier", help="code of the tier; empty, with --exactly, is none")
    override.add_argument("until", type=day, help="the last day, such as 2027-01-31")
    override.add_argument(
        "--exactly", action="store_true", help="neither more nor less, however much there is"
    )
    end = commands.add_of_member("end-override", _end, writes, "end what was set by hand")
    end.add_argument("ladder", help="code of the ladder")
    use = commands.add_of_member("use-benefit", _use, writes, "use a benefit that is had so many times")
    use.add_argument("quota", help="name of the benefit")
    back = commands.add_of_member("return-benefit", _return, writes, "give uses of a benefit back")
    back.add_argument("use", help="request id of the use")
    for command, absent in ((use, "once"), (back, "all that are left")):
        command.add_argument("--times", type=int, help=f"how many times ({absent})")
    commands.add_of_member("tasks", _tasks, reads, "show how far a member is in every task")
    claim = commands.add_of_member("claim", _claim, writes, "claim what a task gives")
    claim.add_argument("task", help="code of the task")
    claim.add_argument("--since", type=day, help="first day of its period (the one with the least time left)")


# --- words -----------------------------------------------------------------------------------------------


def _standings(reply: GetTiersResponse) -> Lines:
    for standing in reply.ladders:
        yield from _standing(standing)
    benefits = reply.benefits
    for unit, times in sorted(benefits.multipliers.items()):
        yield f"{unit} times {times}"
    if benefits.discount_basis_points:
        whole, part = divmod(benefits.discount_basis_points, 100)
        yield f"discount {whole}.{part:02} %"
    yield from map(_quota, benefits.quotas)
    for entitlement in benefits.entitlements:
        yield f"entitled to {entitlement}"
    for past in reply.history:
        detail = f": {past.detail}" if past.detail else ""
        yield f"{instant_text(past.at)}  {change_text(past.change)}{detail}"


def _standing(standing: LadderStanding) -> Lines:
    override = standing.override
    by_hand = ""
    if standing.HasField("override"):
        by_hand = f", set by hand through {day_text(override.until)}: {override.reason}"
    until = f", through {day_text(standing.valid_through)}" if standing.HasField("valid_through") else ""
    grace = (
        f", in grace through {day_text(standing.grace_through)}" if standing.HasField("grace_through") else ""
    )
    yield f"{standing.ladder}: {standing.tier or 'no tier'}{until}{grace}{by_hand}"
    if standing.counts:
        yield f"  has {_amounts(standing.counts)}"
    if standing.next_tier:
        yield f"  for {standing.next_tier} missing: {_ways(standing.to_next)}"
    if standing.to_keep:
        yield f"  to keep {standing.own_tier} missing: {_ways(standing.to_keep)}"
    if standing.HasField("drop"):
        yield f"  {standing.drop.tier or 'no tier'} from {instant_text(standing.drop.at)} if nothing comes in"
    for lapse in standing.lapses:
        yield f"  {lapse.amount} {lapse.unit} count through {day_text(lapse.counts_through)}"


def _amounts(units: Any) -> str:
    return ", ".join(f"{amount} {unit}" for unit, amount in sorted(units.items()))


def _ways(ways: Iterable[MissingForTier]) -> str:
    def told(way: MissingForTier) -> str:
        return ", ".join(filter(None, [_amounts(way.units), *way.tasks])) or "nothing"

    return ", or ".join(map(told, ways))


def _quota(left: BenefitQuota) -> str:
    through = f" through {day_text(left.last_day)}" if left.HasField("last_day") else ""
    return f"{left.quota}: {left.left} of {left.most} left{through}"


def _then(reply: GetTierAtResponse) -> Lines:
    if reply.HasField("tier"):
        yield reply.tier or "no tier"
    else:
        yield "not known any more"


def _set(reply: OverrideTierResponse | EndOverrideResponse) -> Lines:
    yield from _standing(reply.standing)
    yield from map(given_text, reply.given)


def _used(reply: UseBenefitResponse | ReturnBenefitResponse) -> Lines:
    yield _quota(reply.left)


def _progress(task: TaskProgress) -> Lines:
    state = f"{task.progress} of {task.reach}"
    if task.streak_reach > 1:
        state += f", {task.streak} of {task.streak_reach} in a row"
    if task.is_over:
        state = "done"
    elif task.waits_for:
        state += f", after {', '.join(task.waits_for)}"
    times = f", completed {task.times} times" if task.times else ""
    yield f"{task.task}: {state}{times}"
    for each in task.claimable:
        by = f" by {day_text(each.claim_by)}" if each.HasField("claim_by") else ""
        yield f"  completed {day_text(each.on)}, to be claimed{by}"


def _claimed(reply: ClaimTaskResponse) -> Lines:
    yield from map(given_text, reply.given)


_WORDS: dict[type[Message], Callable[[Any], Lines]] = {
    GetTiersResponse: _standings,
    GetTierAtResponse: _then,
    OverrideTierResponse: _set,
    EndOverrideResponse: _set,
    UseBenefitResponse: _used,
    ReturnBenefitResponse: _used,
    TaskProgress: _progress,
    ClaimTaskResponse: _claimed,
}
LINES.update(_WORDS)
