"""What the server is told when it starts: flags, and TALLYBOOK_* variables behind them. Knows no book."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

DEMO_URL: Final = "sqlite:///tallybook-demo.db"
ADDRESS_DEFAULT: Final = "127.0.0.1:50051"
COMMANDS_PER_CALL_MAX: Final = 1_000
LOG_LEVELS: Final = ("debug", "info", "warning", "error")
LOG_FORMATS: Final = ("console", "json")
CODE_KEY_VARIABLE: Final = "TALLYBOOK_CODE_KEY"
CODE_KEY_BYTES_MIN: Final = 16
PORT_MAX: Final = 65_535
PORT_DIGITS_MAX: Final = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve, checked.

    `queue_limit` is how many commands may wait in one worker, and how many queries; `batch_limit` how many of
    them are carried out together. `migrate` allows the first process to bring an older schema up to date.
    `code_key` hashes codes; it comes from the environment alone, where other users do not see it.
    """

    url: str
    host: str
    port: int
    workers: int
    queue_limit: int
    batch_limit: int
    grace_seconds: int
    sweep_seconds: int
    log_level: str
    log_format: str
    clock_file: str
    demo: bool
    migrate: bool
    bench_empty: bool
    code_key: str = field(default="", repr=False)

    @property
    def address(self) -> str:
        """Where to listen, as gRPC takes it."""
        return joined_address(self.host, self.port)


def joined_address(host: str, port: int) -> str:
    """`host:port`, with brackets around an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def read_settings(argv: Sequence[str], environment: Mapping[str, str]) -> Settings:
    """Read flags, then variables, then defaults. Ends the program with a message where they make no sense."""
    parser = _parser(environment)
    given = parser.parse_args(argv)
    url = given.url or (DEMO_URL if given.demo else "")
    if not url:
        parser.error("name the database: --url or TALLYBOOK_URL (or try --demo)")
    host, port = _host_and_port(parser, given.address)
    return Settings(
        url=url,
        host=host,
        port=port,
        workers=_workers(parser, url, given.workers),
        queue_limit=given.queue_limit,
        batch_limit=given.batch_limit,
        grace_seconds=given.grace_seconds,
        sweep_seconds=given.sweep_seconds,
        log_level=given.log_level,
        log_format=given.log_format,
        clock_file=given.clock_file,
        demo=given.demo,
        migrate=given.migrate,
        bench_empty=given.bench_empty,
        code_key=_code_key(parser, environment),
    )


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="tallybook-server",
        description="Serve a Tallybook over gRPC.",
        epilog="Every flag has a variable: TALLYBOOK_QUEUE_LIMIT for --queue-limit; flags go first. "
        "TALLYBOOK_CODE_KEY, which has no flag, is the secret that codes of gift cards are hashed with.",
    )

    def flag(name: str, default: Any, text: str, kind: Callable[[str], Any] = str, **more: Any) -> None:
        variable = "TALLYBOOK_" + name.upper().replace("-", "_")
        # argparse converts a default that is text, and complains about it as it does about a flag.
        parser.add_argument(
            f"--{name}", default=environment.get(variable, default), type=kind, help=text, **more
        )

    def switch(name: str, text: str) -> None:
        variable = "TALLYBOOK_" + name.upper().replace("-", "_")
        default = _is_on(parser, variable, environment.get(variable, ""))
        parser.add_argument(f"--{name}", action="store_true", default=default, help=text)

    flag("url", "", "database, e.g. sqlite:///shop.db or postgresql://user@host/shop")
    flag("address", ADDRESS_DEFAULT, "host:port to listen on (%(default)s); port 0 takes a free one")
    flag("workers", 0, "processes; 0 is one a core, and one on SQLite (%(default)s)", _whole(0, 256))
    flag(
        "queue-limit",
        2_000,
        "commands that may wait in a worker; more are told to come again (%(default)s)",
        _whole(COMMANDS_PER_CALL_MAX, 1_000_000),
    )
    flag("batch-limit", 100, "commands carried out together (%(default)s)", _whole(2, COMMANDS_PER_CALL_MAX))
    flag(
        "grace-seconds",
        20,
        "how long calls may take to end when the server stops (%(default)s)",
        _whole(0, 3600),
    )
    flag(
        "sweep-seconds",
        60,
        "how often to record what time has done, which no answer depends on; 0 is never (%(default)s)",
        _whole(0, 86_400),
    )
    flag("log-level", "info", "least level that is logged (%(default)s)", choices=LOG_LEVELS)
    flag("log-format", "console", "for people or for machines (%(default)s)", choices=LOG_FORMATS)
    flag("clock-file", "", "take the book's time from this file, for replays (the system's clock)")
    switch("demo", f"serve {DEMO_URL} (unless --url names another) with a program and a member to try")
    switch("migrate", "bring the tables of an older release up to date first")
    switch("bench-empty", "also serve an empty call, tallybook.bench.Empty/Call, to measure against")
    return parser


class _Parser(argparse.ArgumentParser):
    """Checks defaults from the environment against the choices too, which argparse itself does not."""

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        given = super().parse_args(args, namespace)
        for action in self._actions:
            value = getattr(given, action.dest, None)
            if action.choices is not None and value not in action.choices:
                self.error(
                    f"--{action.dest.replace('_', '-')} is {value!r}, not one of {', '.join(action.choices)}"
                )
        return given


def _whole(smallest: int, largest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not smallest <= int(text) <= largest:
            raise argparse.ArgumentTypeError(
                f"must be a whole number from {smallest} to {largest}, not {text!r}"
            )
        return int(text)

    return read


def _is_on(parser: argparse.ArgumentParser, variable: str, text: str) -> bool:
    if text.lower() not in ("", "0", "1", "false", "true"):
        parser.error(f"{variable} must be 1 or 0, not {text!r}")
    return text.lower() in ("1", "true")


def _code_key(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> str:
    key = environment.get(CODE_KEY_VARIABLE, "")
    if not _is_text(key):
        parser.error(f"{CODE_KEY_VARIABLE} must be UTF-8 text")
    if key and len(key.encode()) < CODE_KEY_BYTES_MIN:
        parser.error(f"{CODE_KEY_VARIABLE} must have at least {CODE_KEY_BYTES_MIN} bytes")
    return key


def _is_text(value: str) -> bool:
    """Whether it is text: bytes of a flag or a variable that are not UTF-8 stand in it as surrogates."""
    return value.isascii() or not any("\ud800" <= each <= "\udfff" for each in value)


def _host_and_port(parser: argparse.ArgumentParser, address: str) -> tuple[str, int]:
    host, colon, port = address.rpartition(":")
    is_port = port.isascii() and port.isdecimal() and len(port) <= PORT_DIGITS_MAX and int(port) <= PORT_MAX
    if not colon or not is_port or not _is_text(host):
        parser.error(
            f"--address must be host:port, such as {ADDRESS_DEFAULT} or [::1]:50051, not {address!r}"
        )
    return host.removeprefix("[").removesuffix("]") or "0.0.0.0", int(port)


def _workers(parser: argparse.ArgumentParser, url: str, asked: int) -> int:
    if not url.startswith("sqlite"):
        return asked or os.cpu_count() or 1
    if url.partition("?")[0] in ("sqlite://", "sqlite:///", "sqlite:///:memory:"):
        _refuse(
            parser, "a book in memory ends with the process that opened it: name a file, sqlite:///shop.db"
        )
    if asked > 1:
        _refuse(parser, f"SQLite has one writer at a time: --workers must be 1, not {asked}")
    return 1


def _refuse(parser: argparse.ArgumentParser, message: str) -> NoReturn:
    parser.error(message)
