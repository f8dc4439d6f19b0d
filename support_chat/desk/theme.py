"""A site's own colour on the widget, readable whatever it is: every shade of it follows from one. Pure.

Contrast as WCAG 2.2 has it, by relative luminance: 4.5 to 1 for text, and what stands on the colour itself is
black or white, one of which always has more than that.
"""

import re
from collections.abc import Mapping
from typing import Final

COLOUR: Final = re.compile(r"#[0-9a-f]{6}", re.ASCII)
TEXT: Final = 4.5
SHAPE: Final = 1.25  # so that a bubble is seen at all; its text has a contrast of its own
_STEPS: Final = 50
_WHITE, _BLACK = "#ffffff", "#000000"
# By look: what is behind the bubbles; and of all that text stands on, what makes it hardest to read.
_GROUNDS: Final = {"light": "#f5f4f0", "dark": "#111413"}
_HARDEST: Final = {"light": "#f5f4f0", "dark": "#232928"}
_PAPERS: Final = {"light": "#ffffff", "dark": "#191d1c"}


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(colour: str) -> str:
    """What text on this colour is written in."""
    return max((_WHITE, _BLACK), key=lambda ink: contrast(ink, colour))


def tokens(colour: str, look: str) -> Mapping[str, str]:
    """The panel's colours that follow from this one, in the "light" or the "dark" look."""
    accent = _until(colour, _GROUNDS[look], SHAPE)
    ink = ink_on(accent)
    return {
        "--accent": accent,
        "--accent-strong": mixed(accent, _BLACK if ink == _WHITE else _WHITE, 0.15),
        "--on-accent": ink,
        "--on-accent-soft": ink,
        "--accent-ink": _until(colour, _HARDEST[look], TEXT),
        "--tint": mixed(_PAPERS[look], accent, 0.08),
    }


def launcher_look(colour: str, *, at_start: bool) -> str:
    """What the loader wears, as declarations; "" for its own."""
    wears = [f"--c:{colour}", f"--i:{ink_on(colour)}"] if colour else []
    return ";".join([*wears, *(["--s:20px"] if at_start else [])])


def mixed(one: str, other: str, share: float) -> str:
    """A colour with so much of another in it, from 0 to 1."""
    parts = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _until(colour: str, ground: str, least: float) -> str:
    """The nearest shade of this colour that has at least this contrast to the ground."""
    end = ink_on(ground)
    shades = (mixed(colour, end, step / _STEPS) for step in range(_STEPS))
    return next((shade for shade in shades if contrast(shade, ground) >= least), end)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
