"""Why: who got a chat and by which rule, who did not and for what reason; why nobody has one that waits."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from support_chat.desk.database_time import database_now
from support_chat.desk.line import line_of, rule_of
from support_chat.desk.models import Conversation
from support_chat.desk.routing import Given, verdicts
from support_chat.desk.team import team_of

NAMED: Final = 10  # agents named for one reason; of more their number says enough

Why = dict[str, Any]


def why_given(given: Given, names: Mapping[int, str]) -> Why:
    """As the log keeps it: {"rule", "eligible": names, "not": {reason: names}, "more"?: {reason: count}}."""
    return {"rule": given.rule, **_by_reason(given.others, names)}


def why_waiting(conversation: Conversation) -> Why | None:
    """Why nobody has it by now; None when it does not wait. `rule` says what keeps it:

    "offered" somebody is asked, "by_hand" agents take it from the queue, "gone" its visitor is, "turn" it is
    not its turn, "nobody" no agent may take it, "soon" it is being given.
    """
    if conversation.sort_key is None:
        return None
    now = database_now()
    team = team_of(conversation.site_id, now=now)
    line = list(line_of(conversation.site_id, now=now, ids=team.ids))
    chat = next((each for each in line if each.id == conversation.pk), None)
    if chat is None or chat.offered:
        agent = conversation.offered_to
        return {"rule": "offered", "eligible": [agent.user.name] if agent else [], "not": {}}
    rule = rule_of(conversation.wanted_queue or conversation.queue)
    found = verdicts(chat, team.agents, rule)
    able = "" in found.values()
    before = sum(each.queue == chat.queue for each in line[: line.index(chat)])
    kept = "gone" if not chat.here else "nobody" if not able else "turn" if before else "soon"
    return {"rule": "by_hand" if rule.by_hand else kept, "before": before, **_by_reason(found, team.names)}


def _by_reason(verdicts: Mapping[int, str], names: Mapping[int, str]) -> Why:
    by_reason: dict[str, list[str]] = {}
    for agent, reason in verdicts.items():
        by_reason.setdefault(reason, []).append(names[agent])
    shown = {reason: _named(agents) for reason, agents in sorted(by_reason.items())}
    more = {reason: len(agents) - NAMED for reason, agents in by_reason.items() if len(agents) > NAMED}
    words = {"eligible": shown.pop("", []), "not": shown}
    return {**words, "more": more} if more else words


def _named(names: Iterable[str]) -> list[str]:
    return sorted(names)[:NAMED]
