"""The examples in the library's docstrings are run, and what they show is what comes out."""

import doctest
import importlib
import pkgutil

import pytest
import tallybook

MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(tallybook.__path__, "tallybook.")
    if ".migrations" not in found.name and not found.name.endswith("__main__")
)
WITH_EXAMPLES = {
    "tallybook.book",
    "tallybook.members.enroll",
    "tallybook.points.award",
    "tallybook.points.redeem",
}


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_come_out_as_shown(name: str) -> None:
    module = importlib.import_module(name)
    outcome = doctest.testmod(module, optionflags=doctest.ELLIPSIS, extraglobs={"tb": tallybook})
    assert outcome.failed == 0
    assert outcome.attempted > 0 or name not in WITH_EXAMPLES


def test_the_modules_with_examples_are_among_them() -> None:
    assert set(MODULES) >= WITH_EXAMPLES
