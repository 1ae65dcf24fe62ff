"""The commands about money and gift cards: what they take, and which calls they make. Knows the client alone.

Amounts are whole money, such as 50.00; how many decimals there are is the program's to say.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from getpass import getpass
from itertools import islice
from typing import Any, Protocol

from google.protobuf.message import Message

from ._gen.tallybook.v1.member_pb2 import FreezeScope
from .arguments import common
from .client import TallybookClient
from .money_text import MoneyWords

Arguments = argparse.Namespace
Run = Callable[[TallybookClient, Arguments], Iterable[Message]]
Act = Callable[[TallybookClient, Arguments, MoneyWords], Iterable[Message]]


class Commands(Protocol):
    """Where commands are added."""

    def add(self, name: str, run: Run, parent: argparse.ArgumentParser, text: str) -> argparse.ArgumentParser:
        """One more, on a program."""

    def add_of_member(
        self, name: str, run: Run, parent: argparse.ArgumentParser, text: str
    ) -> argparse.ArgumentParser:
        """One more, on a member."""


def _money(act: Act) -> Run:
    """A command whose amounts are read and told by the decimals of the program's units."""

    def run(client: TallybookClient, given: Arguments) -> Iterable[Message]:
        words = MoneyWords.of_program(client.get_program().program)
        given.write = words.lines
        return act(client, given, words)

    return run


def _amount(given: Arguments, words: MoneyWords, unit: str) -> int | None:
    return None if given.amount is None else words.smallest_steps(given.amount, unit)


def _needed(given: Arguments, words: MoneyWords, unit: str) -> int:
    return words.smallest_steps(given.amount, unit)


# --- paying in and spending ------------------------------------------------------------------------------


def _top_up(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    unit = words.unit(given.unit)
    yield client.top_up(
        given.member,
        amount=_needed(given, words, unit),
        unit=unit,
        plan=given.plan,
        top_up_id=given.top_up_id,
        **common(given),
    )


def _confirm_top_up(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    unit = client.get_top_up(given.member, given.top_up_id).top_up.unit
    amount = _needed(given, words, unit)
    yield client.confirm_top_up(
        given.member, given.top_up_id, amount=amount, payment=given.payment, **common(given)
    )


def _cancel_top_up(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.cancel_top_up(given.member, given.top_up_id, **common(given))


def _spend(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    unit = words.unit(given.unit)
    yield client.spend_value(
        given.member,
        amount=_needed(given, words, unit),
        unit=unit,
        allow_partial=given.partial,
        **common(given),
    )


def _refund_spend(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    amount = _amount(given, words, words.unit(given.unit))
    yield client.refund_spend(given.member, given.entry, amount=amount, **common(given))


def _transfer(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    unit = words.unit(given.unit)
    amount = _needed(given, words, unit)
    yield client.transfer_value(given.member, given.to_member, amount=amount, unit=unit, **common(given))


# --- paying back -----------------------------------------------------------------------------------------


def _refund_top_up(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    unit = client.get_top_up(given.member, given.top_up_id).top_up.unit
    yield client.request_top_up_refund(
        given.member,
        given.top_up_id,
        amount=_amount(given, words, unit),
        payout_id=given.payout_id,
        **common(given),
    )


def _withdraw(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    unit = words.unit(given.unit)
    yield client.request_withdrawal(
        given.member,
        amount=_needed(given, words, unit),
        unit=unit,
        payout_id=given.payout_id,
        **common(given),
    )


def _confirm_payout(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.confirm_payout(given.member, given.payout_id, payment=given.payment, **common(given))


def _cancel_payout(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.cancel_payout(given.member, given.payout_id, **common(given))


def _reactivate(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    unit = words.unit(given.unit)
    amount = _amount(given, words, unit)
    yield client.reactivate(given.member, unit=unit, amount=amount, **common(given))


def _name_holder(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.name_holder(given.member, is_named=not given.no_longer, **common(given))


# --- looking ---------------------------------------------------------------------------------------------


def _show_top_up(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.get_top_up(given.member, given.top_up_id)


def _show_payout(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.get_payout(given.member, given.payout_id)


def _max_refund(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.get_max_refund(given.member, given.top_up_id)


def _max_withdrawal(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.get_max_withdrawal(given.member, unit=words.unit(given.unit))


def _money_statement(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    entries = client.list_entries(given.member, unit=words.unit(given.unit), page_size=min(given.limit, 100))
    yield from islice(entries, given.limit)


def _stored_value(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.get_stored_value_report()


# --- gift cards ------------------------------------------------------------------------------------------


def _activate_card(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    unit = client.get_card(given.card).card.unit
    amount = _needed(given, words, unit)
    yield client.activate_card(given.card, amount=amount, payment=given.payment, **common(given))


def _freeze_card(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.freeze_member(given.card, scope=FreezeScope.FREEZE_SCOPE_ALL, **common(given))


def _unfreeze_card(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.unfreeze_member(given.card, **common(given))


def _void_card(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.void_card(given.card, **common(given))


def _replace_card(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.replace_card(
        given.card, reason=given.reason, pin_digits=given.pin_digits, request_id=given.request_id
    )


def _present_card(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    code, pin = _typed("code"), _typed("PIN")
    yield client.present_card(code, pin=pin, caller=given.caller, request_id=given.request_id)


def _claim_card(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    amount = _amount(given, words, words.unit(given.unit))
    code, pin = _typed("code"), _typed("PIN")
    yield client.claim_card(
        given.member, code, pin=pin, caller=given.caller, amount=amount, request_id=given.request_id
    )


def _typed(what: str) -> str:
    """What somebody types unseen, or pipes in. Arguments would be seen by whoever lists processes."""
    if sys.stdin.isatty():
        return getpass(f"{what}: ")
    return sys.stdin.readline().strip()


def _show_card(client: TallybookClient, given: Arguments, words: MoneyWords) -> Iterator[Message]:
    yield client.get_card(given.card)


# --- what they take --------------------------------------------------------------------------------------


def add_money(commands: Commands, writes: argparse.ArgumentParser, reads: argparse.ArgumentParser) -> None:
    """Add the commands about money; `writes` and `reads` have what all of them take."""
    _add_payments(commands, writes)
    _add_payouts(commands, writes)
    _add_looks(commands, reads)
    _add_cards(commands, writes, reads)


def _with(command: argparse.ArgumentParser, *names: str) -> None:
    """Give a command arguments that several have."""
    for name in names:
        given = dict(_ARGUMENTS[name])
        command.add_argument(given.pop("flag"), **given)


_ARGUMENTS: dict[str, dict[str, Any]] = {
    "amount": {"flag": "amount", "help": "how much, such as 50.00"},
    "part": {"flag": "amount", "nargs": "?", "help": "how much, such as 50.00 (all)"},
    "unit": {"flag": "--unit", "default": "", "help": "code of the unit (the only one of money)"},
    "top_up": {"flag": "top_up_id", "help": "id of the top-up"},
    "payout": {"flag": "payout_id", "help": "id of the payout"},
    "payout_name": {"flag": "--payout-id", "default": "", "help": "id for the payout (the request id)"},
    "payment": {"flag": "--payment", "default": "", "help": "what the payment is called elsewhere"},
    "card": {"flag": "card", "help": "name of the card, such as card:xmas-0000001"},
    "caller": {"flag": "--caller", "default": "tallybook-client", "help": "who tries (%(default)s)"},
    "request": {"flag": "--request-id", "default": "", "help": "names the request (one is drawn)"},
}


def _add_payments(commands: Commands, writes: argparse.ArgumentParser) -> None:
    top_up = commands.add_of_member("top-up", _money(_top_up), writes, "announce a payment")
    _with(top_up, "amount", "unit")
    top_up.add_argument("--plan", default="", help="code of the plan (the one that adds most)")
    top_up.add_argument("--top-up-id", default="", help="id for the top-up (the request id)")
    confirm = commands.add_of_member(
        "confirm-top-up", _money(_confirm_top_up), writes, "make a top-up that was paid available"
    )
    _with(confirm, "top_up", "amount", "payment")
    cancel = commands.add_of_member("cancel-top-up", _money(_cancel_top_up), writes, "call off a top-up")
    _with(cancel, "top_up")
    spend = commands.add_of_member("spend", _money(_spend), writes, "spend stored value")
    _with(spend, "amount", "unit")
    spend.add_argument("--partial", action="store_true", help="take what there is when it is less")
    refund = commands.add_of_member("refund-spend", _money(_refund_spend), writes, "give back a spending")
    refund.add_argument("entry", type=int, help="version of the entry that spent it")
    _with(refund, "part", "unit")
    transfer = commands.add_of_member(
        "transfer", _money(_transfer), writes, "move money to another account or card of the same holder"
    )
    transfer.add_argument("to_member", help="id of the other member")
    _with(transfer, "amount", "unit")


def _add_payouts(commands: Commands, writes: argparse.ArgumentParser) -> None:
    refund = commands.add_of_member(
        "refund-top-up", _money(_refund_top_up), writes, "set aside what a top-up is to be paid back"
    )
    _with(refund, "top_up", "part", "payout_name")
    withdraw = commands.add_of_member(
        "withdraw", _money(_withdraw), writes, "set principal aside to be paid back"
    )
    _with(withdraw, "amount", "unit", "payout_name")
    confirm = commands.add_of_member("confirm-payout", _money(_confirm_payout), writes, "record a payout")
    _with(confirm, "payout", "payment")
    cancel = commands.add_of_member("cancel-payout", _money(_cancel_payout), writes, "call off a payout")
    _with(cancel, "payout")
    again = commands.add_of_member("reactivate", _money(_reactivate), writes, "give lapsed principal again")
    _with(again, "part", "unit")
    named = commands.add_of_member("name-holder", _money(_name_holder), writes, "record who is known by name")
    named.add_argument("--no-longer", action="store_true", help="the member is not known by name any more")


def _add_looks(commands: Commands, reads: argparse.ArgumentParser) -> None:
    looks: tuple[tuple[str, Act, str, str], ...] = (
        ("show-top-up", _show_top_up, "top_up", "show a top-up, and what of it can be paid back"),
        ("show-payout", _show_payout, "payout", "show a payout"),
        ("max-refund", _max_refund, "top_up", "show what can be paid back of a top-up"),
        ("max-withdrawal", _max_withdrawal, "unit", "show what can be paid back in all"),
    )
    for name, act, argument, text in looks:
        _with(commands.add_of_member(name, _money(act), reads, text), argument)
    statement = commands.add_of_member(
        "money-statement", _money(_money_statement), reads, "show a member's entries in money, newest first"
    )
    _with(statement, "unit")
    statement.add_argument("--limit", type=int, default=20, help="how many at most (%(default)s)")
    commands.add("stored-value", _money(_stored_value), reads, "show what came in, and where it is")


def _add_cards(commands: Commands, writes: argparse.ArgumentParser, reads: argparse.ArgumentParser) -> None:
    activate = commands.add("activate-card", _money(_activate_card), writes, "put on a card what was paid")
    _with(activate, "card", "amount", "payment")
    freeze = commands.add("freeze-card", _money(_freeze_card), writes, "stop a card, with a reason")
    _with(freeze, "card")
    unfreeze = commands.add("unfreeze-card", _money(_unfreeze_card), writes, "let a card be used again")
    _with(unfreeze, "card")
    void = commands.add("void-card", _money(_void_card), writes, "make a card void, with a reason")
    _with(void, "card")
    replace = commands.add("replace-card", _money(_replace_card), reads, "give a lost card another code")
    _with(replace, "card", "request")
    replace.add_argument("--reason", default="", help="why")
    replace.add_argument("--pin-digits", type=int, default=0, help="digits of its PIN; 0 is no PIN")
    present = commands.add(
        "present-card", _money(_present_card), reads, "show what is on a card; code and PIN are typed"
    )
    _with(present, "caller", "request")
    claim = commands.add_of_member(
        "claim-card", _money(_claim_card), reads, "move what is on a card to a member; code and PIN are typed"
    )
    claim.add_argument("--amount", help="how much, such as 50.00 (all)")
    _with(claim, "unit", "caller", "request")
    _with(commands.add("show-card", _money(_show_card), reads, "show a card by its name"), "card")
