"""Scripts for pages of websites, ready to serve: without what is nothing to a browser, compressed, and with
the name of their version."""

import gzip
import hashlib
import re
from dataclasses import dataclass

import brotli
from django.http import HttpRequest, HttpResponse

from support_chat.coding import coding_for

_MODES = (brotli.MODE_GENERIC, brotli.MODE_TEXT, brotli.MODE_FONT)
_LINE_END = re.compile(r"(?<=[{};,])\n")
# A string stays as it is; a comment goes, and so does the space around a sign.
_IDLE = re.compile(r"""('[^'\n]*'|`[^`]*`)|/\*.*?\*/|\s*([-+*/%=<>!&|?:,;(){}\[\]])\s*""", re.DOTALL)
# A page that isolates itself, or asks with CORS, may run it too.
_FOR_EVERY_PAGE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


@dataclass(frozen=True)
class Packed:
    """`digest` of the text, and its `bodies` by content coding ("" is plain)."""

    digest: str
    bodies: dict[str, bytes]

    @property
    def etag(self) -> str:
        """The same for all of them, hence weak."""
        return f'W/"{self.digest}"'


def in_every_coding(script: str) -> Packed:
    plain = script.encode()
    return Packed(
        digest=hashlib.sha256(plain).hexdigest()[:24],
        bodies={
            "": plain,
            "gzip": gzip.compress(plain, 9, mtime=0),
            "br": min((brotli.compress(plain, mode=mode, lgwin=16) for mode in _MODES), key=len),
        },
    )


def pack(source: str) -> str:
    """Without indentation, comments and idle space, which are nothing to a browser."""
    lines = (line.strip() for line in source.splitlines())
    kept = "\n".join(line for line in lines if line and not line.startswith(("//", "/**")))
    return _IDLE.sub(_kept, _LINE_END.sub("", kept))


def _kept(found: re.Match[str]) -> str:
    return found[1] or found[2] or ""


def script_answer(request: HttpRequest, packed: Packed) -> HttpResponse:
    """In the smallest coding that this browser takes."""
    coding = coding_for(request.headers.get("Accept-Encoding", ""))
    headers = {**_FOR_EVERY_PAGE, "ETag": packed.etag, **({"Content-Encoding": coding} if coding else {})}
    return HttpResponse(packed.bodies[coding], content_type="text/javascript; charset=utf-8", headers=headers)
