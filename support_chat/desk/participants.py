"""Who is beside a chat's owner, by public id: let in, and how they stand until then.

    {"<agent>": "guest" | "invited" | "called" | "asking"}

A guest writes to the visitor, who is told when they come and go; there is one owner all the same, and a guest
counts with nobody's load: whose chat it is has the work. It is over with the chat, and when it waits again.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from support_chat.desk.audiences import STATES
from support_chat.desk.models import Agent, Conversation

Standing = Literal["guest", "invited", "called", "asking"]
Beside = dict[str, str]
Body = Mapping[str, Any]

GUEST: Final = "guest"
INVITED: Final = "invited"  # by whose chat it is
CALLED: Final = "called"  # the same, and now
ASKING: Final = "asking"  # to be let in


def is_guest(row: Conversation, agent: str) -> bool:
    return bool(row.participants.get(agent) == GUEST)


def topics_beside_owner(row: Conversation) -> set[str]:
    """The state topics of those beside the owner."""
    return {f"agent:{agent}" for agent in row.participants}


def beside_in(agent: Agent) -> list[int]:
    """The chats in which they are beside the owner: pks."""
    rows = Conversation.objects.filter(state=Conversation.State.ACTIVE)
    return list(rows.filter(participants__has_key=agent.public_id).values_list("pk", flat=True))


def beside_after(beside: Beside, kind: str, author: str, body: Body) -> Beside:
    """Who is beside the owner after an entry of this kind; the same where it moves nobody, or is erased."""
    step = _STEPS.get(kind)
    if step is not None:
        return step(beside, author, body)
    return {} if kind in STATES and beside else beside


def _without(beside: Beside, agent: str) -> Beside:
    return {each: standing for each, standing in beside.items() if each != agent}


def _come(beside: Beside, author: str, body: Body) -> Beside:
    return {**beside, author: GUEST} if body.get("guest") else beside


def _go(beside: Beside, author: str, body: Body) -> Beside:
    return _without(beside, author) if body.get("guest") else beside


def _call(beside: Beside, author: str, body: Body) -> Beside:
    return {**beside, **{each["id"]: CALLED for each in body.get("agents", ())}}


def _invite(beside: Beside, author: str, body: Body) -> Beside:
    return {**beside, body["agent"]["id"]: INVITED} if "agent" in body else beside


def _end(beside: Beside, author: str, body: Body) -> Beside:
    return _without(beside, body["agent"]["id"]) if "agent" in body else beside


_STEPS: Final[dict[str, Callable[[Beside, str, Body], Beside]]] = {
    "invited": _invite,
    "asked_to_join": lambda beside, author, body: {**beside, author: ASKING},
    "not_joined": _end,
    "called_help": _call,
    "joined": _come,
    "left": _go,
    "assigned": _end,
}


def named(agent: Agent) -> dict[str, str]:
    """An agent as the log names them to staff."""
    return {"id": agent.public_id, "name": agent.user.name}
