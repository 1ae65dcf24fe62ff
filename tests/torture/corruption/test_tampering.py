"""Whatever somebody changes past the library, `verify` names the member and the entry."""

import pytest

from tests.torture.corruption.conftest import Told
from tests.torture.corruption.tampering import ALL


@pytest.mark.parametrize("name", ALL)
def test_tampering_is_named(told: Told, name: str) -> None:
    tampering = ALL[name]
    told.run(*tampering.sql)
    found = told.found()
    said = {(each.member, each.entry): each.problem for each in found}
    assert (tampering.member, tampering.entry) in said, found
    assert tampering.says in said[tampering.member, tampering.entry]
    assert {each.member for each in found} <= {tampering.member, *tampering.also}
