"""What an import would do, reply by reply, before it is done."""

import copy
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from agents.library.formats import Row, is_yes
from support_chat.desk.access import Staff
from support_chat.desk.actions.canned_replies import TEXTS, set_values, tidied, written_down
from support_chat.desk.actions.importing_replies import MOST, Key, key_of, known_replies
from support_chat.desk.models import CannedReply, Site


@dataclass(frozen=True, slots=True)
class Planned:
    """`does`: "make", "change", "same" or "skip"; `why` it is skipped, or what it changes."""

    where: str
    does: str
    shortcut: str
    title: str
    why: Sequence[str] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    rows: Sequence[Planned]

    def count(self, does: str) -> int:
        return sum(row.does == does for row in self.rows)

    @property
    def to_do(self) -> list[Mapping[str, Any]]:
        return [row.values for row in self.rows if row.does in ("make", "change")]

    @property
    def digest(self) -> str:
        """Another one when anything else would happen."""
        told = [[row.where, row.does, row.shortcut, *row.why, dict(row.values)] for row in self.rows]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def planned(staff: Staff, site: Site, rows: Sequence[Row]) -> Plan:
    planner = _Planner(staff, site)
    return Plan([planner.plan(row) for row in rows])


class _Planner:
    """Row by row; nothing is written."""

    def __init__(self, staff: Staff, site: Site) -> None:
        self._staff, self._site = staff, site
        self._known = known_replies(staff, site)
        self._queues = dict(site.queues.values_list("name", "public_id"))
        self._seen: dict[Key, str] = {}  # and where that stands, within a sentence

    def plan(self, row: Row) -> Planned:
        told = row.values
        name = told.get("shortcut", ""), told.get("title", "") or told.get("shortcut", "")
        try:
            values = self._values(told)
            before = self._before(values)
            after = copy.copy(before) if before else CannedReply(site=self._site)
            set_values(after, values, staff=self._staff)
        except ValidationError as wrong:
            return Planned(row.where, "skip", *name, why=_words(wrong))
        self._seen[key_of(values)] = row.within
        if before is None:
            return Planned(row.where, "make", *name, values=values)
        differs = _differs(written_down(before), written_down(after))
        return Planned(row.where, "change" if differs else "same", *name, why=differs, values=values)

    def _values(self, told: Mapping[str, str]) -> dict[str, Any]:
        """As the desk takes them."""
        if not told:
            raise ValidationError(gettext("This is no reply."))
        queue = told["queue"].strip()
        if queue and queue not in self._queues:
            raise ValidationError(gettext("This site has no queue “%(name)s”.") % {"name": queue})
        texts = {**told, "title": told["title"] or told["shortcut"], "locale": told["language"]}
        given = {name: tidied(name, texts[name]) for name in TEXTS}
        personal = is_yes(told["personal"]) or self._site.pk not in self._staff.managed
        return {**given, "queue": self._queues.get(queue, ""), "personal": personal}

    def _before(self, values: Mapping[str, Any]) -> CannedReply | None:
        """The one that it would change, if there is one."""
        key = key_of(values)
        if key in self._seen:
            words = gettext("The same shortcut and language as %(where)s.")
            raise ValidationError(words % {"where": self._seen[key]})
        if len(self._seen) >= MOST:
            words = gettext("At most %(most)s replies are brought in at once.")
            raise ValidationError(words % {"most": MOST})
        return self._known.get(key)


def _differs(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [_column(name) for name, value in after.items() if before[name] != value]


def _words(wrong: ValidationError) -> list[str]:
    """With the column, where one is wrong."""
    if not hasattr(wrong, "error_dict"):
        return wrong.messages
    return [f"{_column(name)}: {each}" for name, words in wrong.message_dict.items() for each in words]


def _column(name: str) -> str:
    return "language" if name == "locale" else name
