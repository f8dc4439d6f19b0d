"""What both faces' sockets do alike: enter a chat, go on with some, post, mark as read, page back."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, Final, NamedTuple
from uuid import UUID

from django.conf import settings

from support_chat.desk import db
from support_chat.desk.actions.revising import By, edit_message, retract_message
from support_chat.desk.actions.typing import set_typing
from support_chat.desk.going_on import starts_of, topics_beside
from support_chat.desk.history import View, page
from support_chat.desk.journal import Journal
from support_chat.desk.lines import Author
from support_chat.desk.models import Conversation
from support_chat.desk.places import Places
from support_chat.desk.posting import Posted, Posting
from support_chat.desk.reading import mark_at
from support_chat.desk.readings import Look, Reading, read_chats
from support_chat.desk.source import versions_of
from support_chat.desk.together import Together
from support_chat.live.close_codes import CloseCode
from support_chat.live.consumer import Consumer
from support_chat.live.frames import EditMessage, MarkRead, Page, PostMessage, RetractMessage
from support_chat.live.origins import has_origin, is_own_origin
from support_chat.live.refusals import BadField
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

    async def enter(
        self,
        row: Conversation,
        topics: Sequence[str],
        *,
        after: int | None = None,
        mark: str | None = None,
    ) -> Reading:
        """Listen to a chat and to what goes with it, then read it, or what came after what they know of it
        (see Look): nothing falls between the two."""
        beside = [topic for topic in (*topics, *topics_beside(row)) if not self._hears(topic)]
        for topic in (row.topic, *beside):
            self.listen(topic, self.ears)
        look = Look(chat=row.pk, view=self.view, after=after, mark=mark)
        versions, reading = await _chats.ask(Entering(tuple(beside), look))
        for topic, version in versions.items():
            self.release(topic, version)
        self.release(row.topic, reading.position, reading.visible)
        return reading

    def _hears(self, topic: str) -> bool:
        heard = self.subscriptions.get(topic)
        return heard is not None and heard.released

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

    async def revise(self, by: By, frame: RetractMessage) -> Ok:
        """Change a message of one's own, or take it back."""
        row = await self.row(frame.conversation)
        about: dict[str, Any] = {"conversation": row.pk, "position": frame.position}
        about |= {"by": by, "client_id": UUID(frame.client_id)}
        if isinstance(frame, EditMessage):
            entry = await db.run(edit_message, **about, body=frame.body)
        else:
            entry = await db.run(retract_message, **about)
        return {"position": entry.visible if self.view.visitor else entry.position}

    def posting(self, row: Conversation, frame: PostMessage, author: Author, **who: int | None) -> Posting:
        if frame.body is None and not frame.attachments:
            raise BadField("body")
        return Posting(
            conversation=row.pk,
            name=row.public_id,
            author=author,
            client_id=UUID(frame.client_id),
            body=frame.body or "",
            attachments=tuple(frame.attachments),
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


class Entering(NamedTuple):
    """State topics that are listened to from now on, and a look at the chat beside them."""

    topics: Collection[str]
    look: Look


def entered(enterings: Sequence[Entering]) -> list[tuple[dict[str, int], Reading]]:
    """The versions first: what is read after them is at least as new."""
    topics = {topic for entering in enterings for topic in entering.topics}
    versions = versions_of(topics) if topics else {}
    readings = read_chats([entering.look for entering in enterings])
    return [
        ({topic: versions[topic] for topic in entering.topics}, reading)
        for entering, reading in zip(enterings, readings, strict=True)
    ]


_chats: Final = Together("reads", entered)
