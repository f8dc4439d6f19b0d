"""The house of this folder with its doors open: a served site, and clients of both sockets by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from support_chat.live.client import Backoff, StaffClient, VisitorClient
from tests.services.building import build
from tests.services.house import token_of
from tests.services.served import ServedProcess, own_environment, run_manage


@dataclass
class OpenHouse:
    """A served site, by its key, the process that serves it, and what starts one more."""

    key: str
    served: ServedProcess
    start: Callable[..., ServedProcess]
    transport: str = "auto"  # of its clients

    def serve(self) -> ServedProcess:
        """One more process on the same database, as after a crash."""
        return self.start(self.served.database_url, self.served.redis_url, THROTTLE="off")

    def visitor(self, **options: Any) -> VisitorClient:
        """A visitor's client, not yet connected."""
        return VisitorClient(f"{self.served.ws_url}/ws/visitor", site=self.key, **self._with(options))

    def staff(self, person: str, **options: Any) -> StaffClient:
        """The client of `ana`, `ben` or `mia`, not yet connected."""
        return StaffClient(f"{self.served.ws_url}/ws/agent", token=token_of(person), **self._with(options))

    def _with(self, options: dict[str, Any]) -> dict[str, Any]:
        return quick({"transport": self.transport, **options})

    def check(self) -> str:
        """What check_integrity says; raises when an invariant is broken."""
        return run_manage("check_integrity", environment=own_environment(self.served.database_url))


def quick(options: dict[str, Any]) -> dict[str, Any]:
    """Options of a client that comes back at once."""
    return {"backoff": Backoff(first=0.05, most=0.2), **options}


def build_house_in(database_url: str, *origins: str, capacity: int = 4) -> str:
    """Builds the house for pages of `origins`; the site's key."""
    return build(database_url, list(origins), capacity)


def arrange_site_in(database_url: str, key: str, **values: object) -> None:
    """Sets columns of a site."""
    words = (
        "from support_chat.desk.models.site import Site; "
        f"Site.objects.filter(public_key={key!r}).update(**{values!r})"
    )
    run_manage("shell", "-v0", "--command", words, environment=own_environment(database_url))


def allow_in(database_url: str, key: str, origin: str) -> None:
    """Lets pages of one more origin frame the panel of a site."""
    words = (
        "from support_chat.desk.models.site import Site; "
        f"site = Site.objects.get(public_key={key!r}); site.allowed_origins.append({origin!r}); site.save()"
    )
    run_manage("shell", "-v0", "--command", words, environment=own_environment(database_url))


def speak_first_in(database_url: str, *rules: dict[str, Any]) -> None:
    """From now on the site speaks first by these rules, as desk/invitations.py has them."""
    words = (
        "from support_chat.desk.models.site import Site; "
        f"site = Site.objects.get(); site.invitations = {{'rules': {list(rules)!r}}}; "
        "site.full_clean(); site.save()"
    )
    run_manage("shell", "-v0", "--command", words, environment=own_environment(database_url))


def widen_house_in(database_url: str, routing: str) -> None:
    """See `widen`; in a process of its own, as above."""
    words = f"from tests.services.house import widen; widen({routing!r})"
    run_manage("shell", "-v0", "--command", words, environment=own_environment(database_url))


def leave_the_team_in(database_url: str, person: str) -> None:
    """Takes every place on the team from somebody."""
    words = (
        "from support_chat.desk.models import Membership; "
        f"Membership.objects.filter(user__username={person!r}).delete()"
    )
    run_manage("shell", "-v0", "--command", words, environment=own_environment(database_url))


def identity_in(database_url: str, sub: str, name: str) -> str:
    """Who a visitor is, signed by the website."""
    words = f"from tests.services.house import signed; print(signed({sub!r}, {name!r}))"
    return run_manage("shell", "-v0", "--command", words, environment=own_environment(database_url)).strip()


@pytest.fixture
def open_house(
    each_database_url: str, serve_process: Callable[..., ServedProcess]
) -> Callable[..., OpenHouse]:
    """Opens a house, on both databases: `open_house(capacity=4, transport="auto", **environment)`."""

    def open_now(capacity: int = 4, transport: str = "auto", **environment: str) -> OpenHouse:
        key = build_house_in(each_database_url, capacity=capacity)
        served = serve_process(each_database_url, **{"THROTTLE": "off", **environment})
        return OpenHouse(key, served, serve_process, transport)

    return open_now
