"""Replay a grocer's year, and check every point, on each database: `make grocer`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence

from examples.grocer.baskets import baskets_of
from examples.grocer.by_pandas import expected_by_pandas
from examples.grocer.campaigns import program_with
from examples.grocer.coupon_story import CouponStory, unmatched_lines
from examples.grocer.coupon_tables import read_coupon_tables
from examples.grocer.coupons_by_pandas import expected_coupons
from examples.grocer.databases import DATABASES
from examples.grocer.events import Event, in_order
from examples.grocer.expected import Expected
from examples.grocer.library import opened
from examples.grocer.mailings import coupon_program, first_moment
from examples.grocer.refunds import refunds_of
from examples.grocer.screen import Screen
from examples.grocer.service import served
from examples.grocer.story import Story
from examples.grocer.year import Year, read_year


def main() -> int:
    """Tell the story on each database; 0 when everything agrees on all of them, 1 otherwise."""
    given = _arguments()
    screen = Screen(beside=given.json)
    begun = time.monotonic()
    whole = read_year()
    chosen = [given.database] if given.database else list(DATABASES)
    if given.coupons:
        return 0 if _tell_coupons(whole, chosen, given, screen) else 1
    year = whole.part(given.households, given.weeks)
    program = program_with(year.campaign_list())
    if given.program:
        print(program)
        return 0
    baskets = baskets_of(year.rows(), year.invited())
    refunds = list(refunds_of(baskets))
    expected, events = expected_by_pandas(year, refunds), in_order([*baskets, *refunds])
    screen.say(
        f"{sum(len(basket.lines) for basket in baskets):,} lines, {len(baskets):,} baskets,"
        f" {len(refunds):,} refunds, {len(expected.lots):,} households;"
        f" computed in {time.monotonic() - begun:.1f} s"
    )
    sound = [_tell(database, program, events, expected, given, screen) for database in chosen]
    screen.say(f"{' and '.join(chosen)}: {time.monotonic() - begun:.0f} s in all")
    return 0 if all(sound) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make grocer", description=__doc__)
    parser.add_argument("--database", choices=list(DATABASES), help="this one alone; both without it")
    parser.add_argument(
        "--library", action="store_true", help="open the book in this process, without a server"
    )
    parser.add_argument("--coupons", action="store_true", help="replay the campaigns' coupons, and no points")
    parser.add_argument("--households", type=int, metavar="N", help="the first N households; all without it")
    parser.add_argument("--weeks", type=int, metavar="N", help="the first N weeks; the year without it")
    parser.add_argument(
        "--once", action="store_true", help="leave out the second replay, which changes nothing"
    )
    parser.add_argument("--json", action="store_true", help="the figures as JSON on standard output")
    parser.add_argument("--program", action="store_true", help="print the program, and do nothing else")
    return parser.parse_args()


def _tell(
    database: str,
    program: str,
    events: Sequence[Event],
    expected: Expected,
    given: argparse.Namespace,
    screen: Screen,
) -> bool:
    screen.say(f"\n{database}: starting")
    reached = opened if given.library else served
    with DATABASES[database]() as url, reached(url, program, events[0].occurred_at) as ledger:
        findings = Story(ledger, events, expected, screen.progress).tell(again=not given.once)
    screen.show(database, findings, len(events))
    if given.json:
        print(json.dumps({"database": database, "events": len(events), **findings.figures()}))
    return findings.sound


def _tell_coupons(year: Year, databases: Sequence[str], given: argparse.Namespace, screen: Screen) -> bool:
    """The campaigns' coupons on each database; and in the end what could not be matched, one by one."""
    tables = read_coupon_tables(year, given.households)
    mailed, baskets = tables.mailed(), tables.baskets()
    program = coupon_program(mailed)
    if given.program:
        print(program)
        return True
    expected = expected_coupons(tables, mailed.mailings)
    screen.say(
        f"{len(mailed.campaigns)} campaigns, {len(mailed.coupons):,} templates with"
        f" {sum(len(each.products) for each in mailed.coupons):,} products, {len(mailed.mailings):,} coupons,"
        f" {len(mailed.redemptions):,} redemptions; a program of {len(program):,} bytes"
    )
    beginning = min(first_moment(campaign) for campaign in mailed.campaigns)
    sound = True
    for database in databases:
        screen.say(f"\n{database}: starting")
        begun = time.monotonic()
        with DATABASES[database]() as url, served(url, program, beginning) as service:
            screen.say(f"started, and the program applied, in {time.monotonic() - begun:.1f} s")
            findings = CouponStory(service, mailed, baskets, expected, screen.progress).tell(
                again=not given.once
            )
        screen.show(database, findings, len(mailed.mailings))
        if given.json:
            print(json.dumps({"database": database, **findings.figures()}))
        sound &= findings.sound
    for line in unmatched_lines(expected.unmatched):
        screen.say(line)
    return sound


if __name__ == "__main__":
    sys.exit(main())
