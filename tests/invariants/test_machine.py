"""Whatever happens to a book, in whatever order, it is as the oracle says."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.invariants.machine import Desk, Machine

SHORT = settings(max_examples=80, stateful_step_count=30)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    desk = Desk(database_url)
    yield desk
    desk.close()


def test_the_book_agrees_with_the_oracle(desk: Desk) -> None:
    def machine() -> Machine:
        return Machine(desk)

    number = int(os.environ.get("TALLYBOOK_SEED", "0")) 
    run_state_machine_as_test(machine, settings=SHORT)
