"""Plain HTTP questions to a served process."""

import urllib.error
import urllib.request


def answer_of(url: str, **headers: str) -> tuple[int, str]:
    """Status and body; `headers` with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=named), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()
