"""Pictures, made anew from their pixels: what else the file held stays behind."""

from contextlib import suppress
from io import BytesIO
from math import ceil, log2
from pathlib import Path
from typing import Final

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageOps

from support_chat.desk.files.kinds import Kind
from support_chat.settings.chat import FILE_EDGE, FILE_LARGE, FILE_PIXELS, FILE_SMALL

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = None  # looked at before anything is unpacked: see _opened
_LIGHT: Final = ("RGB", "RGBA", "P", "L", "1")  # kept as they are, or a byte a pixel before
_STRIP: Final = 64  # lines
_SRGB: Final = ImageCms.createProfile("sRGB")
_QUALITY: Final = {
    "JPEG": {"quality": 86, "progressive": True},
    "WEBP": {"quality": 86, "method": 0},  # the others hold several times as much
    "PNG": {"compress_level": 4},
}


class NotAPicture(Exception):
    """Damaged, of another kind, or too many pixels."""


def remake(source: Path, kind: Kind, into: Path) -> tuple[int, int]:
    """Write the picture and its two smaller ones into the folder. Its width and height."""
    picture = _upright(_opened(source, kind))
    if max(picture.size) > FILE_EDGE:
        picture = _reduced(picture, -(-max(picture.size) // FILE_EDGE))
    _write(picture, into / "file", kind.keep)
    write_looks(picture, into)
    return picture.size


def write_looks(picture: Image.Image, into: Path) -> None:
    """Two pictures of it: one to be opened, one to stand among the messages."""
    look = _on_white(_within(picture, FILE_LARGE))
    _write(look, into / "large", "JPEG")
    _write(_within(look, FILE_SMALL), into / "small", "JPEG")


def _within(picture: Image.Image, edge: int) -> Image.Image:
    """The same no larger than this."""
    picture = _reduced(picture, max(picture.size) // edge)
    return picture if max(picture.size) <= edge else ImageOps.contain(picture, (edge, edge))


def _reduced(picture: Image.Image, times: int) -> Image.Image:
    """So many times smaller; by strips, because what can be seen through is copied before."""
    if times < 2:
        return picture
    width, height = picture.size
    small = Image.new(picture.mode, (-(-width // times), -(-height // times)))
    for top in range(0, height, _STRIP * times):
        strip = picture.crop((0, top, width, min(height, top + _STRIP * times)))
        small.paste(strip.reduce(times), (0, top // times))
    return small


def _opened(source: Path, kind: Kind) -> Image.Image:
    """The first picture, unpacked. What that takes is known before."""
    picture = Image.open(source, formats=[kind.format])
    share = _pixels_held(picture, kind) / FILE_PIXELS
    if share > 1:  # a JPEG can be unpacked smaller: so many times that fewer pixels are left
        times = 2 ** ceil(log2(share) / 2)
        picture.draft(None, (picture.width // times, picture.height // times))
    _bound(picture, kind)
    picture.load()
    _bound(picture, kind)  # some say at their end that they are to be turned
    return picture.copy() if kind.format == "WEBP" else picture  # whose decoder holds on to its own copies


def _bound(picture: Image.Image, kind: Kind) -> None:
    if _pixels_held(picture, kind) > FILE_PIXELS:
        raise NotAPicture("too many pixels")


def _pixels_held(picture: Image.Image, kind: Kind) -> float:
    """Pixels of 4 bytes in memory at once: its packing's own copies, or before and after a change."""
    about = Image.Image.getexif(picture)  # PNG's own way to ask would unpack it
    turned = about.get(ExifTags.Base.Orientation, 1) != 1
    copies = 2.0 if turned or picture.mode not in _LIGHT else 1.25
    return picture.width * picture.height * max(copies, kind.copies)


def _upright(picture: Image.Image) -> Image.Image:
    """As it was seen, in the colours of screens, without a word about where and by what it was taken."""
    profile = picture.info.get("icc_profile")
    ImageOps.exif_transpose(picture, in_place=True)
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    plain = picture if picture.mode == mode else picture.convert(mode)
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):  # a spoiled profile says nothing of colours
            known = ImageCms.ImageCmsProfile(BytesIO(profile))
            ImageCms.profileToProfile(plain, known, _SRGB, outputMode=mode, inPlace=True)
    plain.info.clear()
    return plain


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _write(picture: Image.Image, path: Path, keep: str) -> None:
    picture.info.clear()
    picture.save(path, keep, **_QUALITY[keep])
