"""Small pictures that are shown to visitors: which kinds, told by the bytes and never by a name. Pure."""

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

MOST: Final = 64 * 1024  # bytes: a logo of 40 points needs a few
_PNG, _JPEG, _RIFF, _WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"WEBP"


def picture_kind(image: bytes) -> str:
    """ "image/png" … of these bytes. ValidationError for whatever is none of ours, or too big."""
    if len(image) > MOST:
        raise ValidationError(gettext("The picture may have %(size)s KB at most.") % {"size": MOST // 1024})
    if image.startswith(_PNG):
        return "image/png"
    if image.startswith(_JPEG):
        return "image/jpeg"
    if image.startswith(_RIFF) and image[8:12] == _WEBP:
        return "image/webp"
    raise ValidationError(gettext("Choose a picture of the kind PNG, JPEG or WebP."))
