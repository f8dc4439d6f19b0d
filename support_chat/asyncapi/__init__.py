"""The live protocol as an AsyncAPI 3.0 document, made of the tables that the server itself goes by.

`python manage.py asyncapi` writes `support_chat/live/asyncapi.json`; a test compares the two.
"""

from pathlib import Path
from typing import Final

import msgspec

from support_chat import live
from support_chat.asyncapi.document import document

KEPT: Final = Path(live.__path__[0]) / "asyncapi.json"


def written() -> str:
    """The document as it is kept: the text of a JSON file."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=2).decode() + "\n"
