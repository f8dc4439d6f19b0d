"""What an agent is writing, for the colleagues who read along: told at once, kept nowhere."""

from collections.abc import Collection

from support_chat.desk.errors import NotAllowed
from support_chat.desk.events import DraftShared, encoded
from support_chat.desk.masking import masked_preview
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.participants import is_guest, named
from support_chat.desk.shared_drafts import readers_among, shares_drafts
from support_chat.desk.site_masks import masks_for
from support_chat.desk.telling import tell_now
from support_chat.live.news import News


def share_draft(
    *, conversation: Conversation, agent: Agent, mode: str, text: str, readers: Collection[str]
) -> None:
    """This stands in their box; "": nothing does any more. `readers`, by public id, are told as far as they
    may read it by now; nobody else is, and no visitor. NotAllowed to whoever shares nothing, or may not write
    what it is."""
    writes = conversation.owner_id == agent.pk or is_guest(conversation, agent.public_id)
    if (mode == "reply" and not writes) or not shares_drafts(agent):
        raise NotAllowed
    told = DraftShared(
        conversation=conversation.public_id,
        agent=named(agent),
        mode=mode,
        text=masked_preview(text, masks_for(conversation.site_id)),
    )
    others = [each for each in readers_among(conversation, readers) if each != agent.public_id]
    frames: dict[str, tuple[str, ...]] = {f"staff:{each}": (encoded(told),) for each in others}
    if frames:
        tell_now(News(topic=conversation.topic, version=0, frames=frames))
