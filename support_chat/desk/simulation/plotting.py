"""A picture of waits, as SVG: for each result the share of those served who waited no longer than a time."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from support_chat.desk.simulation.results import Results

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 48, 16, 16, 40
POINTS = 200
SHOWN = 0.98  # of the waits: a few very long ones would press the others together
COLOURS: Final = ("#0b6bcb", "#c2410c", "#15803d", "#7c3aed", "#be123c", "#0e7490")  # told apart on white
OPENING = f'''<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"
 font-family="sans-serif" font-size="12" role="img">
<title>Share of those served, by their wait</title>
<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'''
STEPS = (10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 43_200)  # seconds between the marks below


def plot(found: Mapping[str, Results]) -> str:
    longest = max((each.wait(SHOWN) or 0 for each in found.values()), default=0) or 60.0
    curves = [_curve(each, longest, _colour(number)) for number, each in enumerate(found.values())]
    names = [_name(name, number, len(found)) for number, name in enumerate(found)]
    return "\n".join([OPENING, *_grid(longest), *curves, *names, "</svg>", ""])


def _curve(each: Results, longest: float, colour: str) -> str:
    times = [longest * number / POINTS for number in range(POINTS + 1)]
    points = " ".join(f"{_x(time, longest):.1f},{_y(_share(each.waits, time)):.1f}" for time in times)
    return f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{points}"/>'


def _name(name: str, number: int, of: int) -> str:
    """At the right below, where every curve has gone up, in the colour of its curve."""
    x, y = WIDTH - RIGHT - 8, HEIGHT - BOTTOM - 12 - 16 * (of - 1 - number)
    return f'<text x="{x}" y="{y}" text-anchor="end" fill="{_colour(number)}">{escape(name)}</text>'


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def _grid(longest: float) -> Iterator[str]:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _y(share)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{share:.0%}</text>'
    step = next((each for each in STEPS if longest / each <= 8), STEPS[-1])
    for mark in range(0, int(longest) + 1, step):
        x = _x(mark, longest)
        yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#eee"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{_words(mark)}</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}" text-anchor="middle">wait</text>'


def _share(waits: Sequence[float], time: float) -> float:
    return sum(wait <= time for wait in waits) / len(waits) if waits else 0.0


def _x(time: float, longest: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * time / longest


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def _words(seconds: float) -> str:
    if seconds < 60 or seconds % 60:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:g} h"
