"""The lock check finds what it is for."""

import pytest

from tools.locks import addresses, check, disagreements, read_lock, unmet

HASH = "--hash=sha256:" + "a" * 64
LOCK = f"""\
sqlalchemy==2.1.9 \\
    {HASH} \\
    {HASH}
    # via tallybook (pyproject.toml)
numpy==2.4.6 ; python_full_version < '3.12' \\
    {HASH}
numpy==2.5.5 ; python_full_version >= '3.12' \\
    {HASH}

# The following packages were excluded from the output:
# tallybook-client
"""


def test_the_locks_of_this_tree_fit() -> None:
    assert check() == []


def test_a_sound_lock_has_no_faults() -> None:
    lock = read_lock(LOCK)
    assert lock.faults == []
    assert addresses(LOCK) == []
    assert unmet(["SQLAlchemy>=2.1", "numpy", "tallybook-client>=0.1"], lock) == []


def test_an_unmet_requirement_is_named() -> None:
    lock = read_lock(LOCK)
    assert unmet(["sqlalchemy>=2.2"], lock) == ["sqlalchemy>=2.2 is pinned to 2.1.9"]
    assert unmet(["grpcio>=1.78.2"], lock) == ["grpcio>=1.78.2 is not pinned"]
    assert unmet(["numpy<2.5"], lock) == ["numpy<2.5 is pinned to 2.5.5"]


@pytest.mark.parametrize(
    "line",
    [
        "sqlalchemy==2.1.9",
        "sqlalchemy==2.1.9 --hash=md5:" + "a" * 32,
        f"sqlalchemy>=2.1 {HASH}",
        "-e clients/python",
        f"sqlalchemy @ file:///x/sqlalchemy.whl {HASH}",
    ],
)
def test_a_line_that_is_not_a_hashed_pin_is_a_fault(line: str) -> None:
    assert read_lock(line).faults


@pytest.mark.parametrize(
    "text",
    [
        "--index-url x",
        "--find-links x",
        "# from https://host/simple",
        "a @ file:///x",
        "# via index.example.org",
    ],
)
def test_an_address_is_found_even_in_a_comment(text: str) -> None:
    assert addresses(text)


def test_a_wider_lock_repeats_the_narrower_one() -> None:
    narrow, wide = read_lock(f"a==1 {HASH}\nb==1 {HASH}"), read_lock(f"a==2 {HASH}")
    assert disagreements(narrow, wide) == [
        "a is 1 in the narrower lock, 2 here",
        "b is 1 in the narrower lock, absent here",
    ]
    assert disagreements(narrow, narrow) == []
