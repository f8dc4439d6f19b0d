"""Results side by side, as plain text."""

from collections.abc import Iterator, Mapping

from support_chat.desk.simulation.results import Results

UNKNOWN = "–"


def lines(found: Mapping[str, Results], within: float) -> Iterator[str]:
    """One for each, below their heads; `within`: seconds, of the service level."""
    heads = ("", "came", "wait p50", "wait p90", "left", "occupancy", f"within {within:g} s")
    rows = [heads, *(_row(name, each, within) for name, each in found.items())]
    widths = [max(len(row[index]) for row in rows) for index in range(len(heads))]
    for name, *cells in rows:
        numbers = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join([name.ljust(widths[0]), *numbers])


def _row(name: str, each: Results, within: float) -> tuple[str, ...]:
    return (
        name,
        f"{each.arrivals:,}",
        _time(each.wait(0.5)),
        _time(each.wait(0.9)),
        _share(each.abandoned),
        _share(each.occupancy),
        _share(each.service_level(within)),
    )


def _time(seconds: float | None) -> str:
    return UNKNOWN if seconds is None else f"{seconds // 60:.0f}:{seconds % 60:02.0f}"


def _share(share: float | None) -> str:
    return UNKNOWN if share is None else f"{share:.1%}"
