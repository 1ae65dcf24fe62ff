"""Money on the command line: whole money in, whole money out, against a real server."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator

import pytest
from tallybook_client import TallybookClient
from tallybook_client.cli import main

from tests.server.purse import PURSE, enrolled
from tests.server.serving import Served, serving

Cli = Callable[..., tuple[int, list[str], str]]


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    url = f"sqlite:///{tmp_path_factory.mktemp('purse')}/shop.db"
    with serving(url, env={"TALLYBOOK_CODE_KEY": "the key that codes are hashed with"}) as served:
        yield served


@pytest.fixture(scope="module")
def client(keyed: Served) -> Iterator[TallybookClient]:
    with keyed.client(program="purse") as client:
        client.apply_program(PURSE)
        yield client


@pytest.fixture
def cli(
    keyed: Served,
    client: TallybookClient,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Cli:
    """Runs a command line; gives the exit code, the lines without their entry and time, and complaints."""
    monkeypatch.setenv("TALLYBOOK_ADDRESS", keyed.address)
    monkeypatch.setenv("TALLYBOOK_PROGRAM", "purse")

    def run(*words: str, typed: str = "") -> tuple[int, list[str], str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(words)
        told, complaints = capsys.readouterr()
        plain = re.sub(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\dZ)?", "DAY", told)
        return code, [line for line in plain.splitlines() if not line.startswith("entry ")], complaints

    return run


@pytest.fixture
def holder(client: TallybookClient) -> str:
    return enrolled(client)


def test_money_is_paid_in_spent_given_back_and_paid_back(cli: Cli, holder: str) -> None:
    usd = ("--unit", "USD")
    assert cli("top-up", holder, "100.00", *usd, "--top-up-id", "T1")[1] == [
        "top-up T1: pay 100.00 USD, with 20.00 USD on top by big",
        "waits for its payment until DAY",
    ]
    assert cli("confirm-top-up", holder, "T1", "100", "--payment", "pay-1")[1] == [
        "top-up T1: 100.00 USD paid in, last day DAY",
        "bonus 20.00 USD, last day DAY",
        "available 120.00 USD",
    ]
    assert cli("spend", holder, "25.5", *usd)[1] == [
        "spent 25.50 USD (principal 5.50 USD, bonus 20.00 USD)",
        "available 94.50 USD",
    ]
    assert cli("refund-spend", holder, "4", "0.50", *usd)[1] == [
        "gave back 0.50 USD (principal 0.50 USD)",
        "available 95.00 USD",
    ]
    assert cli("max-refund", holder, "T1")[1] == [
        "at most 75.00 USD can be paid back (charged for spent bonus 20.00 USD)"
    ]
    assert cli("max-withdrawal", holder, *usd)[1] == cli("max-refund", holder, "T1")[1]
    assert cli("refund-top-up", holder, "T1", "10", "--payout-id", "P1")[1][0] == (
        "payout P1: 10.00 USD set aside (charged for spent bonus 20.00 USD)"
    )
    assert cli("show-payout", holder, "P1")[1] == [
        "payout P1: 10.00 USD of top-up T1, waiting, asked for on DAY"
    ]
    assert cli("confirm-payout", holder, "P1", "--payment", "back-1")[1] == [
        "payout P1: 10.00 USD paid back",
        "available 65.00 USD",
    ]
    assert cli("show-top-up", holder, "T1")[1] == [
        "top-up T1: 100.00 USD (bonus 20.00 USD), confirmed, asked for on DAY",
        "payment pay-1",
        "paid back 10.00 USD",
        "at most 65.00 USD can be paid back",
    ]
    assert cli("withdraw", holder, "5", *usd, "--payout-id", "P2")[1][0] == "payout P2: 5.00 USD set aside"
    assert cli("cancel-payout", holder, "P2")[1] == [
        "payout P2 of 5.00 USD called off",
        "available 65.00 USD",
    ]
    statement = cli("money-statement", holder, *usd)[1]
    assert [" ".join(line.split()) for line in statement[-3:]] == [
        "5 DAY refund_spend +0.50 USD",
        "4 DAY spend_value -25.50 USD",
        "3 DAY confirm_top_up +120.00 USD",
    ]


def test_money_is_moved_and_told_in_all(cli: Cli, holder: str, client: TallybookClient) -> None:
    other = enrolled(client)
    cli("top-up", holder, "3000", "--unit", "JPY", "--top-up-id", "T1")
    cli("confirm-top-up", holder, "T1", "3000")
    assert cli("transfer", holder, other, "1000", "--unit", "JPY")[1] == [
        f"moved 1000 JPY to {other} (principal 1000 JPY)",
        "available 2000 JPY",
    ]
    told = [" ".join(line.split()) for line in cli("stored-value")[1]]
    assert "JPY (JPY)" in told
    assert any(line.startswith("principal came in ") and line.endswith(" JPY") for line in told)
    assert cli("name-holder", holder, "--reason", "passport")[1] == ["known by name"]
    assert cli("cancel-top-up", holder, "T1")[0] == 1


def test_a_card_is_looked_after_and_its_code_is_typed(cli: Cli, holder: str, client: TallybookClient) -> None:
    told = client.issue_cards("shelf", count=1, unit="USD", pin_digits=4, amount=5_000)
    (card,) = next(iter(told)).cards
    typed = f"{card.code}\n{card.pin}\n"
    assert cli("activate-card", card.card, "50.00")[1] == ["activated with 50.00 USD, last day DAY"]
    assert cli("present-card", typed=typed)[1] == [f"{card.card}, active", "available 50.00 USD"]
    assert cli("claim-card", holder, "--amount", "20", "--unit", "USD", typed=typed)[1] == [
        f"claimed 20.00 USD from {card.card}, 30.00 USD left on it",
        "available 20.00 USD",
    ]
    assert cli("freeze-card", card.card, "--reason", "reported lost")[1] == ["frozen"]
    assert cli("show-card", card.card)[1][-1] == "frozen: all"
    assert cli("unfreeze-card", card.card, "--reason", "found")[1] == ["no longer frozen"]
    assert cli("show-card", card.card)[1] == [
        f"{card.card}, active, of batch shelf, sold for 50.00 USD, with a PIN",
        "available 30.00 USD",
    ]
    code, said, _ = cli("replace-card", card.card, "--reason", "lost", "--pin-digits", "4")
    assert code == 0
    assert re.fullmatch(
        rf"{card.card} has the code [0-9A-Z-]{{20}}, PIN \d{{4}}: it is not told again", said[0]
    )
    code, _, complaint = cli("present-card", typed=typed)
    assert (code, "CODE_NOT_ACCEPTED" in complaint) == (1, True)
    assert card.code not in complaint
    assert cli("void-card", card.card, "--reason", "stolen")[1] == ["void (forfeited 30.00 USD)"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("top-up", "m", "10.001", "--unit", "USD"), "10.001 has more decimals than USD, which has 2"),
        (("top-up", "m", "1.5", "--unit", "JPY"), "1.5 has more decimals than JPY, which has 0"),
        (("spend", "m", "ten", "--unit", "USD"), "'ten' is no amount, such as 50.00"),
        (("spend", "m", "NaN", "--unit", "USD"), "more decimals"),
        (("spend", "m", "1", "--unit", "EUR"), "the program has no unit EUR"),
        (("spend", "m", "1"), "name the unit: there are USD, JPY of money"),
    ],
)
def test_money_that_is_none_is_wrong_usage(cli: Cli, words: tuple[str, ...], said: str) -> None:
    code, told, complaint = cli(*words)
    assert (code, told) == (2, [])
    assert said in complaint


def test_json_has_smallest_steps(cli: Cli, holder: str) -> None:
    code, told, _ = cli("top-up", holder, "100.00", "--unit", "USD", "--json")
    assert (code, json.loads(told[0])["amount"]) == (0, "10000")
