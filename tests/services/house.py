"""A small house in a database: one site, one queue, two agents, a manager and two canned replies."""

from support_chat.desk.actions import setting_up
from support_chat.desk.ids import fingerprint
from support_chat.desk.models import ApiToken, CannedReply, Queue, Site, User

PASSWORD = "open sesame"
REPLIES = {
    "hours": "We are here from nine to five, Monday to Friday.",
    "thanks": "Thank you for writing to us!",
}


def build_house(origins: list[str], capacity: int = 4) -> Site:
    """Makes the house for pages of `origins`: agents `ana` and `ben`, manager `mia`."""
    site = setting_up.make_site(name="Blue Door", time_zone="UTC", origins=origins)
    queue = setting_up.make_queue(site=site, name="Questions", is_default=True)
    for name in ("Ana", "Ben"):
        hire(site, queue, name, capacity)
    let_in(setting_up.hire_manager(site=site, username="mia", first_name="Mia", last_name="Lund"))
    setting_up.add_canned_replies(
        CannedReply(site=site, shortcut=key, title=key.title(), text=text) for key, text in REPLIES.items()
    )
    return site


def hire(site: Site, queue: Queue, name: str, capacity: int) -> None:
    """An agent of the queue, offline, known to visitors by first name."""
    agent = setting_up.hire_agent(
        site=site, queues=[queue], username=name.lower(), first_name=name, last_name="Costa"
    )
    agent.capacity = capacity
    agent.save(update_fields=["capacity"])
    let_in(agent.user)


def let_in(user: User) -> None:
    """A password for browsers, and a token for programs."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    token = fingerprint(token_of(user.username))
    ApiToken.objects.create(user=user, name="tests", sha256=token, scopes=["chat"])


def token_of(person: str) -> str:
    """The API token of somebody in the house."""
    return f"the token of {person}"
