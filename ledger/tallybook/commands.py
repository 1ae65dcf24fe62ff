"""Every kind of command. A new one is a file in its slice and a line here. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.engine.command import Kinds
from tallybook.members.enroll import Enroll
from tallybook.members.freeze import Freeze, Unfreeze
from tallybook.points.adjust import Adjust
from tallybook.points.award import Award
from tallybook.points.gift import Gift
from tallybook.points.hold import Capture, Hold, Release
from tallybook.points.redeem import Redeem
from tallybook.points.reverse import Reverse

COMMANDS: Kinds = {
    command.kind(): command
    for command in (
        Enroll,
        Freeze,
        Unfreeze,
        Award,
        Redeem,
        Hold,
        Capture,
        Release,
        Reverse,
        Adjust,
        Gift,
    )
}
