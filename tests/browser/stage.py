"""Where the stories in the browser take place."""

from dataclasses import dataclass

from tests.browser.cable import Cable
from tests.browser.host_page import HostSite
from tests.services.served import ServedProcess


@dataclass(frozen=True)
class Stage:
    """A server, the visitor's cable to it, and the website that the visitor is on."""

    served: ServedProcess
    cable: Cable
    host: HostSite
    key: str
