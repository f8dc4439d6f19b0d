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


def follow_hint(hub: Hub, hint: Mapping[str, Any], *, process: str) -> None:
    """Tell this process's listeners. Raise ValueError, having told nobody, if this is not a hint."""
    if hint.get("from") == process:
        return
    parts = hint.get("news")
    if not isinstance(parts, list) or not all(_is_part(part) for part in parts):
        raise ValueError("not a hint")
    for part in parts:
        _follow(hub, part)


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
