"""The web shop's checkout runs, and all adds up, whatever fails."""

from __future__ import annotations

import pytest

from examples.checkout.__main__ import run
from tests.server.serving import serving


def test_a_web_shop_whose_payments_fail_loses_nothing(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(database_url, "--workers", "1") as served:
        assert run(served.address, orders=60, seed=3) == []
    said = capsys.readouterr().out
    assert "'paid'" in said
    assert "'called_off'" in said
    assert " 0 crashes" not in said
