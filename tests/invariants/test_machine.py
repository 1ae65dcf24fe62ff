"""Whatever happens to a book, in whatever order, it is as the oracle says."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.invariants.machine import Desk, Machine
from tests.torture.seeds import torture_seed

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "torture"
SETTINGS = settings() if IS_LONG else settings(max_examples=60, stateful_step_count=30)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    desk = Desk(database_url)
    yield desk
    desk.close()


def test_the_book_agrees_with_the_oracle(desk: Desk) -> None:
    @seed(torture_seed())
    def machine() -> Machine:
        return Machine(desk)

    run_state_machine_as_test(machine, settings=SETTINGS)
