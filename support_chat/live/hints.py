"""The hint: what one process tells the others, through the channel layer, that it has committed.

    {"from": "<process>", "at": committed,
     "news": [{"t": topic, "v": version, "f": {ear: [frame, …]}, "p": visible, "r": [trace, arrived]}, …]}

`f` and `p` are left out of news that is too big or whose words are kept out of the layer: a bare
version, which the others then read from the database. `at`, when the oldest of it was committed, and
`arrived` are Unix times for measuring. A hint without news says that the layer works.
"""

from collections.abc import Iterable, Mapping
from time import time
from typing import Any, Final, TypeGuard

from support_chat.live.hub import Hub
from support_chat.live.measures import hint_lag
from support_chat.live.news import News
from support_chat.live.traces import Trace

GROUP: Final = "hints"
MAX_WORDS: Final = 4_096  # bytes of frames that one piece of news may carry in a hint


def write_hint(process: str, news: Iterable[News], *, words: bool, at: float = 0.0) -> dict[str, Any]:
    """`at` is when the oldest of it was committed, in Unix time; 0.0 when unknown."""
    told = [part for one in news if (part := _part(one, words=words)) is not None]
    hint = {"from": process, "news": told}
    return {**hint, "at": at} if at else hint


def follow_hint(hub: Hub, hint: object, *, process: str) -> bool:
    """Tell this process's listeners, unless it is our own. False, and nobody is told, if it is no hint."""
    parts = hint.get("news") if isinstance(hint, dict) else None
    if not isinstance(hint, dict) or not isinstance(parts, list) or not all(map(_is_part, parts)):
        return False
    if hint.get("from") != process:
        _measure(hint.get("at"))
        for part in parts:
            _follow(hub, part)
    return True


def _part(news: News, *, words: bool) -> dict[str, Any] | None:
    if news.vague:
        return None
    if words and _size(news) <= MAX_WORDS:
        frames = {ear: list(told) for ear, told in news.frames.items()}
        part = {"t": news.topic, "v": news.version, "f": frames, "p": news.visible}
        return part if news.trace is None else {**part, "r": list(news.trace)}
    if news.version == 0:
        return None  # fleeting: there is nothing to read later
    return {"t": news.topic, "v": news.version}


def _size(news: News) -> int:
    return sum(len(frame.encode()) for told in news.frames.values() for frame in told)


def _follow(hub: Hub, part: Mapping[str, Any]) -> None:
    frames = part.get("f")
    if frames is None:
        hub.heard(part["t"], part["v"])
    elif hub.listens_to(part["t"]):
        told = {ear: tuple(heard) for ear, heard in frames.items()}
        trace = Trace(*part["r"]) if "r" in part else None
        news = News(topic=part["t"], version=part["v"], frames=told, visible=part.get("p"), trace=trace)
        hub.publish((news,))


def _measure(at: object) -> None:
    if isinstance(at, float):
        hint_lag.observe(max(0.0, time() - at))


def _is_part(part: object) -> TypeGuard[Mapping[str, Any]]:
    return (
        isinstance(part, dict)
        and isinstance(part.get("t"), str)
        and isinstance(part.get("v"), int)
        and isinstance(part.get("p", 0), int | None)
        and _are_frames(part.get("f", {}))
        and _is_trace(part.get("r", ["", 0.0]))
    )


def _is_trace(trace: object) -> bool:
    return isinstance(trace, list) and len(trace) == 2 and list(map(type, trace)) == [str, float]


def _are_frames(frames: object) -> bool:
    return isinstance(frames, dict) and all(
        isinstance(ear, str) and isinstance(told, list) and all(isinstance(frame, str) for frame in told)
        for ear, told in frames.items()
    )
