"""A small house in a database: one site, one queue, two agents, a manager and two canned replies."""

from time import time

import jwt

from support_chat.desk.access import staff_of
from support_chat.desk.actions import setting_up
from support_chat.desk.actions.identity_keys import make_identity_key
from support_chat.desk.ids import fingerprint
from support_chat.desk.models import ApiToken, CannedReply, IdentityKey, Membership, Queue, Site, User

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


def widen(routing: str) -> None:
    """A second queue, and a supervisor of both, `sue`; how the first one gives its chats."""
    site = Site.objects.get()
    Queue.objects.filter(site=site).update(routing=routing)
    setting_up.make_queue(site=site, name="Returns")
    hire(site, Queue.objects.get(site=site, is_default=True), "Sue", 4)
    Membership.objects.filter(user__username="sue").update(role=Membership.Role.SUPERVISOR, queue=None)


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


def signed(sub: str, name: str) -> str:
    """Who a visitor is, by a key of the website's own."""
    boss = staff_of(User.objects.get(username="mia"))
    site, now = Site.objects.get(), int(time())
    key = IdentityKey.objects.first() or make_identity_key(staff=boss, site=site.public_key)
    claims = {"sub": sub, "name": name, "aud": site.public_key, "iat": now, "exp": now + 300}
    return jwt.encode(claims, key.secret(), key.algorithm, headers={"kid": key.key_id})


def token_of(person: str) -> str:
    """The API token of somebody in the house."""
    return f"the token of {person}"
