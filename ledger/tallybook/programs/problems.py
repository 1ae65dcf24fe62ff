"""What is wrong with a program, as facts. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallybook.errors import TallybookError, UnknownProgram

PathPart = str | int
Path = tuple[PathPart, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a program document, and where it stands.

    `path` is the way to it, such as `units.points.expiry.days` or `funds[2]`, and empty for the whole
    document; `line` and `column` count from 1; `suggestion` is the name that was probably meant, or None.
    """

    path: str
    line: int
    column: int
    message: str
    suggestion: str | None = None

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}: "
        hint = f" (did you mean {self.suggestion!r}?)" if self.suggestion is not None else ""
        return place + f"{self.path or 'the document'} {self.message}{hint}"


def written(path: Path) -> str:
    """A path as people write it: `units.points.expiry`, `funds[2]`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


@dataclass(eq=False)
class ProgramInvalid(TallybookError, ValueError):
    """The program document has mistakes, all of them in `problems`, in the order of the text.

    `total` is their number; of a text that is nothing but mistakes, only the first hundred are described.
    """

    code: ClassVar[str] = "PROGRAM_INVALID"
    problems: tuple[Problem, ...]
    total: int

    def __str__(self) -> str:
        lines = [f"the program document has {self.total} mistake{'' if self.total == 1 else 's'}:"]
        lines += [f"  {problem}" for problem in self.problems]
        if self.total > len(self.problems):
            lines.append(f"  and {self.total - len(self.problems)} more")
        return "\n".join(lines)


@dataclass(eq=False)
class UnknownRevision(UnknownProgram):
    """Program {program!r} has no revision {revision}."""

    revision: int
