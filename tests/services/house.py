"""A small house in a database: one site, one queue, two agents, a manager and two canned replies."""

from dataclasses import dataclass

from support_chat.desk.models.agent import Agent, AgentProfile
from support_chat.desk.models.canned_reply import CannedReply
from support_chat.desk.models.queue import Queue
from support_chat.desk.models.site import Membership, Site
from support_chat.desk.models.user import User

PASSWORD = "open sesame"
REPLIES = {
    "hours": "We are here from nine to five, Monday to Friday.",
    "thanks": "Thank you for writing to us!",
}


@dataclass(frozen=True)
class House:
    """What a test needs to know of it."""

    site: Site
    queue: Queue
    agents: tuple[Agent, ...]
    manager: User


def build_house(origins: list[str], *, capacity: int = 4) -> House:
    """Makes the house for pages of `origins`; agents `ana` and `ben`, manager `mia`."""
    site = Site.objects.create(name="Blue Door", allowed_origins=origins)
    queue = Queue.objects.create(site=site, name="Questions", is_default=True)
    agents = tuple(hire_agent(site, queue, name, capacity) for name in ("Ana", "Ben"))
    manager = User.objects.create_user("mia", password=PASSWORD, first_name="Mia")
    Membership.objects.create(user=manager, site=site, role=Membership.Role.MANAGER)
    for shortcut, text in REPLIES.items():
        CannedReply.objects.create(site=site, shortcut=shortcut, title=shortcut.title(), text=text)
    return House(site, queue, agents, manager)


def hire_agent(site: Site, queue: Queue, name: str, capacity: int) -> Agent:
    """An agent of the queue, offline, known to visitors by first name."""
    user = User.objects.create_user(name.lower(), password=PASSWORD, first_name=name)
    agent = Agent.objects.create(user=user, capacity=capacity)
    AgentProfile.objects.create(agent=agent, site=site, public_name=name)
    Membership.objects.create(user=user, site=site, queue=queue, role=Membership.Role.AGENT)
    return agent
