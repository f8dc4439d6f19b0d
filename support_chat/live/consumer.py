"""What is said on one socket: hello first, commands by a fixed table, one reply each, events in between.

A plain ASGI application, because the base classes that exist do more for every frame than we do for
most commands. A face subclasses Consumer, names its `commands` and writes one coroutine for each.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from support_chat.live.close_codes import CloseCode
from support_chat.live.decoder import Envelope, decode_envelope, decode_with, encode, number_of
from support_chat.live.dispatch import Command, table_of
from support_chat.live.frame import Frame
from support_chat.live.frames import Beat, Refresh, Skip
from support_chat.live.hearer import Hearer
from support_chat.live.hub import Hub
from support_chat.live.measures import refusals
from support_chat.live.outgoing import Send
from support_chat.live.publish import Publisher
from support_chat.live.refusals import (
    AlreadyWelcomed,
    BadField,
    BadFrame,
    Failed,
    HelloFirst,
    NotFound,
    Refused,
    TooBig,
    TooFast,
    UnknownCommand,
)
from support_chat.live.registry import Registry
from support_chat.live.replies import Later, Ok, Pending
from support_chat.live.throttle import Throttle
from support_chat.live.topics import ears_of
from support_chat.live.traces import Trace, begin, follow
from support_chat.live.turns import Turns

__all__ = ["Consumer", "Later", "Ok", "bind"]

log = logging.getLogger(__name__)

BAD_FRAMES: Final = 10  # in a row, then 4400
UNKNOWN_COMMANDS: Final = 1_000  # in a row, then 4400
TOO_BIGS: Final = 3  # ever, then 4413
REFUSED_HELLOS: Final = 5  # ever, then 4401
FLOOD: Final = 200  # more commands refused as too fast than carried out, then 4429
_NONSENSE: Final = BAD_FRAMES * UNKNOWN_COMMANDS


class Consumer(Hearer):
    """One instance a socket. Handlers raise Refused; what else they raise is answered `failed`.

    Within a handler: `identify` says whose socket this is, `listen` hears a topic from now on, held back
    until the reply has left and `release` has said how much the reply tells. What a refused handler
    began to listen to is taken back.
    """

    commands: ClassVar[Mapping[str, type[Frame]]] = {}
    trace: Trace  # of the command that is being carried out
    _table: ClassVar[dict[str, Command]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls._table = table_of(cls, cls.commands)

    @classmethod
    def bind(
        cls,
        *,
        hub: Hub,
        publisher: Publisher,
        throttle: Throttle | None = None,
        registry: Registry | None = None,
    ) -> None:
        """Give every consumer of this process what they share. Called once, before the first socket."""
        cls.hub, cls.publisher = hub, publisher
        cls.throttle = throttle or cls.throttle
        cls.registry = registry or cls.registry

    def __init__(self, scope: Mapping[str, Any], send: Send, *, stays: bool = True) -> None:
        super().__init__(scope, send, stays=stays)
        self.turns: Final = Turns()
        self._pending: Final = Pending()
        self._nonsense = self._too_bigs = self._refused_hellos = self._flood = 0

    # For a face

    async def welcome(self, frame: Any) -> Ok:
        """Carry out `hello`: find out who this is, `identify`, `listen`, answer."""
        raise NotImplementedError

    # Commands that are the same for everybody

    async def skip(self, frame: Skip) -> Ok:
        self.turns.skip(frame.conversation, frame.client_id)
        return {}

    async def beat(self, frame: Beat) -> Ok:
        return {"heads": self.heads}

    async def refresh(self, frame: Refresh) -> Ok:
        if not self.stays:
            await self.go_on({frame.topic: 0})  # their stream, begun anew, tells all of it
        old = self.subscriptions.get(frame.topic)
        if old is None:
            raise NotFound
        if frame.topic.startswith("conversation:"):
            raise BadField("topic")  # a log is resumed by position
        if not self.stays:
            return {}
        new, version = self.listen(frame.topic, old.ears), old.at
        for news in await self.hub.source.news_after(frame.topic, 0):
            self.hear(ears_of(news.frames, new.ears))
            version = max(version, news.version)
        self.release(frame.topic, version, old.visible)
        return {}

    # One frame

    async def _take(self, text: str | None) -> None:
        try:
            envelope = _envelope(text)
        except Refused as refusal:
            self._misunderstood(text, refusal)
        else:
            await self._heed(envelope)

    async def answer(self, envelope: Envelope) -> str | None:
        """Carry out one command to its end: the reply. None where there is none, because it is closing."""
        await self._heed(envelope)
        await self._pending.settled(None)
        return self._outgoing.take()

    async def _heed(self, envelope: Envelope) -> None:
        try:
            command, frame = self._understood(envelope)
            if self._is_allowed(command, frame):
                await self._carry_out(envelope.id, command, frame)
            else:
                self._reply(envelope.id, {})
        except Refused as refusal:
            self._refuse(envelope.id, refusal)

    def _understood(self, envelope: Envelope) -> tuple[Command, Frame]:
        command = self._table.get(envelope.do)
        if command is None:
            self._count_nonsense(_NONSENSE // UNKNOWN_COMMANDS)
            raise UnknownCommand
        if self.is_welcomed == (envelope.do == "hello"):
            raise AlreadyWelcomed if self.is_welcomed else HelloFirst
        self._nonsense = 0
        return command, decode_with(command.decoder, envelope.raw)

    def _is_allowed(self, command: Command, frame: Any) -> bool:
        """False for what is answered and not done. Raises OutOfTurn or TooFast."""
        if command.is_post:
            self.turns.arrive(frame.conversation, frame.client_id)
        sender = self._sender
        if sender is None:
            return True
        now = self._now()
        wait = sender.commands.take(now) or (command.writes and sender.posts.take(now))
        if wait:
            self._too_fast(command, frame, wait)
        self._flood = max(0, self._flood - 1)
        return not (command.is_typing and sender.typing.take(now))

    def _too_fast(self, command: Command, frame: Any, wait: float) -> None:
        self._flood += 1
        if self._flood >= FLOOD:
            self.close_with(CloseCode.FLOODING)
        if command.is_post:
            self.turns.refuse(frame.conversation, frame.client_id)
        raise TooFast(after=wait)

    async def _carry_out(self, number: int, command: Command, frame: Any) -> None:
        trace = self.trace = begin()
        conversation: str | None = getattr(frame, "conversation", None)
        if not command.goes_on:
            await self._pending.settled(conversation)
        try:
            answer = await command.handler(self, frame)
            if isinstance(answer, Later):
                self._pending.add(
                    conversation or "", answer, lambda late: self._answer(number, command, frame, late, trace)
                )
                await self._pending.room()
                return
            self._done(number, command, frame, answer)
            follow(trace, "%s was answered", command.name)
        except Refused as refusal:
            self._not_done(number, command, frame, refusal)
        except Exception:
            log.exception("The command %s failed, trace %s.", command.name, trace.id)
            self._not_done(number, command, frame, Failed(trace=trace.id))

    def _answer(self, number: int, command: Command, frame: Any, later: Later, trace: Trace) -> None:
        """What a Later waited for has come."""
        try:
            self._done(number, command, frame, later.answer(later.coming.result()))
            follow(trace, "%s was answered", command.name)
        except Refused as refusal:
            self._not_done(number, command, frame, refusal)
        except (Exception, asyncio.CancelledError):
            log.exception("The command %s failed, trace %s.", command.name, trace.id)
            self._not_done(number, command, frame, Failed(trace=trace.id))

    def _done(self, number: int, command: Command, frame: Any, ok: Ok) -> None:
        if command.name == "hello":
            self._reply(number, ok)
            self.welcome_said()
        else:
            self._reply(number, ok)
            if command.is_post:
                self.turns.skip(frame.conversation, frame.client_id)
        if self._topics.is_settling:
            self._topics.settle(done=True)

    def _not_done(self, number: int, command: Command, frame: Any, refusal: Refused) -> None:
        if command.is_post and refusal.retry:
            self.turns.refuse(frame.conversation, frame.client_id)
        self._refuse(number, refusal)
        if self._topics.is_settling:
            self._topics.settle(done=False)
        if command.name == "hello":
            self._refused_hellos += 1
            if self._refused_hellos >= REFUSED_HELLOS:
                self.close_with(CloseCode.NOT_SIGNED_IN)

    # Replies

    def _reply(self, number: int, ok: Ok) -> None:
        self._outgoing.put(f'{{"re":{number},"ok":{encode(ok)}}}')

    def _refuse(self, number: int | None, refusal: Refused) -> None:
        refusals[refusal.code] += 1
        self._outgoing.put(encode({"re": number, "error": refusal.as_error()}))

    def _misunderstood(self, text: str | None, refusal: Refused) -> None:
        self._refuse(None if text is None else number_of(text), refusal)
        if isinstance(refusal, TooBig):
            self._too_bigs += 1
            if self._too_bigs >= TOO_BIGS:
                self.close_with(CloseCode.TOO_BIG)
        else:
            self._count_nonsense(_NONSENSE // BAD_FRAMES)

    def _count_nonsense(self, weight: int) -> None:
        self._nonsense += weight
        if self._nonsense >= _NONSENSE:
            self.close_with(CloseCode.BAD_FRAMES)


def _envelope(text: str | None) -> Envelope:
    if text is None:
        raise BadFrame
    return decode_envelope(text)


bind = Consumer.bind
