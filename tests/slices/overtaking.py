"""Something that is done once, after a command has looked for its handles and before it locks pages."""

from typing import Any

import pytest
from tallybook.engine import gather


def between(monkeypatch: pytest.MonkeyPatch, done: Any) -> None:
    """Have something done once, after handles were looked up and before folios are locked."""
    locked = gather.folios_locked
    left = [done]

    def late(batch: Any) -> Any:
        if left:
            left.pop()()
        return locked(batch)

    monkeypatch.setattr(gather, "folios_locked", late)
