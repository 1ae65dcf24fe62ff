"""Run benchmarks and print a JSON line for each: `python -m bench [--quick | --long] [name ...]`.

Lines go to standard output, progress to standard error. Ends with 1 when a benchmark failed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable
from typing import Final

from bench import batch_sql, decide, evaluate, growth, hot, memory, statements, sweep, unary
from bench.figures import Figure, line
from bench.stage import Length, Stage
from bench.surroundings import surroundings

BENCHMARKS: Final[dict[str, Callable[[Stage], Figure]]] = {
    "award_statements": statements.run,
    "award_unary": unary.run_awards,
    "record_event_unary": unary.run_events,
    "spend_unary": unary.run_spends,
    "claim_unary": unary.run_claims,
    "flash_sale": unary.run_orders,
    "award_batch_sql": batch_sql.run,
    "award_hot": hot.run,
    "award_growth": growth.run,
    "worker_memory": memory.run,
    "purchase_decide": decide.run,
    "evaluate": evaluate.run,
    "sweep": sweep.run,
}


def main() -> int:
    """Run what was asked for, or everything."""
    given = _asked()
    length = Length.QUICK if given.quick else Length.LONG if given.long else Length.DEFAULT
    failed = 0
    with Stage(length, given.workers, given.clients, given.postgres) as stage:
        for name in given.name or BENCHMARKS:
            try:
                print(measured(name, stage), flush=True)
            except Exception:  # noqa: BLE001 - one that fails leaves the others their turn
                failed += 1
                print(f"{name} failed:", file=sys.stderr)
                traceback.print_exc()
    return 1 if failed else 0


def measured(name: str, stage: Stage) -> str:
    """Run one benchmark; its JSON line."""
    with stage.connect() as connection:
        around = surroundings(connection)
    start = time.perf_counter()
    figure = BENCHMARKS[name](stage)
    took = {
        "length": stage.length,
        "seconds": time.perf_counter() - start,
        "load_after": os.getloadavg()[0],
    }
    return line(name, figure, took | around)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Print the figures of Tallybook.")
    parser.add_argument("name", nargs="*", help=f"all of them by default: {', '.join(BENCHMARKS)}")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="only show that they run; figures mean nothing")
    length.add_argument("--long", action="store_true", help="larger books, more rounds")
    parser.add_argument(
        "--workers", type=int, default=1, help="server processes in those named _unary (%(default)s)"
    )
    parser.add_argument(
        "--clients", type=int, default=1, help="client processes in those named _unary (%(default)s)"
    )
    parser.add_argument("--postgres", metavar="URL", help="a server to use instead of one of our own")
    given = parser.parse_args()
    unknown = sorted(set(given.name) - set(BENCHMARKS))
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    return given


if __name__ == "__main__":
    sys.exit(main())
