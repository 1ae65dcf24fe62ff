"""Whatever happens to a book, in whatever order, it is as the oracle says."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.invariants.machine import Desk, Machine
from tests.lengths import IS_LONG
from tests.torture.seeds import torture_seed

EXAMPLES, STEPS = (300, 100) if IS_LONG else (60, 30)
SETTINGS = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    desk = Desk(database_url)
    yield desk
    desk.close()


@pytest.mark.timeout(7200 if IS_LONG else 900)
def test_the_book_agrees_with_the_oracle(desk: Desk, print_figures: Callable[..., None]) -> None:
    machines: list[Machine] = []

    @seed(torture_seed())
    def machine() -> Machine:
        machines[:] = [Machine(desk, steps=machines[-1].steps if machines else 0)]
        return machines[-1]

    run_state_machine_as_test(machine, settings=SETTINGS)
    database = desk.database.url.get_backend_name()
    print_figures("oracle", database=database, examples=EXAMPLES, steps=machines[-1].steps)
