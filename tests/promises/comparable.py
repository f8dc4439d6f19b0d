"""Two plays of one chat, made comparable byte by byte."""

import json
import re

from tests.desk.by_http import ByHttp
from tests.desk.running import Socket

TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
CHANCE = re.compile(r"\b(?:[0-9a-f]{16}|[0-9a-f]{64})\b|(?<![\w-])(?:[\w-]{43}|[\w-]{22})(?![\w-])")
NUMBERED = re.compile(r"\b(Ana|Ben|Sue|Mia|Shop) ?\d+")


def comparable(visitor: Socket) -> list[str]:
    """Clocks are taken away; what is random is named by when it first came; the place is compared apart.

    A place is told by a clock of its own, up to a second later: its moment among the other frames differs.
    By HTTP replies and events come by two lines, each in an order of its own: first the one, then the other;
    and how far the stream was at a beat is told by the client itself.
    """
    names: dict[str, str] = {}
    plain = []
    told = visitor.received
    if isinstance(visitor, ByHttp):
        told = sorted(
            (frame for frame in told if '"heads"' not in frame), key=lambda frame: '"event"' in frame
        )
    for frame in told:
        if '"event":"queue_moved"' in frame:
            assert json.loads(frame)["place"] == 1, "nobody was ever before them"
            continue
        text = NUMBERED.sub(
            r"\1", TIME.sub("then", frame.replace(visitor.welcome["visitor"]["name"], "Vera"))
        )
        plain.append(CHANCE.sub(lambda found: names.setdefault(found[0], f"<{len(names)}>"), text))
    return plain
