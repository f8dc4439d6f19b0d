"""What /metrics says, as a program reads it."""

from prometheus_client.parser import text_string_to_metric_families

from tests.operations.asking import answer_of
from tests.services.served import ServedProcess

Numbers = dict[tuple[str, str], float]


def scrape(served: ServedProcess) -> Numbers:
    """(name without "support_chat_", value of its label or "") → number."""
    status, text = answer_of(f"{served.url}/metrics")
    assert status == 200
    return {
        (sample.name.removeprefix("support_chat_"), "".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
