"""The wire between a book and PostgreSQL breaks at every moment; each command is done once, and told so."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import tallybook as tb
from tallybook.engine import attempts

from tests.torture.found import problems, read_book
from tests.torture.seeds import randomness
from tests.torture.wire.database_faults import HANGING, QUICK, Fault, database_proxy, through
from tests.torture.wire.proxy import Proxy

PROGRAM, UNIT = "demo", "points"
MEMBERS = [f"m{number}" for number in range(5)]
SHARE = 0.5
BATCH = 15
"""Commands of a batch: three for each member."""
CONNECT_SECONDS = 2
ROUNDS = [60, pytest.param(2_000, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])]


@pytest.fixture
def proxy(postgresql_url: str) -> Iterator[Proxy[Fault]]:
    """A proxy before a database with a program and members."""
    with tb.Book.open(postgresql_url) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do([tb.Enroll(program=PROGRAM, member=member, request_id="enroll") for member in MEMBERS])
    with database_proxy(postgresql_url, randomness("database wire")) as proxy:
        yield proxy


@pytest.fixture
def book(proxy: Proxy[Fault], postgresql_url: str) -> Iterator[tb.Book]:
    """A book that reaches its database through the proxy; its connections are open."""
    url = f"{through(proxy, postgresql_url)}&connect_timeout={CONNECT_SECONDS}"
    with tb.Book.open(url) as book:
        book.do(award("warm up"))
        yield book


def award(request_id: str, member: str = MEMBERS[0]) -> tb.Award:
    return tb.Award(program=PROGRAM, member=member, request_id=request_id, unit=UNIT, amount=10)


def batch(name: str) -> list[tb.Command[Any]]:
    """Commands of which some are refused."""
    common = {"program": PROGRAM, "unit": UNIT}
    return [
        command
        for number, member in enumerate(MEMBERS)
        for command in (
            award(f"{name} a{number}", member),
            tb.Redeem(member=member, request_id=f"{name} r{number}", amount=4, **common),
            tb.Redeem(member=member, request_id=f"{name} x{number}", amount=10**9, **common),
        )
    ]


def plain(outcome: Any) -> Any:
    """An outcome but for `replayed`."""
    if isinstance(outcome, tb.Refusal):
        return type(outcome), outcome.facts()
    assert not isinstance(outcome, tb.TallybookError), repr(outcome)
    return {name: getattr(outcome, name) for name in outcome.__struct_fields__ if name != "replayed"}


def told(book: tb.Book, commands: list[tb.Command[Any]]) -> list[Any]:
    return [plain(outcome) for outcome in book.do(commands)]


@pytest.mark.parametrize("fault", QUICK)
def test_a_fault_leaves_one_effect_and_the_same_reply(
    proxy: Proxy[Fault], book: tb.Book, postgresql_url: str, fault: Fault
) -> None:
    commands = batch("once")
    proxy.arm(fault)
    first = told(book, commands)
    assert proxy.injected == {fault: 1}
    assert told(book, commands) == first
    assert _entries(postgresql_url, commands) == 2 * len(MEMBERS)
    assert problems(postgresql_url, PROGRAM) == []


@pytest.mark.parametrize(
    "fault",
    [Fault.HANGING_BEFORE_BATCH, pytest.param(Fault.HANGING_BEFORE_COMMIT, marks=pytest.mark.torture)],
)
def test_a_server_left_hanging_lets_go_of_its_locks(proxy: Proxy[Fault], book: tb.Book, fault: Fault) -> None:
    assert fault in HANGING
    proxy.arm(fault)
    assert not book.do(award("once")).replayed
    assert proxy.injected == {fault: 1}


@pytest.mark.parametrize(
    ("fault", "error", "recorded"),
    [
        (Fault.BEFORE_READING, tb.DatabaseUnavailable, False),
        (Fault.MID_BATCH, tb.OutcomeUnknown, False),
        (Fault.BEFORE_COMMIT, tb.OutcomeUnknown, False),
        (Fault.AFTER_COMMIT, tb.OutcomeUnknown, True),
        (Fault.HALF_CLOSED_TO_CLIENT, tb.OutcomeUnknown, True),
    ],
)
def test_when_the_database_stays_away_doubt_is_told_from_certainty(
    proxy: Proxy[Fault],
    book: tb.Book,
    postgresql_url: str,
    fault: Fault,
    error: type[tb.TallybookError],
    recorded: bool,
) -> None:
    command = award("once")
    proxy.arm(fault, then_away=True)
    with pytest.raises(error):
        book.do(command)
    assert proxy.injected == {fault: 1}
    assert _entries(postgresql_url, [command]) == recorded
    with pytest.raises(tb.DatabaseUnavailable):
        book.do(command)
    proxy.disarm()
    assert book.do(command).replayed == recorded
    assert _entries(postgresql_url, [command]) == 1


def test_another_request_id_would_do_it_twice(
    proxy: Proxy[Fault], book: tb.Book, postgresql_url: str
) -> None:
    before = read_book(postgresql_url, PROGRAM).worth[MEMBERS[0]]
    proxy.arm(Fault.AFTER_COMMIT, then_away=True)
    with pytest.raises(tb.OutcomeUnknown):
        book.do(award("once"))
    proxy.disarm()
    book.do(award("another id"))
    assert read_book(postgresql_url, PROGRAM).worth[MEMBERS[0]] == before + 20


def test_a_database_that_never_answers_is_given_up(
    proxy: Proxy[Fault], book: tb.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "TRYING_MAX", attempts.PAUSE_FIRST)
    proxy.is_mute = True
    proxy.arm(Fault.BEFORE_READING)
    with pytest.raises(tb.DatabaseUnavailable):
        book.do(award("once"))
    proxy.disarm()
    assert not book.do(award("once")).replayed


@pytest.mark.parametrize("rounds", ROUNDS)
def test_faults_at_random_leave_one_effect_and_the_same_reply(
    proxy: Proxy[Fault],
    book: tb.Book,
    postgresql_url: str,
    rounds: int,
    print_figures: Callable[..., None],
) -> None:
    sent: list[tb.Command[Any]] = []
    first: list[Any] = []
    failures: Counter[str] = Counter()
    proxy.arm_at_random(SHARE, QUICK)
    while len(sent) < rounds * BATCH or proxy.injected.keys() != set(QUICK):
        commands = batch(f"round {len(sent)}")
        outcomes = book.do(commands)
        while lost := [each for each in outcomes if isinstance(each, tb.NotDecided)]:
            failures.update(each.code for each in lost)
            outcomes = book.do(commands)
        sent += commands
        first += map(plain, outcomes)
    proxy.disarm()
    replies = [plain(outcome) for outcome in book.do(sent)]
    differing = sum(one != other for one, other in zip(first, replies, strict=True))
    recorded = _entries(postgresql_url, sent)
    assert (differing, recorded) == (0, sum(isinstance(each, dict) for each in first))
    assert problems(postgresql_url, PROGRAM) == []
    print_figures(
        "wire_database",
        commands=len(sent),
        recorded=recorded,
        replies_differing=differing,
        failures_retried=dict(failures),
        faults_injected=dict(proxy.injected),
    )


def _entries(url: str, commands: list[tb.Command[Any]]) -> int:
    """How many entries these commands have, by plain SQL, past the proxy."""
    entries = read_book(url, PROGRAM).entries
    return sum(len(entries.get((command.member, command.request_id), ())) for command in commands)
