"""What must not get lost again: the first honest figures, less a fifth."""

import sys
from typing import Final

from tests.bench.closed_loop import Rate
from tests.bench.ground import Stores
from tests.bench.messages import measure
from tests.bench.options import Options
from tests.bench.table import show

FIRST: Final[dict[Stores, float]] = {"sqlite": 26.4, "postgresql": 23.8, "postgresql+redis": 19.6}
ALLOWED: Final = 0.8  # of the first figures
TRIES: Final = 3  # a machine may be busy with something else for a while
HEADS = ("stores", "share of E, %", "first", "at least")


def run(options: Options) -> None:
    """Fifty chats under daphne on each kind of store. Exits 1 when one is too slow."""
    figures, echo = dict[Stores, float](), None
    for stores in FIRST:
        figures[stores], echo = _best(stores, options, echo)
    show(
        "Messages a second as a share of E",
        HEADS,
        [(stores, share, FIRST[stores], ALLOWED * FIRST[stores]) for stores, share in figures.items()],
    )
    if any(share < ALLOWED * FIRST[stores] for stores, share in figures.items()):
        sys.exit(1)


def _best(stores: Stores, options: Options, echo: Rate | None) -> tuple[float, Rate | None]:
    """The best share, and E as it was measured last; `echo` is that of the stores before."""
    best = 0.0
    for _ in range(TRIES):
        figure = measure("daphne", stores, 50, options.seconds, echo)
        best, echo = max(best, figure.share), figure.after
        if best >= ALLOWED * FIRST[stores]:
            break
    return best, echo
