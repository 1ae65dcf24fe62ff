"""The client installed alone: its wheel and what that declares, in an environment that has nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.server.serving import Served

CLIENT = Path(__file__).resolve().parents[2] / "clients" / "python"
FOREIGN = ["tallybook", "tallybook_server", "sqlalchemy", "psycopg", "structlog", "pydantic"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Needs no network: what the wheel declares is taken over from this environment, file by file."""
    folder = tmp_path_factory.mktemp("alone")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=CLIENT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True)
    (site_packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    for name in declared_by(
        metadata.Distribution.at(next(site_packages.glob("tallybook_client-*.dist-info")))
    ):
        take_over(metadata.distribution(name), site_packages)
    return folder / "venv"


def declared_by(distribution: metadata.Distribution) -> Iterator[str]:
    """What a distribution needs, and what that needs, without extras."""
    for text in distribution.requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            needed = metadata.distribution(requirement.name)
            assert requirement.specifier.contains(needed.version)
            yield requirement.name
            yield from declared_by(needed)


def take_over(distribution: metadata.Distribution, site_packages: Path) -> None:
    purelib = Path(sysconfig.get_path("purelib"))
    for file in distribution.files or ():
        source = Path(str(file.locate()))
        target = site_packages / file
        if ".." in file.parts or not source.is_relative_to(purelib) or target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(source)


def run(environment: Path, *command: str) -> str:
    done = subprocess.run(
        [str(environment / "bin" / command[0]), *command[1:]], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_nothing_but_the_client_is_there(environment: Path) -> None:
    found = "import importlib.util as u; print([n for n in {} if u.find_spec(n)])"
    assert run(environment, "python", "-c", found.format(FOREIGN)) == "[]\n"


def test_it_talks_to_the_server(environment: Path, served: Served) -> None:
    at = ("--address", served.address, "--program", "shop")
    assert "enrolled" in run(environment, "tallybook-client", "enroll", "alone", *at)
    assert "awarded 120 points" in run(environment, "tallybook-client", "award", "alone", "120", *at)
    printed = run(environment, "tallybook-client", "redeem", "alone", "50", *at)
    assert re.search(r"redeemed 50 points\npoints: available 70", printed)
    listed = run(environment, "tallybook-client", "statement", "alone", *at)
    assert [line.split()[3] for line in listed.splitlines()] == ["redeem", "award", "enroll"]
    asynchronous = (
        "import asyncio, tallybook_client as t\n"
        "async def main():\n"
        f"    async with t.AsyncTallybookClient({served.address!r}, program='shop') as client:\n"
        "        reply = await client.get_balances('alone', units=['points'])\n"
        "        print(reply.balances[0].balance.available)\n"
        "asyncio.run(main())\n"
    )
    assert run(environment, "python", "-c", asynchronous) == "70\n"
