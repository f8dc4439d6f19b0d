"""What the fields of commands may hold: types with their bounds.

Every number is an integer within ±2^53, because its field says so.
"""

from typing import Annotated, Final, Literal

from msgspec import Meta

MAX_INT: Final = 2**53 - 1  # the last integer that JavaScript counts exactly

# 8,000 code points are at most 32,000 bytes of UTF-8: the bound of 32 KiB needs no check of its own.
# The pattern refuses a text of nothing but white space.
Body = Annotated[str, Meta(min_length=1, max_length=8_000, pattern=r"\S")]
PublicId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"\A[A-Za-z0-9_-]+\Z")]
PublicIds = Annotated[list[PublicId], Meta(min_length=1, max_length=100)]
Files = Annotated[list[PublicId], Meta(max_length=10)]
ClientId = Annotated[str, Meta(pattern=r"\A[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
Topic = Annotated[str, Meta(max_length=160, pattern=r"\A[a-z]+(?::[A-Za-z0-9_-]+)+\Z")]
Mark = Annotated[str, Meta(min_length=1, max_length=32, pattern=r"\A[A-Za-z0-9_-]+\Z")]
Count = Annotated[int, Meta(ge=0, le=MAX_INT)]
Place = Annotated[int, Meta(ge=1, le=MAX_INT)]
Limit = Annotated[int, Meta(ge=1, le=100)]
Seconds = Annotated[int, Meta(ge=1, le=7 * 24 * 3600)]
Token = Annotated[str, Meta(min_length=1, max_length=256)]
# Three parts of base64url: what is signed is decoded strictly once its signature is known to be good.
Identity = Annotated[
    str, Meta(min_length=5, max_length=8_192, pattern=r"\A[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\Z")
]
Address = Annotated[str, Meta(max_length=2_048)]
Locale = Annotated[str, Meta(max_length=35, pattern=r"\A[A-Za-z0-9-]+\Z")]
Preview = Annotated[str, Meta(max_length=500)]
Begun = Annotated[str, Meta(max_length=8_000)]
Reason = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
Word = Annotated[str, Meta(min_length=1, max_length=64)]
Short = Annotated[str, Meta(min_length=1, max_length=160, pattern=r"\S")]
Line = Annotated[str, Meta(max_length=300)]
Typed = Annotated[str, Meta(min_length=1, max_length=300, pattern=r"\S")]
Comment = Annotated[str, Meta(min_length=1, max_length=1_000, pattern=r"\S")]
Score = Annotated[int, Meta(ge=1, le=5)]
Name = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")]
# No more than that somebody can be meant by it: whether it is theirs, only a letter could show.
Email = Annotated[str, Meta(max_length=254, pattern=r"\A[^\s@]+@[^\s@]+\.[^\s@.]+\Z")]
Tag = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"\w")]
Tags = Annotated[list[Tag], Meta(max_length=20)]
Zone = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"\A[A-Za-z0-9_+/-]+\Z")]
Cursor = Annotated[str, Meta(max_length=64, pattern=r"\A-?\d{1,20}\.\d{1,20}\Z")]
View = Literal["mine", "queue", "team", "snoozed", "closed"]
AttributeName = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"\S")]
AttributeText = Annotated[str, Meta(max_length=500)]
AttributeNumber = Annotated[int, Meta(ge=-MAX_INT, le=MAX_INT)]
Attributes = Annotated[
    dict[AttributeName, AttributeText | AttributeNumber | bool | None], Meta(min_length=1, max_length=50)
]
Features = Annotated[list[Word], Meta(max_length=32)]
State = Literal["queued", "active", "closed"]
Priority = Literal["urgent", "high", "normal", "low"]
Chats = Literal["finish", "return"]
BlockedBy = Literal["visitor", "identity", "address"]
BlockLasts = Literal["hour", "day", "always"]
StatusCause = Literal["chosen", "no_sign"]
