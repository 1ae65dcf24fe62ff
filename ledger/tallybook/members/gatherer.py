"""Gathers what members are known by, for the commands that count it or take it away, and whose pages go on
for members who were merged. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from tallybook.db.statements import Fetch
from tallybook.engine.batch import Batch, MemberKey
from tallybook.engine.gather import Gathering, build_folios, place_notes
from tallybook.journal import tables
from tallybook.journal.merged import merged_into
from tallybook.members.erased import EraseMember
from tallybook.members.link_identity import LinkIdentity, UnlinkIdentity
from tallybook.members.merges import MERGED_FROM
from tallybook.members.tables import READ_PRIVATE_NOTES

_COUNTING = LinkIdentity, UnlinkIdentity, EraseMember


def known_by(batch: Batch) -> Gathering:
    """All private notes of the members whose identities are counted or taken away."""
    members = sorted({(c.program, c.member) for c in batch.commands if isinstance(c, _COUNTING)})
    if members:
        yield []  # folios are there now
        (rows,) = yield [Fetch(READ_PRIVATE_NOTES, members)]
        place_notes(batch.folios, rows)


def followed(batch: Batch, asked: Mapping[MemberKey, Set[str]]) -> Gathering:
    """Have commands about members concern these others, and whoever's page goes on for each by now: for
    gatherers to `yield from`. Then `members.merges.goes_on` can be asked of them when it is decided.
    """
    links: dict[MemberKey, str] = {}
    for (program, member), others in asked.items():
        chain, unread = set[str](), set(others)
        while unread:
            chain |= unread
            missing = sorted((program, each) for each in unread if (program, each) not in batch.folios)
            read = {}
            if missing:  # all is gathered again with these, locked
                (rows,) = yield [Fetch(tables.READ_FOLIOS, missing)]
                read = build_folios(missing, rows, ())
            into = {
                each: merged_into((read if (program, each) in read else batch.folios)[program, each])
                for each in unread
            }
            links.update({(program, each): page for each, page in into.items() if page})
            unread = {page for page in into.values() if page} - chain
        batch.concerned.setdefault((program, member), set()).update(chain)
    known = sorted(
        (program, page, MERGED_FROM, each)
        for (program, each), page in links.items()
        if (program, page) in batch.folios
    )
    if known:
        (rows,) = yield [Fetch(tables.READ_NOTES, known)]
        for program, page, *key in known:
            batch.folios[program, page].notes.setdefault((key[0], key[1]), None)
        place_notes(batch.folios, rows)
