"""Clients that send commands of every kind, and send each again under its request id until it is answered.

Knows the client; what it sends and hears goes into a history. It knows nothing of who kills whom.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from tallybook_client import AsyncTallybookClient, Command, Failed, Refused, requests
from tallybook_client.contract import Contract
from tallybook_client.verbs import Method

from tests.torture.history import Asked, History

UNIT = "points"
PAUSE_MAX_S = 0.03
ATTEMPT_S_MIN = 0.3
ATTEMPT_S_MAX = 5.0
HURRIED_S_MAX = 0.05
AFTER_FAILURE_S = 0.05
BATCH_MAX = 12
REPLAY_BATCH = 200
REPLAY_TIMEOUT_S = 30

METHODS: dict[str, Method[Any]] = {
    "AwardRequest": Contract.award.method,
    "RedeemRequest": Contract.redeem.method,
    "HoldRequest": Contract.hold.method,
    "CaptureRequest": Contract.capture.method,
    "ReleaseRequest": Contract.release.method,
    "AdjustRequest": Contract.adjust.method,
    "GiftRequest": Contract.gift.method,
}


class Shopper:
    """One client with a connection of its own, that draws what it sends from the seed."""

    def __init__(
        self,
        client: AsyncTallybookClient,
        name: str,
        members: Sequence[str],
        rng: random.Random,
        history: History,
    ) -> None:
        self._client = client
        self._name = name
        self._members = members
        self._rng = rng
        self._history = history
        self._drawn = 0
        self._answered: list[Command] = []
        self._holds: list[Any] = []
        self.failures: Counter[str] = Counter()
        self.abandoned = 0

    async def shop(self, closing: asyncio.Event) -> None:
        """Send one thing after the other until closing time."""
        sends = [self._single, self._hurried, self._batch, self._again]
        while not closing.is_set():
            (send,) = self._rng.choices(sends, weights=[70, 10, 10, 10])
            await send()
            await asyncio.sleep(self._rng.uniform(0, PAUSE_MAX_S))

    async def until_answered(self, command: Command) -> None:
        """Send a command again and again until it is answered."""
        self._history.ask(command)
        await self._hear_about([command], self._call, command)

    async def _single(self) -> None:
        await self.until_answered(self._draw())

    async def _hurried(self) -> None:
        """Send an award in a hurry, and never come back to it: it may have been carried out or not."""
        command = self._award()
        self._history.ask(command)
        try:
            reply = await self._call(command, self._rng.uniform(0, HURRIED_S_MAX))
        except Failed as failure:
            self._note(failure)
            self.abandoned += 1
        else:
            self._history.hear(command, reply)

    async def _batch(self) -> None:
        commands = [self._draw() for _ in range(self._rng.randint(2, BATCH_MAX))]
        for command in commands:
            self._history.ask(command)
        await self._hear_about(commands, self._post, commands)

    async def _again(self) -> None:
        """Send something again that was answered long ago."""
        if self._answered:
            command = self._rng.choice(self._answered)
            await self._hear_about([command], self._call, command)

    async def _hear_about(self, commands: Sequence[Command], send: Callable[..., Any], what: Any) -> None:
        """Send `what` until each of the commands has an answer."""
        waiting = list(commands)
        while waiting:
            try:
                outcome = await send(what, self._rng.uniform(ATTEMPT_S_MIN, ATTEMPT_S_MAX))
            except Failed as failure:
                outcome = failure
            except Refused as refused:
                outcome = refused
            outcomes = outcome if isinstance(outcome, list) else [outcome] * len(commands)
            for command, each in zip(commands, outcomes, strict=True):
                if isinstance(each, Failed):
                    self._note(each)
                    continue
                self._history.hear(command, each)
                if command in waiting:
                    waiting.remove(command)
                    self._keep(command, each)
            if waiting:
                await asyncio.sleep(AFTER_FAILURE_S)

    async def _call(self, command: Command, seconds: float) -> Any:
        method = METHODS[command.DESCRIPTOR.name]
        return await self._client.with_timeout(seconds).call(method, command)

    async def _post(self, commands: Sequence[Command], seconds: float) -> list[Any]:
        outcomes: list[Any] = await self._client.with_timeout(seconds).batch_post(commands)
        return outcomes

    def _note(self, failure: Failed) -> None:
        known = failure.reason or type(failure).__name__
        self.failures[f"{failure.code.name} {failure.message}" if known == "Failed" else known] += 1

    def _keep(self, command: Command, outcome: Any) -> None:
        self._answered.append(command)
        if command.DESCRIPTOR.name == "HoldRequest" and not isinstance(outcome, Refused):
            self._holds.append(command)

    # --- drawing -----------------------------------------------------------------------------------------

    def _draw(self) -> Command:
        draws = [self._award, self._redeem, self._hold, self._resolve, self._adjust, self._gift]
        (draw,) = self._rng.choices(draws, weights=[40, 25, 10, 10, 5, 10])
        return draw()

    def _common(self) -> dict[str, Any]:
        self._drawn += 1
        return {"unit": UNIT, "request_id": f"{self._name}-{self._drawn}"}

    def _member(self) -> str:
        return self._rng.choice(self._members)

    def _award(self) -> Command:
        return requests.award(self._member(), amount=self._rng.randint(1, 100), **self._common())

    def _redeem(self) -> Command:
        return requests.redeem(self._member(), amount=self._rng.randint(1, 150), **self._common())

    def _hold(self) -> Command:
        return requests.hold(self._member(), amount=self._rng.randint(1, 60), **self._common())

    def _resolve(self) -> Command:
        """Capture or release a hold; sometimes one that is resolved already."""
        if not self._holds:
            return self._award()
        hold = self._rng.choice(self._holds[-4:])
        named = {"request_id": self._common()["request_id"]}
        if self._rng.random() < 0.5:
            return requests.capture(hold.member, hold.request_id, **named)
        return requests.release(hold.member, hold.request_id, **named)

    def _adjust(self) -> Command:
        amount = self._rng.choice([-20, -5, 5, 20])
        return requests.adjust(self._member(), amount=amount, reason="stocktaking", **self._common())

    def _gift(self) -> Command:
        giver, receiver = self._rng.sample(self._members, 2)
        return requests.gift(giver, receiver, amount=self._rng.randint(1, 40), **self._common())


async def enroll(client: AsyncTallybookClient, members: Sequence[str], history: History) -> None:
    """Enroll the members."""
    for member in members:
        command = requests.enroll_member(member, request_id="enroll")
        history.ask(command)
        history.hear(command, await client.call(Contract.enroll_member.method, command))


async def replay(client: AsyncTallybookClient, history: History) -> int:
    """Send everything that was answered once more; returns how many were not marked as replayed."""
    patient = client.with_timeout(REPLAY_TIMEOUT_S)
    answered: list[Asked] = history.answered()
    fresh = 0
    for start in range(0, len(answered), REPLAY_BATCH):
        commands = [asked.command for asked in answered[start : start + REPLAY_BATCH]]
        for command, outcome in zip(commands, await patient.batch_post(commands), strict=True):
            fresh += not outcome.replayed
            history.hear(command, outcome)
    return fresh
