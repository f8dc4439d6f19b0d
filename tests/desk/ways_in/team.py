"""What agents and supervisors can write."""

from uuid import uuid4

import msgspec

from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.drafting import save_draft
from support_chat.desk.actions.filters import save_filter
from support_chat.desk.actions.handing_over import transfer_conversation
from support_chat.desk.actions.inviting import invite_visitor
from support_chat.desk.actions.messages import add_note, whisper
from support_chat.desk.actions.own_settings import change_own_settings
from support_chat.desk.actions.person_notes import set_person_note
from support_chat.desk.actions.picks import pick_reply
from support_chat.desk.actions.status import set_status
from support_chat.desk.actions.supervising import set_priority
from support_chat.desk.actions.tagging import tag_conversation
from support_chat.desk.actions.visits import Move, move_visitors
from support_chat.live.order_frames import Rules
from tests.desk.ways_in.scene import Scene, way


@way()
def a_note(scene: Scene, words: str) -> None:
    add_note(staff=scene.ana, **scene.of(scene.chat()), body=words)


@way()
def a_whisper(scene: Scene, words: str) -> None:
    whisper(staff=scene.sue, **scene.of(scene.chat()), body=words)


@way()
def a_note_to_whoever_takes_over(scene: Scene, words: str) -> None:
    assert scene.sue.agent is not None
    to = scene.sue.agent.public_id
    transfer_conversation(staff=scene.ana, **scene.of(scene.chat()), to_agent=to, note=words)


@way()
def a_note_of_who_goes_offline(scene: Scene, words: str) -> None:
    chat = scene.chat()
    set_status(staff=scene.ana, status="offline", chats="return", note=words)
    set_status(staff=scene.ana, status="online")
    end_conversation(visitor=chat.visitor, **scene.of(chat))


@way()
def the_reason_of_a_priority(scene: Scene, words: str) -> None:
    chat = scene.shop.chat()
    set_priority(staff=scene.sue, **scene.of(chat), priority="urgent", reason=words)


@way("Visitor.note")
def a_note_on_a_person(scene: Scene, words: str) -> None:
    set_person_note(staff=scene.ana, conversation=scene.chat(), text=words)


@way("Conversation.tags", "Tag.name")
def a_tag(scene: Scene, words: str) -> None:
    tag_conversation(staff=scene.ana, **scene.of(scene.chat()), add=[words])


@way()
def a_tag_in_groups(scene: Scene, words: str) -> None:
    grouped = " ".join(words[n : n + 4] for n in range(0, len(words), 4))
    tag_conversation(staff=scene.ana, **scene.of(scene.chat()), add=[grouped if words.isdigit() else words])


@way("SavedFilter.name")
def the_name_of_a_filter(scene: Scene, words: str) -> None:
    saved(scene, words, "late")


@way("SavedFilter.rules")
def what_a_filter_asks_for(scene: Scene, words: str) -> None:
    saved(scene, "Late", words)


def saved(scene: Scene, name: str, tag: str) -> None:
    rules = msgspec.convert({"groups": [{"conditions": [{"field": "tag", "value": tag}]}]}, Rules)
    save_filter(staff=scene.ana, client_id=uuid4(), site=scene.site, name=name, rules=rules)


@way("KeptDraft.text")
def a_draft(scene: Scene, words: str) -> None:
    assert scene.ana.agent is not None
    save_draft(agent=scene.ana.agent, conversation=scene.chat(), mode="reply", text=words)


@way("Pick.typed")
def what_finds_a_reply(scene: Scene, words: str) -> None:
    reply = scene.shop.reply(f"late-{len(words)}", "It is late.").public_id
    pick_reply(staff=scene.ana, conversation=scene.chat().pk, reply=reply, typed=words, position=1)


@way("Invitation.text")
def an_invitation(scene: Scene, words: str) -> None:
    visitor = scene.shop.visitor()
    move_visitors([Move(visitor=visitor.pk, here=True, page="https://shop.example/")])
    invite_visitor(staff=scene.ana, visitor=visitor.public_id, text=words)


@way("User.keys")
def a_key_of_ones_own(scene: Scene, words: str) -> None:
    change_own_settings(user=scene.ana.user, keys={words: "x"})
