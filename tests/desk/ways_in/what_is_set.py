"""What is set up: replies, macros, and what managers say to everybody."""

from contextlib import suppress

from django.core.exceptions import ValidationError

from support_chat.desk.actions.canned_replies import make_reply
from support_chat.desk.actions.configuring import change_queue
from support_chat.desk.actions.importing_replies import import_replies
from support_chat.desk.actions.macros import make_macro
from support_chat.desk.actions.opening import pause, set_notice
from support_chat.desk.actions.people import change_agent
from support_chat.desk.actions.reply_files import add_file
from tests.desk.ways_in.scene import Scene, way


def replies_of(words: str) -> list[dict[str, str]]:
    """One with the words in each of its texts."""
    usual = {"shortcut": "late", "title": "Late", "text": "It is late.", "folder": "", "locale": ""}
    return [{**usual, name: words} for name in ("shortcut", "title", "text", "folder")]


@way(
    *(f"CannedReply.{name}" for name in ("folder", "shortcut", "title", "text")),
    "ReplyVersion.values",
)
def a_canned_reply(scene: Scene, words: str) -> None:
    for number, texts in enumerate(replies_of(words)):
        values = texts if texts["shortcut"] == words else {**texts, "shortcut": f"late-{number}"}
        with suppress(ValidationError):
            make_reply(staff=scene.ana, site=scene.site, values=values)


@way()
def canned_replies_that_are_brought_in(scene: Scene, words: str) -> None:
    values = {**replies_of(words)[2], "personal": True}
    import_replies(staff=scene.ana, site=scene.site, replies=[values])


@way("ReplyFile.name")
def a_file_of_a_canned_reply(scene: Scene, words: str) -> None:
    reply = scene.shop.reply(f"sizes-{len(words)}", "See the file.")
    add_file(staff=scene.boss, reply=reply.public_id, name=f"{words}.txt", data=b"S, M, L")


@way("Macro.name")
def the_name_of_a_macro(scene: Scene, words: str) -> None:
    make_macro(staff=scene.ana, site=scene.site, values={"name": words, "steps": [{"do": "close"}]})


@way("Macro.steps")
def a_step_of_a_macro(scene: Scene, words: str) -> None:
    for step in ({"do": "reply", "text": words}, {"do": "note", "text": words}, {"do": "tag", "tag": words}):
        values = {"name": f"Macro {step['do']} {len(words)}", "steps": [step]}
        with suppress(ValidationError):
            make_macro(staff=scene.ana, site=scene.site, values=values)


@way("Site.notice")
def a_notice(scene: Scene, words: str) -> None:
    set_notice(staff=scene.sue, site=scene.site, text=words)


@way("Site.pause_text", "Site.told")
def a_pause(scene: Scene, words: str) -> None:
    pause(staff=scene.sue, site=scene.site, text=words)


@way(
    *(f"Site.{name}" for name in ("name", "welcome", "welcome_more", "starters", "prechat", "invitations")),
    "SettingChange.values",
)
def what_a_site_says(scene: Scene, words: str) -> None:
    rule = {"words": words, "path": "/*", "after": 30, "when": "always"}
    for name, value in (
        ("name", words),
        ("welcome", words),
        ("welcome_more", words),
        ("starters", [{"words": words, "answer": words, "tag": words}]),
        ("prechat", {"about": [{"words": words}]}),
        ("invitations", {"rules": [rule]}),
    ):
        with suppress(ValidationError):
            scene.set_site(**{name: value})


@way("Queue.name", "Queue.skills")
def a_queue(scene: Scene, words: str) -> None:
    for values in ({"name": words}, {"skills": [f"topic:{words}"]}):
        with suppress(ValidationError):
            change_queue(staff=scene.boss, queue=scene.shop.queue.public_id, values=values)


@way("Agent.skills")
def what_an_agent_can(scene: Scene, words: str) -> None:
    assert scene.ana.agent is not None
    change_agent(staff=scene.boss, agent=scene.ana.agent.public_id, values={"skills": [f"topic:{words}"]})
