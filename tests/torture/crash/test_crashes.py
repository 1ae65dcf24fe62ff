"""Servers and databases are killed at random moments, under load; nothing acknowledged is lost or doubled."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import tallybook as tb
from tallybook_client import AsyncTallybookClient

from tests.torture.crash.victims import Strike, of_postgres, of_service, schedule
from tests.torture.found import problems, read_book
from tests.torture.history import History, faults
from tests.torture.load import Shopper, enroll, replay
from tests.torture.seeds import randomness
from tests.torture.service import Service, serving
from tools.postgres import PostgresKeeper

PROGRAM = "demo"
SHOPPERS = 8
MEMBERS = [f"m{number}" for number in range(10)]
COMES_BACK_WITHIN_S = 60
SHORT, LONG = 5, 60
KILLS = [SHORT, pytest.param(LONG, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])]


@pytest.mark.parametrize("kills", KILLS)
async def test_on_postgresql_nothing_acknowledged_is_lost(
    keeper: PostgresKeeper,
    mortal_url: str,
    kills: int,
    tmp_path: Path,
    print_figures: Callable[..., None],
) -> None:
    with serving(_with_program(mortal_url), tmp_path, workers=2) as service:
        strikes = of_service(service) | of_postgres(keeper, service)
        figures = await _survive(service, mortal_url, strikes, kills)
    print_figures("crash_postgresql", **figures)


@pytest.mark.parametrize("kills", KILLS)
async def test_on_sqlite_nothing_acknowledged_is_lost(
    sqlite_url: str, kills: int, tmp_path: Path, print_figures: Callable[..., None]
) -> None:
    with serving(_with_program(sqlite_url), tmp_path, workers=1) as service:
        figures = await _survive(service, sqlite_url, of_service(service), kills)
    print_figures("crash_sqlite", **figures)


def _with_program(url: str) -> str:
    with tb.Book.open(url) as book:
        book.apply(tb.DEMO_PROGRAM)
    return url


async def _survive(service: Service, url: str, strikes: dict[str, Strike], kills: int) -> dict[str, Any]:
    """Kill under load, then hold the book against what the clients were told; returns the figures."""
    history = History()
    rng = randomness(f"crash {sorted(strikes)} {kills}")
    async with AsyncExitStack() as clients:

        async def connect() -> AsyncTallybookClient:
            return await clients.enter_async_context(AsyncTallybookClient(service.address, program=PROGRAM))

        await enroll(await connect(), MEMBERS, history)
        shoppers = [
            Shopper(await connect(), f"s{number}", MEMBERS, random.Random(rng.random()), history)
            for number in range(SHOPPERS)
        ]
        killed, silences = await _kill_under_load(shoppers, strikes, kills, rng, history)
        acknowledged = history.acknowledged
        found = read_book(url, PROGRAM)
        fresh = await replay(await connect(), history)
    wrong = list(faults(history, found)) + list(faults(history, read_book(url, PROGRAM)))
    counted = Counter(fault.what for fault in wrong)
    failures = sum((shopper.failures for shopper in shoppers), Counter[str]())
    assert (wrong, problems(url, PROGRAM), fresh) == ([], [], 0), service.log()[-5_000:]
    assert failures["INTERNAL"] == 0, service.log()[-5_000:]
    return {
        "kills_survived": killed.total(),
        "killed": dict(killed),
        "commands_acknowledged": acknowledged,
        "lost": counted["lost"],
        "doubled": counted["doubled"],
        "replayed": len(history.answered()),
        "abandoned": sum(shopper.abandoned for shopper in shoppers),
        "abandoned_and_recorded": sum(
            not asked.answers and key in found.entries for key, asked in history.asked.items()
        ),
        "failures_retried": dict(failures),
        "longest_silence_s": {name: round(seconds, 2) for name, seconds in silences.items()},
    }


async def _kill_under_load(
    shoppers: list[Shopper], strikes: dict[str, Strike], kills: int, rng: random.Random, history: History
) -> tuple[Counter[str], dict[str, float]]:
    """Kill one thing after the other; returns what was killed, and the longest time each took to get over."""
    closing = asyncio.Event()
    killed: Counter[str] = Counter()
    silences: dict[str, float] = {}
    async with asyncio.TaskGroup() as shopping:
        for shopper in shoppers:
            shopping.create_task(shopper.shop(closing))
        for pause, name in schedule(strikes, kills, rng):
            await asyncio.sleep(pause)
            begun = time.monotonic()
            await asyncio.to_thread(strikes[name], rng)
            await _answers_come_again(history)
            silences[name] = max(silences.get(name, 0.0), time.monotonic() - begun)
            killed[name] += 1
        closing.set()
    return killed, silences


async def _answers_come_again(history: History) -> None:
    """What was killed has been survived when commands are acknowledged again."""
    heard = history.acknowledged
    async with asyncio.timeout(COMES_BACK_WITHIN_S):
        while history.acknowledged == heard:  # noqa: ASYNC110 - nobody else waits for an answer
            await asyncio.sleep(0.01)
