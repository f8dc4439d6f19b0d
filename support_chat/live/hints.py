"""The hint: what one process tells the others, through the channel layer, that it has committed.

    {"from": "<process>", "news": [{"t": topic, "v": version, "f": {ear: [frame, …]}, "p": visible}, …]}

`f` and `p` are left out of news that is too big or whose words are kept out of the layer: a bare
version, which the others then read from the database.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeGuard

from support_chat.live.hub import Hub
from support_chat.live.news import News

GROUP: Final = "hints"
MAX_WORDS: Final = 4_096  # bytes of frames that one piece of news may carry in a hint


def write_hint(process: str, news: Iterable[News], *, words: bool) -> dict[str, Any]:
    told = [part for one in news if (part := _part(one, words=words)) is not None]
    return {"from": process, "news": told}


def follow_hint(hub: Hub, hint: object, *, process: str) -> bool:
    """Tell this process's listeners, unless it is our own. False, and nobody is told, if it is no hint."""
    parts = hint.get("news") if isinstance(hint, dict) else None
    if not isinstance(hint, dict) or not isinstance(parts, list) or not all(map(_is_part, parts)):
        return False
    if hint.get("from") != process:
        for part in parts:
            _follow(hub, part)
    return True


def _part(news: News, *, words: bool) -> dict[str, Any] | None:
    if words and _size(news) <= MAX_WORDS:
        frames = {ear: list(told) for ear, told in news.frames.items()}
        return {"t": news.topic, "v": news.version, "f": frames, "p": news.visible}
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
        hub.publish((News(topic=part["t"], version=part["v"], frames=told, visible=part.get("p")),))


def _is_part(part: object) -> TypeGuard[Mapping[str, Any]]:
    return (
        isinstance(part, dict)
        and isinstance(part.get("t"), str)
        and isinstance(part.get("v"), int)
        and isinstance(part.get("p", 0), int | None)
        and _are_frames(part.get("f", {}))
    )


def _are_frames(frames: object) -> bool:
    return isinstance(frames, dict) and all(
        isinstance(ear, str) and isinstance(told, list) and all(isinstance(frame, str) for frame in told)
        for ear, told in frames.items()
    )
