"""Where the stories in the browser take place."""

from dataclasses import dataclass

from tests.browser.cable import Cable
from tests.browser.host_page import HostSite
from tests.services.served import ServedProcess, own_environment, run_manage

BUILD = "from tests.services.house import build_house; print(build_house([{origin!r}]).site.public_key)"


@dataclass(frozen=True)
class Stage:
    """A server, the visitor's cable to it, and the website that the visitor is on."""

    served: ServedProcess
    cable: Cable
    host: HostSite
    key: str


def set_stage(database_url: str, origin: str) -> str:
    """Builds the house of tests/services for pages of `origin`; the site's key.

    In a process of its own: settings name one database, and this is not the one of the test run.
    """
    environment = own_environment(database_url)
    printed = run_manage("shell", "--command", BUILD.format(origin=origin), environment=environment)
    return printed.split()[-1]
