"""The command `tallybook-client`: what a developer or a support desk does by hand. Knows the client alone.

Exit codes: 0 done; 1 refused, the server decided against it; 2 wrong usage; 3 failed, no decision heard.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

import grpc
from google.protobuf.json_format import MessageToJson
from google.protobuf.message import Message

from ._gen.tallybook.v1.amounts_pb2 import Money
from .client import TallybookClient
from .errors import Refused, TallybookError
from .text import lines

EXIT_DONE, EXIT_REFUSED, EXIT_USAGE, EXIT_FAILED = 0, 1, 2, 3

Arguments = argparse.Namespace
Run = Callable[[TallybookClient, Arguments], Iterable[Message]]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        with TallybookClient(
            arguments.address, program=arguments.program, timeout=arguments.timeout
        ) as client:
            for message in arguments.run(client, arguments):
                _print(message, as_json=arguments.json)
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


def _print(message: Message, *, as_json: bool) -> None:
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
    for line in lines(message):
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
    yield client.enroll_member(given.member, **_common(given))


def _award(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    spend, unit = None, given.unit
    if given.spend is not None:
        spend, unit = Money(currency=given.currency, minor_units=given.spend), ""
    yield client.award(given.member, amount=given.amount, unit=unit, spend=spend, **_common(given))


def _redeem(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.redeem(
        given.member, amount=given.amount, unit=given.unit, allow_partial=given.partial, **_common(given)
    )


def _hold(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.hold(
        given.member,
        amount=given.amount,
        unit=given.unit,
        hold_id=given.hold_id,
        ttl=given.ttl,
        **_common(given),
    )


def _capture(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.capture(given.member, given.hold_id, amount=given.amount, **_common(given))


def _release(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.release(given.member, given.hold_id, **_common(given))


def _balances(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_balances(given.member, units=given.unit)


def _statement(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    page_size = min(given.limit, 100)
    yield from islice(client.list_entries(given.member, unit=given.unit, page_size=page_size), given.limit)


def _entry(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_entry(given.member, given.version)


def _common(given: Arguments) -> dict[str, Any]:
    return {
        "request_id": given.request_id,
        "source": given.source,
        "reason": given.reason,
        "validate_only": given.validate_only,
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tallybook-client",
        description="Award, spend and read a member's units on a Tallybook server.",
        epilog="TALLYBOOK_ADDRESS and TALLYBOOK_PROGRAM stand in for --address and --program.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    reads, writes = _every_call(), _every_write()

    def add(name: str, run: Run, parent: argparse.ArgumentParser, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, parents=[parent], help=text, description=text.capitalize() + ".")
        command.set_defaults(run=run)
        command.add_argument("member", help="id of the member")
        return command

    add("enroll", _enroll, writes, "open a member's page of the book")
    award = add("award", _award, writes, "give units")
    award.add_argument("amount", type=int, nargs="?", help="how much, in the unit's smallest step")
    award.add_argument(
        "--spend", type=int, help="instead of an amount: the money spent, in minor units (cents)"
    )
    award.add_argument("--currency", default="USD", help="currency of --spend (%(default)s)")
    redeem = add("redeem", _redeem, writes, "spend units")
    redeem.add_argument("amount", type=int, help="how much, in the unit's smallest step")
    redeem.add_argument("--partial", action="store_true", help="take what there is when it is less")
    hold = add("hold", _hold, writes, "set units aside")
    hold.add_argument("amount", type=int, help="how much, in the unit's smallest step")
    hold.add_argument("--hold-id", default="", help="id for the hold (the request id)")
    hold.add_argument("--ttl", type=_duration, help="how long it may stay open, e.g. 90s, 15m, 2h, 7d")
    for command in (award, redeem, hold):
        command.add_argument("--unit", default="points", help="code of the unit (%(default)s)")
    capture = add("capture", _capture, writes, "spend a hold; the rest is released")
    capture.add_argument("hold_id", help="id of the hold")
    capture.add_argument("amount", type=int, nargs="?", help="how much of it (all)")
    release = add("release", _release, writes, "give up a hold")
    release.add_argument("hold_id", help="id of the hold")
    balances = add("balances", _balances, reads, "show what a member has, lot by lot")
    balances.add_argument("--unit", action="append", default=[], help="only this unit; may be repeated")
    statement = add("statement", _statement, reads, "show a member's entries, newest first")
    statement.add_argument("--unit", default="", help="only entries that move this unit")
    statement.add_argument("--limit", type=_positive, default=20, help="how many at most (%(default)s)")
    entry = add("entry", _entry, reads, "show one entry with its postings")
    entry.add_argument("version", type=int, help="version of the entry")
    return parser


def _every_call() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    address = os.environ.get("TALLYBOOK_ADDRESS", "127.0.0.1:50051")
    program = os.environ.get("TALLYBOOK_PROGRAM", "demo")
    parser.add_argument("--address", default=address, help="host:port of the server (%(default)s)")
    parser.add_argument("--program", default=program, help="id of the program (%(default)s)")
    parser.add_argument("--timeout", type=float, default=5.0, help="seconds to wait in all (%(default)s)")
    parser.add_argument("--json", action="store_true", help="print each reply as one line of JSON")
    return parser


def _every_write() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, parents=[_every_call()])
    parser.add_argument(
        "--request-id", default="", help="names the request; one is drawn when it is not given"
    )
    parser.add_argument("--source", default="", help="where it comes from")
    parser.add_argument("--reason", default="", help="why")
    parser.add_argument("--validate-only", action="store_true", help="answer as usual and record nothing")
    return parser


def _duration(text: str) -> timedelta:
    unit_of = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    match = re.fullmatch(r"(\d+)([smhd])", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no duration such as 90s, 15m, 2h or 7d")
    return timedelta(**{unit_of[match[2]]: int(match[1])})


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above zero")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
