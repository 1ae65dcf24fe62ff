"""Do the locks in requirements/ still fit the projects? Read from the files alone, with no network.

A lock fits when every requirement that a project states is met by a pinned version, every pin carries a hash,
each wider lock repeats the narrower one's pins (so that one environment can be widened), and no line names a
place to download from: an installer's own settings say where packages come from, a repository does not.

Run: python tools/locks.py
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent

# Each lock with the extras of the root project that it serves. Order matters: each repeats the one before.
LOCKED_EXTRAS: dict[str, tuple[str, ...]] = {
    "server": ("server",),
    "dev": ("server", "dev"),
    "bench": ("server", "dev", "bench"),
}
OWN_PROJECTS = {"tallybook", "tallybook-client"}

PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+))?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
ADDRESS = re.compile(r"\w+://\S+|@ \S+|--(?:extra-)?index-url|--find-links|\b[\w.-]+\.(?:org|com|io|net)\b")


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock file: what it pins, by canonical name, and what is wrong with its own lines.

    A name has two versions where a newer one has left our oldest Python; markers tell them apart.
    """

    pins: dict[str, frozenset[Version]]
    faults: list[str]


def read_lock(text: str) -> Lock:
    """Read a lock. Any line that is not a pin with hashes is a fault: that leaves no room for an address."""
    pins: dict[str, frozenset[Version]] = {}
    faults: list[str] = []
    for line in _logical_lines(text):
        statement, *hashes = re.split(r"\s+(?=--)", line)
        pin = PIN.fullmatch(statement.strip())
        if pin is None:
            faults.append(f"not a pin: {line}")
            continue
        if not hashes or not all(HASH.fullmatch(each.strip()) for each in hashes):
            faults.append(f"{pin['name']} carries something other than sha256 hashes, or none")
        name = canonicalize_name(pin["name"])
        pins[name] = pins.get(name, frozenset()) | {Version(pin["version"])}
    return Lock(pins, faults)


def _logical_lines(text: str) -> Iterator[str]:
    for line in text.replace("\\\n", " ").splitlines():
        statement = re.sub(r"(^|\s)#.*", "", line).strip()
        if statement:
            yield statement


def unmet(requirements: Iterable[str], lock: Lock) -> list[str]:
    """Say which requirements no pin meets. The projects' own distributions are installed from the tree."""
    faults = []
    for requirement in map(Requirement, requirements):
        name = canonicalize_name(requirement.name)
        if name in OWN_PROJECTS:
            continue
        pinned = lock.pins.get(name, frozenset())
        if not pinned:
            faults.append(f"{requirement} is not pinned")
        faults += [
            f"{requirement} is pinned to {version}"
            for version in sorted(pinned)
            if not requirement.specifier.contains(version, prereleases=True)
        ]
    return faults


def disagreements(narrow: Lock, wide: Lock) -> list[str]:
    """Say which pins of the narrower lock the wider one does not repeat."""
    return [
        f"{name} is {_spoken(versions)} in the narrower lock, {_spoken(wide.pins.get(name))} here"
        for name, versions in narrow.pins.items()
        if wide.pins.get(name) != versions
    ]


def _spoken(versions: frozenset[Version] | None) -> str:
    return " and ".join(map(str, sorted(versions))) if versions else "absent"


def addresses(text: str) -> list[str]:
    """Every place named in a comment or a statement, or an option that would name one."""
    return ADDRESS.findall(text)


def _stated_requirements(*extras: str) -> list[str]:
    root = tomllib.loads((ROOT / "pyproject.toml").read_text())
    client = tomllib.loads((ROOT / "clients/python/pyproject.toml").read_text())
    build_tools = _plain_requirements("build.in")
    stated = [*root["build-system"]["requires"], *client["build-system"]["requires"], *build_tools]
    stated += root["project"]["dependencies"] + client["project"]["dependencies"]
    for extra in extras:
        stated += root["project"]["optional-dependencies"][extra]
    return stated


def _plain_requirements(name: str) -> list[str]:
    return list(_logical_lines((ROOT / "requirements" / name).read_text()))


def check() -> list[str]:
    """Every fault of every lock, each named by its file; empty when all fit."""
    faults: list[str] = []
    narrower = Lock({}, [])
    for name, stated in _locks_and_what_they_serve():
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        lock = read_lock(text)
        found = lock.faults + [f"names {each}" for each in addresses(text)] + unmet(stated, lock)
        if name in LOCKED_EXTRAS:
            found += disagreements(narrower, lock)
            narrower = lock
        faults += [f"requirements/{name}.txt: {each}" for each in found]
    return faults


def _locks_and_what_they_serve() -> Iterator[tuple[str, list[str]]]:
    for name, extras in LOCKED_EXTRAS.items():
        yield name, _stated_requirements(*extras)
    yield "gen", _plain_requirements("gen.in")


def main() -> int:
    """Print the faults, and fail when there are any."""
    faults = check()
    for fault in faults:
        print(fault, file=sys.stderr)
    print("locks: " + (f"{len(faults)} faults; `make lock` pins anew" if faults else "fit"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
