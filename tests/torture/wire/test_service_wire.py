"""The wires on both sides of the service break at every moment; each command is done once, and told so."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import grpc
import pytest
import tallybook as tb
from tallybook_client import AsyncTallybookClient, Command, TallybookClient, TallybookError, errors, requests
from tallybook_client.contract import Contract
from tallybook_client.status import error_of_call
from tallybook_client.verbs import Method

from tests.torture.found import problems, read_book
from tests.torture.history import History, answer_of, faults
from tests.torture.load import Shopper, enroll, replay
from tests.torture.seeds import randomness
from tests.torture.service import Service, serving
from tests.torture.wire import call_faults, database_faults
from tests.torture.wire.proxy import Proxy

PROGRAM, UNIT = "demo", "points"
MEMBERS = [f"m{number}" for number in range(10)]
SHOPPERS = 8
SHARE = 0.05
ONE_ATTEMPT_S = 20
SECONDS = [4, pytest.param(120, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])]

ENROLLMENT = requests.enroll_member("m1", request_id="enroll")
AWARD = requests.award("m1", amount=10, unit=UNIT, request_id="once")

DatabaseProxy = Proxy[database_faults.Fault]
CallProxy = Proxy[call_faults.Fault]


@pytest.fixture
def database_proxy(postgresql_url: str) -> Iterator[DatabaseProxy]:
    """A proxy before a database with a program."""
    with tb.Book.open(postgresql_url) as book:
        book.apply(tb.DEMO_PROGRAM)
    with database_faults.database_proxy(postgresql_url, randomness("database of service")) as proxy:
        yield proxy


@pytest.fixture
def service(database_proxy: DatabaseProxy, postgresql_url: str, tmp_path: Path) -> Iterator[Service]:
    """A server that reaches its database through the proxy."""
    url = database_faults.through(database_proxy, postgresql_url)
    with serving(url, tmp_path, workers=2) as service:
        yield service


@pytest.fixture
def call_proxy(service: Service) -> Iterator[CallProxy]:
    """A proxy before the server."""
    with call_faults.call_proxy(service.address, randomness("calls")) as proxy:
        yield proxy


@pytest.mark.parametrize("seconds", SECONDS)
async def test_faults_on_both_wires_leave_one_effect_and_the_same_reply(
    database_proxy: DatabaseProxy,
    call_proxy: CallProxy,
    service: Service,
    postgresql_url: str,
    seconds: int,
    print_figures: Callable[..., None],
) -> None:
    history = History()
    rng = randomness("shoppers on bad wires")
    async with AsyncExitStack() as clients:

        async def connect(address: str) -> AsyncTallybookClient:
            return await clients.enter_async_context(AsyncTallybookClient(address, program=PROGRAM))

        await enroll(await connect(service.address), MEMBERS, history)
        shoppers = [
            Shopper(
                await connect(call_proxy.address), f"s{number}", MEMBERS, random.Random(rng.random()), history
            )
            for number in range(SHOPPERS)
        ]
        await _shop_on_bad_wires(shoppers, seconds, database_proxy, call_proxy)
        found = read_book(postgresql_url, PROGRAM)
        fresh = await replay(await connect(service.address), history)
    wrong = [*faults(history, found), *faults(history, read_book(postgresql_url, PROGRAM))]
    assert (wrong, problems(postgresql_url, PROGRAM), fresh) == ([], [], 0), service.log()[-5_000:]
    counted = Counter(fault.what for fault in wrong)
    failures = sum((shopper.failures for shopper in shoppers), Counter[str]())
    assert failures["INTERNAL"] == 0, service.log()[-5_000:]
    print_figures(
        "wire_service",
        commands_acknowledged=history.acknowledged,
        lost=counted["lost"],
        doubled=counted["doubled"],
        faults_injected=dict(database_proxy.injected) | dict(call_proxy.injected),
        failures_retried=dict(failures),
    )


async def _shop_on_bad_wires(
    shoppers: list[Shopper], seconds: int, database_proxy: DatabaseProxy, call_proxy: CallProxy
) -> None:
    """Shop for so long, and until everything has gone wrong at least once."""

    def everything_went_wrong() -> bool:
        return database_proxy.injected.keys() == set(
            database_faults.QUICK
        ) and call_proxy.injected.keys() == set(call_faults.Fault)

    closing = asyncio.Event()
    database_proxy.arm_at_random(SHARE, database_faults.QUICK)
    call_proxy.arm_at_random(SHARE, list(call_faults.Fault))
    async with asyncio.TaskGroup() as shopping:
        for shopper in shoppers:
            shopping.create_task(shopper.shop(closing))
        await asyncio.sleep(seconds)
        while not everything_went_wrong():  # noqa: ASYNC110 - it is counted in the proxies' threads
            await asyncio.sleep(0.1)
        database_proxy.disarm()
        call_proxy.disarm()
        closing.set()


async def test_each_fault_before_the_server_leaves_one_effect_and_the_same_reply(
    call_proxy: CallProxy,
) -> None:
    async with AsyncTallybookClient(call_proxy.address, program=PROGRAM, timeout=ONE_ATTEMPT_S) as client:
        await client.enroll_member("m1", request_id="enroll")
        for number, fault in enumerate(call_faults.Fault, start=1):
            call_proxy.arm(fault)
            first = await client.award("m1", amount=10, unit=UNIT, request_id=fault.name)
            assert call_proxy.injected[fault] == 1
            again = await client.award("m1", amount=10, unit=UNIT, request_id=fault.name)
            assert again.replayed
            assert answer_of(again) == answer_of(first)
            [sheet] = (await client.get_balances("m1", units=[UNIT])).balances
            assert sheet.balance.available == 10 * number


DOUBTS = {
    database_faults.Fault.BEFORE_READING: errors.DatabaseUnavailable,
    database_faults.Fault.MID_BATCH: errors.OutcomeUnknown,
    database_faults.Fault.BEFORE_COMMIT: errors.OutcomeUnknown,
    database_faults.Fault.AFTER_COMMIT: errors.OutcomeUnknown,
}


def test_the_service_tells_doubt_from_certainty(database_proxy: DatabaseProxy, service: Service) -> None:
    _attempt(service, Contract.enroll_member.method, ENROLLMENT)
    for fault, error in DOUBTS.items():
        award = requests.award("m1", amount=10, unit=UNIT, request_id=fault.name)
        database_proxy.arm(fault, then_away=True)
        failure = _attempt(service, Contract.award.method, award)
        assert type(failure) is error, fault
        assert failure.in_doubt == (error is errors.OutcomeUnknown)
        assert failure.retryable
        database_proxy.disarm()
        reply = _attempt(service, Contract.award.method, award)
        assert reply.replayed == (fault is database_faults.Fault.AFTER_COMMIT)


def test_a_client_that_gives_up_stays_in_doubt(database_proxy: DatabaseProxy, service: Service) -> None:
    _attempt(service, Contract.enroll_member.method, ENROLLMENT)
    database_proxy.arm(database_faults.Fault.AFTER_COMMIT, then_away=True)
    with (
        TallybookClient(service.address, program=PROGRAM, timeout=2) as client,
        pytest.raises((errors.OutcomeUnknown, errors.DeadlineExceeded)) as caught,
    ):
        client.award("m1", amount=10, unit=UNIT, request_id="once")
    assert caught.value.in_doubt


QUESTIONS: dict[str, tuple[Method[Any], Any]] = {
    "enroll_member": (Contract.enroll_member.method, requests.enroll_member("m2")),
    "get_member": (Contract.get_member.method, requests.get_member("m1")),
    "award": (Contract.award.method, AWARD),
    "try an award": (Contract.award.method, requests.award("m1", amount=1, unit=UNIT, validate_only=True)),
    "get_balances": (Contract.get_balances.method, requests.get_balances("m1")),
    "list_entries": (Contract.list_entries.method, requests.list_entries("m1")),
    "get_entry": (Contract.get_entry.method, requests.get_entry("m1", 1)),
    "get_hold": (Contract.get_hold.method, requests.get_hold("m1", "H1")),
    "apply_program": (Contract.apply_program.method, requests.apply_program(tb.DEMO_PROGRAM)),
    "get_program": (Contract.get_program.method, requests.get_program()),
    "list_programs": (Contract.list_programs.method, requests.list_programs()),
    "list_program_revisions": (
        Contract.list_program_revisions.method,
        requests.list_program_revisions(),
    ),
    "get_trial_balance": (Contract.get_trial_balance.method, requests.get_trial_balance()),
    "verify": (Contract.verify.method, requests.verify()),
}


def test_while_the_database_is_away_every_call_says_so_and_none_fails_after(
    database_proxy: DatabaseProxy, service: Service
) -> None:
    _attempt(service, Contract.enroll_member.method, ENROLLMENT)
    database_proxy.is_away = True
    database_proxy.hang_up()
    told = {name: _attempt(service, *question) for name, question in QUESTIONS.items()}
    assert {name: getattr(outcome, "reason", outcome) for name, outcome in told.items()} == dict.fromkeys(
        QUESTIONS, "DATABASE_UNAVAILABLE"
    )
    database_proxy.disarm()
    told = {name: _attempt(service, *question) for name, question in QUESTIONS.items()}
    assert {name for name, outcome in told.items() if isinstance(outcome, errors.Failed)} == set()


def _attempt(service: Service, method: Method[Any], request: Command | Any) -> Any:
    """Send a request once, past any proxy; the reply, or the error, not raised."""
    if "program" in request.DESCRIPTOR.fields_by_name and method.of_program:
        request.program = PROGRAM
    with grpc.insecure_channel(service.address) as channel:
        is_watched = method is Contract.verify.method
        send = (channel.unary_stream if is_watched else channel.unary_unary)(method.path)
        try:
            reply: Any = send(request.SerializeToString(), timeout=ONE_ATTEMPT_S)
            return method.read(list(reply)[-1] if is_watched else reply)
        except grpc.RpcError as error:
            failure: TallybookError = error_of_call(error)
            return failure
