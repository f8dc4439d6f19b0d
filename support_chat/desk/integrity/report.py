"""What was looked at, and what was found broken."""

from dataclasses import dataclass, field

EXAMPLES = 5  # named of each invariant


@dataclass(slots=True)
class Finding:
    checked: int = 0
    broken: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Findings:
    """By invariant, in the order they were first looked at."""

    by_name: dict[str, Finding] = field(default_factory=dict)

    def note(self, invariant: str, *, holds: bool, where: str, checked: int = 1) -> None:
        """One look at one row. `where` names the row for whoever goes to see."""
        finding = self.by_name.setdefault(invariant, Finding())
        finding.checked += checked
        if holds:
            return
        finding.broken += 1
        if len(finding.examples) < EXAMPLES:
            finding.examples.append(where)

    def looked(self, invariant: str, checked: int) -> None:
        """So many rows were looked at by one query, which names only the broken ones."""
        self.by_name.setdefault(invariant, Finding()).checked += checked

    @property
    def broken(self) -> dict[str, Finding]:
        return {name: finding for name, finding in self.by_name.items() if finding.broken}

    def lines(self) -> list[str]:
        """A table: invariant, rows looked at, rows broken; below a broken one where it is."""
        width = max(map(len, self.by_name), default=0)
        table = [f"{'invariant':<{width}}  {'checked':>10}  {'broken':>8}"]
        for name, finding in self.by_name.items():
            table.append(f"{name:<{width}}  {finding.checked:>10}  {finding.broken:>8}")
            table += [f"    {example}" for example in finding.examples]
        return table
