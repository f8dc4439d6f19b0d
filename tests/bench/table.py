"""Figures as a table of plain text."""

from collections.abc import Sequence


def show(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print it; numbers to the right."""
    cells = [[_cell(each) for each in row] for row in rows]
    widths = [max(len(line[index]) for line in [list(heads), *cells]) for index in range(len(heads))]
    print(f"\n{title}")
    print("  ".join(head.rjust(width) for head, width in zip(heads, widths, strict=True)))
    for row in cells:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)), flush=True)


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
