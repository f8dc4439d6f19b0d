"""Files as people have them, and as nobody should take them."""

import io
import struct
import zipfile
import zlib

import pillow_heif
import pypdfium2
from PIL import Image

pillow_heif.register_heif_opener()
OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = f'<Types><Override ContentType="{OOXML}.wordprocessingml.document.main+xml"/></Types>'
SECRET = b"taken at 52.5200 N"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **options)
    return made.getvalue()


def photo_with_a_place() -> bytes:
    """A JPEG whose EXIF says where and how it was taken; it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", (60, 40), exif=exif, comment=b"<script>alert(1)</script>")


def huge_picture(side: int = 50_000) -> bytes:
    """A PNG that says how large it is, and holds next to nothing."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def many_pictures(frames: int = 400) -> bytes:
    made = io.BytesIO()
    all_of_them = [Image.new("P", (8, 8), each % 2) for each in range(frames)]
    all_of_them[0].save(made, "GIF", save_all=True, append_images=all_of_them[1:])
    return made.getvalue()


def pdf(pages: int = 1) -> bytes:
    made = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 280)
    document.save(made)
    return made.getvalue()


def office(**members: bytes | str) -> bytes:
    """A .docx with these members, each "__" standing for a "/"."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", members.pop("types", DOCX))
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()
