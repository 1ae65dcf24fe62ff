"""Replay a grocer's year through the service and check every balance, on each database: `make grocer`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from examples.grocer.baskets import Basket, baskets_of
from examples.grocer.by_pandas import expected_by_pandas
from examples.grocer.expected import Expected
from examples.grocer.screen import Screen
from examples.grocer.service import DATABASES, serving
from examples.grocer.story import Story
from examples.grocer.year import lines_of, read_purchases


def main() -> int:
    """Tell the story on each database; 0 when everything agrees on all of them, 1 otherwise."""
    given = _arguments()
    screen = Screen()
    begun = time.monotonic()
    purchases = read_purchases()
    baskets, expected = baskets_of(lines_of(purchases)), expected_by_pandas(purchases)
    screen.say(
        f"{len(purchases):,} lines, {len(baskets):,} baskets, {len(expected.lots):,} households,"
        f" {sum(basket.cents for basket in baskets):,} cents; read in {time.monotonic() - begun:.1f} s"
    )
    chosen = [given.database] if given.database else list(DATABASES)
    sound = [_tell(database, baskets, expected, again=not given.once, screen=screen) for database in chosen]
    screen.say(f"{' and '.join(chosen)}: {time.monotonic() - begun:.0f} s in all")
    return 0 if all(sound) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make grocer", description=__doc__)
    parser.add_argument("--database", choices=list(DATABASES), help="this one alone; both without it")
    parser.add_argument(
        "--once", action="store_true", help="leave out the second replay, which changes nothing"
    )
    return parser.parse_args()


def _tell(
    database: str, baskets: Sequence[Basket], expected: Expected, *, again: bool, screen: Screen
) -> bool:
    screen.say(f"\n{database}: starting")
    with DATABASES[database]() as url, serving(url, beginning=baskets[0].occurred_at) as service:
        findings = Story(service, baskets, expected, screen.progress).tell(again=again)
    screen.show(database, findings, len(baskets))
    return findings.sound


if __name__ == "__main__":
    sys.exit(main())
