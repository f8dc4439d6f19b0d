"""That some chat of a queue is not as it was: for who looks at a list in which it may stand.

It names no chat and has no version, so it costs no statement: the topic stands in the word that the
transaction leaves anyhow, and the console asks again for as much of its list as it shows.
"""

from functools import lru_cache

from support_chat.desk.events import ListsChanged, encoded
from support_chat.live.news import News


@lru_cache(maxsize=1_000)
def lists_news(topic: str) -> News:
    """By the `lists_topic` of a queue."""
    queue = topic.partition(":")[2]
    return News(topic=topic, version=0, frames={"staff": (encoded(ListsChanged(queue=queue)),)}, vague=True)
