"""`--demo`: a program and a member to try things with, and what to type. Knows no gRPC."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path
from typing import Final

import tallybook as tb

from tallybook_server.settings import ADDRESS_DEFAULT

MEMBER: Final = "ada"
ORDER: Final = "--line sku=milk,category=dairy,amount=1200 --line sku=bread,amount=6000"
ENTRY_OF_ORDER: Final = 2
"""The first thing that happens to the member after enrolling, if commands are tried in their order."""


def prepare_demo(book: tb.Book) -> str:
    """Put the demo program in force and enroll a member, unless that was done before; returns the program."""
    program = book.apply(tb.DEMO_PROGRAM).program
    book.do(tb.Enroll(program=program, member=MEMBER, request_id="demo", reason="the demo's member"))
    return program


def what_to_try(address: str) -> str:
    """Commands to copy and paste into another terminal."""
    client = _client()
    at = "" if address == ADDRESS_DEFAULT else f" --address {address}"
    commands = (
        ("record a purchase of 72.00 USD", f"purchase {MEMBER} 1001 {ORDER}{at}"),
        ("ask why it earned so much", f"explain {MEMBER} {ENTRY_OF_ORDER}{at}"),
        ("give 120 points by hand", f"award {MEMBER} 120{at}"),
        ("spend 50 of them", f"redeem {MEMBER} 50{at}"),
        ("see what is left, and when it lapses", f"balances {MEMBER}{at}"),
        ("see what happened", f"statement {MEMBER}{at}"),
    )
    width = max(len(f"{client} {command}") for _, command in commands)
    lines = [f"  {f'{client} {command}':<{width}}  # {text}" for text, command in commands]
    return "\n".join(["Try, in another terminal:", "", *lines, ""])


def _client() -> str:
    """How to call the client from where the server was called: by its path when it is not on the way."""
    script = Path(sysconfig.get_path("scripts"), "tallybook-client")
    if not script.exists():
        return "tallybook-client"
    return str(script.relative_to(Path.cwd()) if script.is_relative_to(Path.cwd()) else script)


def say(text: str) -> None:
    """Print to whoever started the server."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
