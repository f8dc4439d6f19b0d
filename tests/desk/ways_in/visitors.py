"""What visitors, and their websites, can write."""

from contextlib import suppress
from hashlib import sha256
from uuid import uuid4

from django.utils import timezone

from support_chat.desk.access import author_of
from support_chat.desk.actions.conversations import end_conversation, start_conversation
from support_chat.desk.actions.counting import count_starter
from support_chat.desk.actions.identifying import identify
from support_chat.desk.actions.keeping_place import keep_place
from support_chat.desk.actions.messages_left import Form
from support_chat.desk.actions.past_chats import PastChat, PastLine, bring_in
from support_chat.desk.actions.rating import rate_conversation
from support_chat.desk.actions.revising import edit_message
from support_chat.desk.actions.transcripts import leave_email
from support_chat.desk.actions.uploading import Announced, announce
from support_chat.desk.actions.visitors import claim, make_visitor
from support_chat.desk.actions.visits import Move, move_visitors
from support_chat.desk.files.kinds import KINDS
from support_chat.live.refusals import BadField
from tests.desk.identities import key_of, signed
from tests.desk.people import say
from tests.desk.ways_in.scene import Scene, way


@way("EntryBody.text", "Conversation.last_words")
def a_message(scene: Scene, words: str) -> None:
    chat = scene.chat(words)
    say(chat, words)
    say(chat, words, by=scene.ana)


@way()
def a_message_that_is_edited(scene: Scene, words: str) -> None:
    chat = scene.chat()
    edit_message(by=chat.visitor, **scene.of(chat), position=2, body=words)


@way()
def the_comment_of_a_rating(scene: Scene, words: str) -> None:
    chat = scene.chat()
    say(chat, "On Monday.", by=scene.ana)
    say(chat, "Thank you!")
    end_conversation(visitor=chat.visitor, **scene.of(chat))
    rate_conversation(visitor=chat.visitor, **scene.of(chat), score=5, comment=words)


@way("Conversation.reply_to")
def a_form(scene: Scene, words: str) -> None:
    for form in (Form(name=words), Form(email=f"{words}@mail.example")):
        with suppress(BadField):
            start_conversation(visitor=scene.shop.visitor(), client_id=uuid4(), body="Hello", form=form)


@way()
def a_name_in_a_form(scene: Scene, words: str) -> None:
    start_conversation(visitor=scene.shop.visitor(), client_id=uuid4(), body="Hello", form=Form(name=words))


@way()
def an_address_instead_of_waiting(scene: Scene, words: str) -> None:
    chat = scene.shop.chat()
    keep_place(visitor=chat.visitor, **scene.of(chat), email=f"{words}@mail.example")


@way()
def an_address_in_a_chat(scene: Scene, words: str) -> None:
    chat = scene.chat()
    leave_email(visitor=chat.visitor, **scene.of(chat), email=f"{words}@mail.example")


@way("Visitor.page", "Visitor.locale", "Conversation.page", "Conversation.locale")
def where_a_visitor_begins(scene: Scene, words: str) -> None:
    visitor = make_visitor(site=scene.shop.site, page=f"https://shop.example/{words}", locale=words)[0]
    scene.shop.chat(visitor)


@way("Visitor.referrer", "Visitor.trail")
def where_a_visitor_goes(scene: Scene, words: str) -> None:
    address = f"https://shop.example/{words}"
    move = Move(visitor=scene.chat().visitor_id, here=True, page=address, referrer=address, locale=words)
    move_visitors([move])


@way("Visitor.claimed")
def what_a_page_says(scene: Scene, words: str) -> None:
    visitor = scene.chat().visitor
    claim(visitor=visitor, attributes={"word": words})
    claim(visitor=visitor, attributes={words: True})
    claim(visitor=visitor, attributes={"number": int(words) if words.isdigit() else words})


@way("Visitor.full_name", "Visitor.email", "Visitor.attributes")
def what_a_website_signs(scene: Scene, words: str) -> None:
    attributes = {"word": words, words: 1, "number": int(words) if words.isdigit() else words}
    key = key_of(scene.shop)
    signs = {"name": words, "email": f"{words}@mail.example", "attributes": attributes}
    for _ in range(2):
        identify(site=scene.shop.site, identity=signed(key, **signs))


@way()
def a_chat_from_before(scene: Scene, words: str) -> None:
    line = PastLine(at=timezone.now(), kind="opened", role="visitor")
    about = {
        "visitor": scene.shop.visitor(),
        "queue": scene.shop.queue,
        "page": f"https://shop.example/{words}",
    }
    bring_in(site=scene.shop.site, chats=[PastChat(**about, tags=[words], lines=[line])])


@way("Attachment.name", "Attachment.given_name")
def a_file(scene: Scene, words: str) -> None:
    chat = scene.chat()
    names = {"given_name": f"{words}.pdf", "name": f"{words}.pdf", "given_sha256": sha256(b"x").hexdigest()}
    of = {"site": chat.site, "conversation": chat, "author": author_of(chat.visitor), "kind": KINDS["pdf"]}
    announce(file=Announced(client_id=uuid4(), **of, **names))


@way("StarterCount.words")
def a_starter_that_is_counted(scene: Scene, words: str) -> None:
    scene.set_site(starters=[{"words": words, "answer": "Yes"}])
    count_starter(site=scene.site, words=words, did="shown")
