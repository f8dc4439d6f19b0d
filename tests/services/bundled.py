"""Bundles of the sources as they stand: made by .ci/bundle, which needs npm."""

import pytest

from agents.page_files import CONSOLE
from support_chat.bundles import remembered
from tests.services.missing import report_missing
from widget.page_files import PANEL


@pytest.fixture(scope="session")
def bundles_made() -> None:
    """Nothing to hand over; ends the test where they are missing."""
    if remembered(PANEL.entry) is None or remembered(CONSOLE.entry) is None:
        report_missing("bundles of these sources (.ci/bundle makes them)")
