"""The invariants, counted: what must hold of every row, whatever has happened to the process."""

from support_chat.desk.integrity.files import check_files
from support_chat.desk.integrity.logs import MENDED, check_logs
from support_chat.desk.integrity.report import Findings
from support_chat.desk.integrity.rows import check_rows
from support_chat.desk.integrity.search import check_search
from support_chat.desk.integrity.tags import check_tags

__all__ = ["Findings", "check_integrity", "mend_rows"]


def check_integrity() -> Findings:
    """Reads everything once, in bounded memory, while the servers go on. Changes nothing."""
    findings = Findings()
    check_logs(findings)
    check_rows(findings)
    check_tags(findings)
    check_files(findings)
    check_search(findings)
    return findings


def mend_rows() -> int:
    """Bring the rows of chats in line with their logs, which stay as they are. How many were not."""
    findings = Findings()
    check_logs(findings, mends=True)
    return findings.by_name[MENDED].checked if MENDED in findings.by_name else 0
