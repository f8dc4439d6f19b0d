"""What both faces' sockets do alike: enter a chat, go on with some, post, mark as read, page back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings

from support_chat.desk import db
from support_chat.desk.actions.typing import set_typing
from support_chat.desk.going_on import starts_of, topics_beside
from support_chat.desk.history import Reading, View, page
from support_chat.desk.journal import Journal
from support_chat.desk.lines import Author
from support_chat.desk.models import Conversation
from support_chat.desk.places import Places
from support_chat.desk.posting import Posted, Posting
from support_chat.desk.reading import mark_at
from support_chat.desk.source import versions_of
from support_chat.live.close_codes import CloseCode
from support_chat.live.consumer import Consumer
from support_chat.live.frames import MarkRead, Page, PostMessage
from support_chat.live.origins import has_origin, is_own_origin
from support_chat.live.replies import Later

Ok = Mapping[str, Any]


class DeskSocket(Consumer):
    """One person's socket. `view` is how they see the log; `ears` what they hear of it."""

    journal: ClassVar[Journal]
    places: ClassVar[Places]

    view: View
    ears: tuple[str, ...]
    chats: Sequence[Conversation] = ()  # that they went on with

    async def admit(self) -> CloseCode | None:
        """A browser comes from our own page or not at all; a program says no origin."""
        if has_origin(self.scope) and not is_own_origin(self.scope, trusted_proxy=settings.TRUSTED_PROXY):
            return CloseCode.NOT_ALLOWED
        return None

    async def row(self, public_id: str) -> Conversation:
        """The conversation by this name, if it is theirs to see. Raises NotFound."""
        raise NotImplementedError

    async def enter(self, row: Conversation, topics: Sequence[str], read: Callable[[], Reading]) -> Reading:
        """Listen to a chat and to what goes with it, then read it: nothing falls between the two."""
        beside = [*topics, *topics_beside(row)]
        for topic in (row.topic, *beside):
            self.listen(topic, self.ears)
        versions, reading = await db.read(_at_once, beside, read)
        for topic, version in versions.items():
            self.release(topic, version)
        self.release(row.topic, reading.position, reading.visible)
        return reading

    def audible(self, topics: Sequence[str]) -> tuple[list[Conversation], set[str]]:
        """The conversations that these belong to and that they may hear; every topic that they may."""
        raise NotImplementedError

    async def go_on(self, heads: Mapping[str, int]) -> None:
        rows, allowed = await db.read(self.audible, list(heads))
        self.chats = rows
        known = {topic: head for topic, head in heads.items() if topic in allowed}
        for topic in known:
            self.listen(topic, self.ears)
        starts = await db.read(starts_of, known, rows, visitor=self.view.visitor)
        for topic, start in starts.items():
            self.release(topic, start.at, start.visible)
            if self.stays and start.now > start.at:
                self.hub.heard(topic, start.now)

    async def listen_now(self, topics: Sequence[str]) -> None:
        """Listen to state topics from their present versions on."""
        for topic in topics:
            self.listen(topic, self.ears)
        for topic, version in (await db.read(versions_of, topics)).items():
            self.release(topic, version)

    async def page(self, frame: Page) -> Ok:
        row = await self.row(frame.conversation)
        return await db.read(page, row, self.view, before=frame.before, limit=frame.limit)

    async def mark_read(self, frame: MarkRead) -> Ok | Later:
        row = await self.row(frame.conversation)
        mark = await db.read(mark_at, row, frame.position, visitor=self.view.visitor)
        if mark is None:
            return {}
        return Later(self.journal.mark(mark), lambda _: {})

    def posting(self, row: Conversation, frame: PostMessage, author: Author, **who: int) -> Posting:
        return Posting(
            conversation=row.pk,
            name=row.public_id,
            author=author,
            client_id=UUID(frame.client_id),
            body=frame.body,
            turns=self.turns,
            trace=self.trace,
            **who,
        )

    def posted(self, posted: Posted) -> Ok:
        """The reply to a post, counted as they count."""
        at = posted.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {"position": posted.visible if self.view.visitor else posted.position, "at": at}

    def tell_typing(
        self, row: Conversation, author: Author, *, typing: bool, mode: str, preview: str = ""
    ) -> None:
        heard = self.subscriptions.get(row.topic)
        if heard is None and self.stays:
            return  # they type where they have not looked: nobody is told
        at, visible = (heard.at, heard.visible or 0) if heard else (row.position, row.visible)
        set_typing(row, author, typing=typing, mode=mode, preview=preview, at=at, visible=visible)


def _at_once(topics: Sequence[str], read: Callable[[], Reading]) -> tuple[dict[str, int], Reading]:
    """The versions first: what is read after them is at least as new."""
    return versions_of(topics), read()
