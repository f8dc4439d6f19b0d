"""The invariants, counted: what must hold of every row, whatever has happened to the process."""

from support_chat.desk.integrity.logs import check_logs
from support_chat.desk.integrity.report import Findings
from support_chat.desk.integrity.rows import check_rows

__all__ = ["Findings", "check_integrity"]


def check_integrity() -> Findings:
    """Reads everything once, in bounded memory, while the servers go on. Changes nothing."""
    findings = Findings()
    check_logs(findings)
    check_rows(findings)
    return findings
