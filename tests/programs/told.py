"""What a program's mistakes are expected to be, a line of text each: place, path, message, suggestion."""

import pytest
from tallybook.programs import ProgramInvalid, parse


def assert_told(document: str, expected: str) -> None:
    """Hold the mistakes of a document against those expected, such as `6:1 fund is not a name ? funds`.

    Several are parted by ` / `; of each, a message may be given in part, from its beginning.
    """
    with pytest.raises(ProgramInvalid) as caught:
        parse(document)
    found = caught.value.problems
    assert len(found) == len(expected.split(" / ")), str(caught.value)
    for problem, line in zip(found, expected.split(" / "), strict=True):
        said, _, suggestion = line.partition(" ? ")
        place, _, sentence = said.partition(" ")
        assert f"{problem.line}:{problem.column}" == place, str(problem)
        assert f"{problem.path} {problem.message}".startswith(sentence)
        assert problem.suggestion == (suggestion or None)
