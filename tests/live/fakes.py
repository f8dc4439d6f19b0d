"""A desk in a few lines: one log of texts a conversation, and a face that posts into it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

from support_chat.live.consumer import Consumer
from support_chat.live.frames import AGENT_COMMANDS, VISITOR_COMMANDS
from support_chat.live.hub import Hub, Subscription
from support_chat.live.news import News
from support_chat.live.publish import Publisher
from support_chat.live.refusals import Busy, NotFound, Refused
from support_chat.live.registry import Registry
from support_chat.live.replies import Later
from support_chat.live.throttle import Throttle

STAFF = ("staff",)
VISITOR = ("visitor",)
LOG = "conversation:abc"


def entry(version: int, visible: int, text: str, *, private: bool = False, topic: str = LOG) -> News:
    """One entry of a log: its position for staff, and for the visitor unless it is private."""
    frames = {"staff": (json.dumps({"event": "entry_added", "position": version, "text": text}),)}
    if not private:
        frames["visitor"] = (json.dumps({"event": "entry_added", "position": visible, "text": text}),)
    return News(topic=topic, version=version, frames=frames, visible=visible)


def state(topic: str, version: int) -> News:
    """The whole state of a topic at a version."""
    words = (json.dumps({"event": "queue_changed", "waiting": version}),)
    return News(topic=topic, version=version, frames={"staff": words})


class Source:
    """Logs and states, in memory. `failing` readings fail first; `asked` keeps what was asked for."""

    def __init__(self) -> None:
        self.logs: dict[str, list[News]] = {}
        self.states: dict[str, int] = {}
        self.failing = 0
        self.delay = 0.0  # seconds from reading to answering
        self.asked: list[tuple[str, int]] = []

    def add(self, text: str, *, private: bool = False, topic: str = LOG) -> News:
        log = self.logs.setdefault(topic, [])
        visible = (log[-1].visible or 0) if log else 0
        log.append(entry(len(log) + 1, visible + (not private), text, private=private, topic=topic))
        return log[-1]

    def head(self, topic: str = LOG) -> tuple[int, int]:
        """Both counts of a log."""
        log = self.logs.get(topic)
        return (log[-1].version, log[-1].visible or 0) if log else (0, 0)

    async def news_after(self, topic: str, version: int) -> Sequence[News]:
        self.asked.append((topic, version))
        found = self._found(topic, version)
        await asyncio.sleep(self.delay)
        if self.failing:
            self.failing -= 1
            raise ConnectionError("no database")
        return found

    def _found(self, topic: str, version: int) -> Sequence[News]:
        if topic in self.states:
            return [state(topic, self.states[topic])] if self.states[topic] > version else []
        return self.logs.get(topic, [])[version : version + 500]


class Ear:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.calls: list[Sequence[str]] = []

    def hear(self, frames: Sequence[str]) -> None:
        self.calls.append(frames)
        self.heard.extend(frames)

    @property
    def positions(self) -> list[int]:
        return [json.loads(frame)["position"] for frame in self.heard]


def listening(
    hub: Hub, at: int = 0, ears: tuple[str, ...] = STAFF, visible: int | None = None
) -> tuple[Ear, Subscription]:
    ear = Ear()
    subscription = hub.listen(LOG, ear, ears)
    subscription.release(at, visible)
    return ear, subscription


async def until(holds: Callable[[], bool]) -> None:
    """Waits for it as long as a busy machine may take."""
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.002)


def noted(name: str) -> Callable[["Face", Any], Awaitable[dict[str, Any]]]:
    """A command of which nothing is asked but that it is heard of."""

    async def carry_out(self: "Face", frame: Any) -> dict[str, Any]:
        self.done.append(name)
        return {"position": self.source.head()[1]}

    return carry_out


class Face(Consumer):
    """A visitor's face. `commits` are the posts that wait for `commit_all`; `refuse_next` refuses."""

    commands = VISITOR_COMMANDS
    source: ClassVar[Source]
    ears: ClassVar[tuple[str, ...]] = VISITOR
    commits: ClassVar[list[tuple[str, asyncio.Future[int]]]]
    refusing: ClassVar[list[Refused]]
    done: ClassVar[list[str]]
    patient: ClassVar[bool]

    async def welcome(self, frame: Any) -> dict[str, Any]:
        if frame.token == "wrong":
            raise NotFound
        self.identify(f"visitor:{frame.token or 'v'}")
        self.listen(LOG, self.ears)
        version, visible = self.source.head()
        await asyncio.sleep(0)
        self.release(LOG, version, visible)
        return {"position": visible}

    async def post_message(self, frame: Any) -> Later:
        if self.refusing:
            raise self.refusing.pop(0)
        coming: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.commits.append((frame.body, coming))
        if not self.patient:
            self.commit_all()
        return Later(coming, lambda position: {"position": position})

    @classmethod
    def commit_all(cls) -> None:
        waiting, cls.commits = cls.commits, []
        for text, coming in waiting:
            news = cls.source.add(text)
            cls.hub.publish([news])
            coming.set_result(news.visible)

    @classmethod
    def refuse_all(cls) -> None:
        waiting, cls.commits = cls.commits, []
        for _, coming in waiting:
            coming.set_exception(Busy())

    async def resume(self, frame: Any) -> dict[str, Any]:
        if frame.conversation != "abc":
            raise NotFound
        self.listen(LOG, self.ears)
        version, visible = self.source.head()
        await asyncio.sleep(0)
        self.release(LOG, version, visible)
        return {"position": visible}

    async def page(self, frame: Any) -> dict[str, Any]:
        raise ZeroDivisionError("a secret of the house")

    async def mark_read(self, frame: Any) -> dict[str, Any]:
        return {}

    async def set_typing(self, frame: Any) -> dict[str, Any]:
        self.done.append("set_typing")
        return {}

    start_conversation = noted("start_conversation")
    end_conversation = noted("end_conversation")
    rate_conversation = noted("rate_conversation")
    keep_place = noted("keep_place")
    leave_email = noted("leave_email")
    email_transcript = noted("email_transcript")
    edit_message = noted("edit_message")
    retract_message = noted("retract_message")
    set_attributes = noted("set_attributes")
    forget = noted("forget")
    sign_out = noted("sign_out")
    renew_handle = noted("renew_handle")
    visit = noted("visit")
    decline_invitation = noted("decline_invitation")


class StaffFace(Face):
    """The same for staff, with the commands that only they have."""

    commands = AGENT_COMMANDS
    ears = STAFF

    async def plain(self, frame: Any) -> dict[str, Any]:
        return {}

    set_status = accept_conversation = open_conversation = leave_conversation = plain
    add_note = close_conversation = reopen_conversation = plain
    decline_conversation = transfer_conversation = assign_conversation = move_to_front = set_priority = plain
    look_up = find_replies = search = pick_reply = save_draft = explain = plain
    notify_waiting = oversee = set_notice = pause = resume_chats = plain
    set_person_note = whisper = see_mentions = look_at = share_draft = invite_agent = plain
    ask_to_join = join_conversation = end_participation = call_help = mark_spam = plain
    block_visitor = weigh_block = tag_conversation = list_tags = snooze_conversation = plain
    wake_conversation = merge_visitors = unmerge_visitors = read_time = list_conversations = plain
    list_earlier_chats = list_filters = save_filter = delete_filter = change_conversations = plain
    list_visitors = leave_visitors = invite_visitor = watch_lists = leave_lists = plain


def face(kind: type[Face] = Face, *, limits: bool = False) -> type[Face]:
    """A face of a process of its own."""

    class Own(kind):
        source = Source()
        commits: ClassVar[list[tuple[str, asyncio.Future[int]]]] = []
        refusing: ClassVar[list[Refused]] = []
        done: ClassVar[list[str]] = []
        patient = False

    hub = Hub(Own.source)
    publisher = Publisher(hub, None, process="here")
    Own.bind(hub=hub, publisher=publisher, throttle=Throttle(enabled=limits), registry=Registry())
    return Own
