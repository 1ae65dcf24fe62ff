"""The command `tallybook-client`: what a developer or a support desk does by hand. Knows the client alone.

Exit codes: 0 done; 1 refused, the server decided against it; 2 wrong usage; 3 failed, no decision heard.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import grpc
from google.protobuf.json_format import MessageToJson
from google.protobuf.message import Message

from ._gen.tallybook.v1.event_pb2 import PurchaseDiscount, PurchaseLine, RefundLine, Tender
from .arguments import attribute, common, duration, fields_of, moment, positive
from .cli_checkout import add_checkout
from .cli_coupons import add_coupons
from .cli_draws import add_draws
from .cli_growth import add_growth
from .cli_mall import add_mall
from .cli_members import add_members
from .cli_memberships import add_memberships
from .cli_money import add_money
from .cli_teams import add_teams
from .client import TallybookClient
from .errors import Refused, TallybookError
from .text import lines

EXIT_DONE, EXIT_REFUSED, EXIT_USAGE, EXIT_FAILED = 0, 1, 2, 3

Arguments = argparse.Namespace
Run = Callable[[TallybookClient, Arguments], Iterable[Message]]
Write = Callable[[Message], Iterable[str]]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        with TallybookClient(
            arguments.address, program=arguments.program, timeout=arguments.timeout
        ) as client:
            for message in arguments.run(client, arguments):
                _print(message, as_json=arguments.json, write=arguments.write)
            if "validate_only" in arguments and arguments.validate_only:
                print("nothing was recorded: --validate-only", file=sys.stderr)
    except TallybookError as error:
        _complain(error)
        return EXIT_REFUSED if isinstance(error, Refused) else EXIT_FAILED
    except (ValueError, TypeError) as error:
        print(f"tallybook-client: {error}", file=sys.stderr)
        return EXIT_USAGE
    except BrokenPipeError:  # the reader has seen enough, as `| head` does
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - it outlives us
    return EXIT_DONE


def _print(message: Message, *, as_json: bool, write: Write) -> None:
    if as_json:
        print(
            MessageToJson(
                message,
                preserving_proto_field_name=True,
                always_print_fields_with_no_presence=True,
                indent=None,
            )
        )
        return
    for line in write(message):
        print(line)


def _complain(error: TallybookError) -> None:
    print(f"tallybook-client: {error}", file=sys.stderr)
    for name, value in sorted(error.metadata.items()):
        print(f"  {name}: {value}", file=sys.stderr)
    for violation in error.violations:
        print(f"  {violation.field}: {violation.description}", file=sys.stderr)
    if error.code is grpc.StatusCode.UNAVAILABLE and not error.reason:
        print("  is the server running, and is --address right?", file=sys.stderr)


def _enroll(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.enroll_member(given.member, **common(given))


def _award(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.award(given.member, amount=given.amount, unit=given.unit, **common(given))


def _redeem(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.redeem(
        given.member, amount=given.amount, unit=given.unit, allow_partial=given.partial, **common(given)
    )


def _hold(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.hold(
        given.member,
        amount=given.amount,
        unit=given.unit,
        hold_id=given.hold_id,
        ttl=given.ttl,
        **common(given),
    )


def _capture(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.capture(given.member, given.hold_id, amount=given.amount, **common(given))


def _release(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.release(given.member, given.hold_id, **common(given))


def _purchase(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.record_purchase(
        given.member,
        order_id=given.order_id,
        currency=given.currency,
        lines=given.line,
        tax=given.tax,
        shipping=given.shipping,
        discounts=given.discount,
        tenders=given.tender,
        **_of_event(given),
    )


def _refund(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.record_refund(
        given.member,
        refund_id=given.refund_id,
        order_id=given.order_id,
        lines=given.line,
        amount=given.amount,
        tenders=given.tender,
        **_of_event(given),
    )


def _event(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.record_event(given.member, given.name, event_id=given.event_id, **_of_event(given))


def _explain(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.explain_entry(given.member, given.version)


def _waiting_refunds(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.list_waiting_refunds()


def _referral_code(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.issue_referral_code(given.member, code=given.code, **common(given))


def _bind(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.bind_referral(given.member, code=given.code, referrer=given.referrer, **common(given))


def _referral(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_referral(given.member)


def _newcomers(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.list_newcomers(given.member)


def _balances(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_balances(given.member, units=given.unit)


def _statement(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    page_size = min(given.limit, 100)
    yield from islice(client.list_entries(given.member, unit=given.unit, page_size=page_size), given.limit)


def _entry(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_entry(given.member, given.version)


def _of_event(given: Arguments) -> dict[str, Any]:
    return {
        "occurred_at": given.occurred_at,
        "store": given.store,
        "channel": given.channel,
        "attributes": dict(given.attribute),
        "source": given.source,
        "reason": given.reason,
        "validate_only": given.validate_only,
    }


class _Commands:
    """The commands that there are, each of which runs a function."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._parsers = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(self, name: str, run: Run, parent: argparse.ArgumentParser, text: str) -> argparse.ArgumentParser:
        """One more, on a program."""
        command = self._parsers.add_parser(
            name, parents=[parent], help=text, description=text.capitalize() + "."
        )
        command.set_defaults(run=run, write=lines)
        return command

    def add_of_member(
        self, name: str, run: Run, parent: argparse.ArgumentParser, text: str
    ) -> argparse.ArgumentParser:
        """One more, on a member."""
        command = self.add(name, run, parent, text)
        command.add_argument("member", help="id of the member")
        return command


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tallybook-client",
        description="Record what members do; award, spend and read their units, on a Tallybook server.",
        epilog="TALLYBOOK_ADDRESS and TALLYBOOK_PROGRAM stand in for --address and --program.",
    )
    commands = _Commands(parser)
    commands.add_of_member("enroll", _enroll, _every_write(), "open a member's page of the book")
    _add_events(commands)
    _add_units(commands)
    _add_referrals(commands)
    _add_reads(commands)
    add_money(commands, _every_write(), _every_call())
    add_members(commands, _every_write(), _every_call())
    add_memberships(commands, _every_write(), _every_call())
    add_mall(commands, _every_write(), _every_call())
    add_growth(commands, _every_write(), _every_call())
    add_teams(commands, _every_write(), _every_call())
    add_coupons(commands, _every_write(), _every_call())
    add_checkout(commands, _every_write(), _every_call())
    add_draws(commands, _every_call())
    return parser


def _add_events(commands: _Commands) -> None:
    events = _every_event()
    purchase = commands.add_of_member("purchase", _purchase, events, "record what was bought")
    purchase.add_argument("order_id", help="id of the order")
    refund = commands.add_of_member("refund", _refund, events, "record what came back of an order")
    refund.add_argument("refund_id", help="id of the refund")
    refund.add_argument("order_id", help="id of the order")
    refund.add_argument("--amount", type=int, help="goods that no line accounts for, in minor units")
    several: dict[str, Any] = {"action": "append", "default": []}
    for command, kind, example in (
        (purchase, PurchaseLine, "sku=A1,category=dairy,quantity=2,amount=7200"),
        (refund, RefundLine, "line_id=1,quantity=1"),
    ):
        command.add_argument("--line", type=fields_of(kind), **several, help=f"such as {example}; repeat it")
        command.add_argument(
            "--tender", type=fields_of(Tender), **several, help="such as kind=card,amount=7200"
        )
    purchase.add_argument(
        "--discount", type=fields_of(PurchaseDiscount), **several, help="such as code=SPRING,amount=500"
    )
    purchase.add_argument("--currency", default="USD", help="currency of the order (%(default)s)")
    purchase.add_argument("--tax", type=int, default=0, help="tax besides that of the lines, in minor units")
    purchase.add_argument("--shipping", type=int, default=0, help="shipping, in minor units")
    event = commands.add_of_member("event", _event, events, "record anything else that the program declares")
    event.add_argument("name", help="what it is, e.g. check_in")
    event.add_argument("event_id", help="names it among the member's events of this name")


def _add_units(commands: _Commands) -> None:
    writes = _every_write()
    award = commands.add_of_member("award", _award, writes, "give units")
    award.add_argument("amount", type=int, help="how much, in the unit's smallest step")
    redeem = commands.add_of_member("redeem", _redeem, writes, "spend units")
    redeem.add_argument("amount", type=int, help="how much, in the unit's smallest step")
    redeem.add_argument("--partial", action="store_true", help="take what there is when it is less")
    hold = commands.add_of_member("hold", _hold, writes, "set units aside")
    hold.add_argument("amount", type=int, help="how much, in the unit's smallest step")
    hold.add_argument("--hold-id", default="", help="id for the hold (the request id)")
    hold.add_argument("--ttl", type=duration, help="how long it may stay open, e.g. 90s, 15m, 2h, 7d")
    for command in (award, redeem, hold):
        command.add_argument("--unit", default="points", help="code of the unit (%(default)s)")
    capture = commands.add_of_member("capture", _capture, writes, "spend a hold; the rest is released")
    capture.add_argument("hold_id", help="id of the hold")
    capture.add_argument("amount", type=int, nargs="?", help="how much of it (all)")
    release = commands.add_of_member("release", _release, writes, "give up a hold")
    release.add_argument("hold_id", help="id of the hold")


def _add_referrals(commands: _Commands) -> None:
    writes, reads = _every_write(), _every_call()
    code = commands.add_of_member("referral-code", _referral_code, writes, "give a code to pass on")
    code.add_argument("--code", default="", help="one of the shop's choice (the one there is, or a new one)")
    bind = commands.add_of_member("bind", _bind, writes, "tell who brought a newcomer")
    by = bind.add_mutually_exclusive_group(required=True)
    by.add_argument("--code", help="the referrer's code, as it was typed")
    by.add_argument("--referrer", help="id of the referrer")
    commands.add_of_member("referral", _referral, reads, "show who brought a member, and what they brought")
    commands.add_of_member("newcomers", _newcomers, reads, "show the newcomers that a member has brought")


def _add_reads(commands: _Commands) -> None:
    reads = _every_call()
    balances = commands.add_of_member("balances", _balances, reads, "show what a member has, lot by lot")
    balances.add_argument("--unit", action="append", default=[], help="only this unit; may be repeated")
    statement = commands.add_of_member(
        "statement", _statement, reads, "show a member's entries, newest first"
    )
    statement.add_argument("--unit", default="", help="only entries that move this unit")
    statement.add_argument("--limit", type=positive, default=20, help="how many at most (%(default)s)")
    entry = commands.add_of_member("entry", _entry, reads, "show one entry with its postings")
    entry.add_argument("version", type=int, help="version of the entry")
    explain = commands.add_of_member("explain", _explain, reads, "tell why an event came to what it did")
    explain.add_argument("version", type=int, help="version of the entry that recorded it")
    commands.add("waiting-refunds", _waiting_refunds, reads, "show refunds that came before their order")


def _every_call() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    address = os.environ.get("TALLYBOOK_ADDRESS", "127.0.0.1:50051")
    program = os.environ.get("TALLYBOOK_PROGRAM", "demo")
    parser.add_argument("--address", default=address, help="host:port of the server (%(default)s)")
    parser.add_argument("--program", default=program, help="id of the program (%(default)s)")
    parser.add_argument("--timeout", type=float, default=5.0, help="seconds to wait in all (%(default)s)")
    parser.add_argument("--json", action="store_true", help="print each reply as one line of JSON")
    return parser


def _every_command() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, parents=[_every_call()])
    parser.add_argument("--source", default="", help="where it comes from")
    parser.add_argument("--reason", default="", help="why")
    parser.add_argument("--validate-only", action="store_true", help="answer as usual and record nothing")
    return parser


def _every_write() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, parents=[_every_command()])
    parser.add_argument(
        "--request-id", default="", help="names the request; one is drawn when it is not given"
    )
    return parser


def _every_event() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, parents=[_every_command()])
    parser.add_argument("--occurred-at", type=moment, help="when it happened (now)")
    parser.add_argument("--store", default="", help="the store")
    parser.add_argument("--channel", default="", help="the channel, e.g. web")
    parser.add_argument(
        "--attribute", type=attribute, action="append", default=[], help="such as stars=5; repeat it"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
