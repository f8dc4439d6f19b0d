"""What replies and events are made of, as either side is told it."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from support_chat.desk.audiences import KINDS, SHOWN
from support_chat.live.frames import Body, ClientId, Count, Place, State

Role = Literal["visitor", "agent", "bot", "system"]
Side = Literal["visitor", "agent"]
Status = Literal["online", "finishing", "away", "offline"]
Mark = Annotated[str, Meta(description="16 hexadecimal digits: tells this log from another.")]
Instant = Annotated[str, Meta(description="ISO 8601, in UTC: for showing, never for ordering.")]
Age = Annotated[float, Meta(ge=0, description="seconds")]
Text = Body | UnsetType
VisitorKind = Annotated[str, Meta(extra_json_schema={"enum": sorted(SHOWN)})]
StaffKind = Annotated[str, Meta(extra_json_schema={"enum": sorted(KINDS)})]


class Told(Struct):
    """Part of what the server tells. Clients ignore fields that they do not know."""


class Author(Told):
    """Who wrote. `name` and `id` are empty for the system; to visitors `id` is a pseudonym of one chat."""

    role: Role
    name: str
    id: str


class Reader(Told):
    role: Side


class Named(Told):
    id: str
    name: str


class PublicAgent(Named):
    """An agent as a visitor knows them."""

    picture: str | None


class AgentCard(Named):
    """How an agent stands, as colleagues see it. `load` of `capacity` chats are theirs."""

    status: Status
    cause: str
    capacity: Count
    load: Count


class Me(AgentCard):
    role: str


class VisitorBody(Told):
    text: Text = UNSET
    agent: PublicAgent | UnsetType = UNSET


class WrittenAgent(Named):
    """An agent as the log names them, for both sides."""

    public_name: str
    picture: str


class StaffBody(Told):
    text: Text = UNSET
    agent: WrittenAgent | UnsetType = UNSET
    cause: str | UnsetType = UNSET
    queue: str | UnsetType = UNSET
    sort: int | UnsetType = UNSET


class VisitorEntry(Told):
    """`client_id` is told to its author alone. An unknown kind is one neutral line, and still counts."""

    position: Place
    mark: Mark
    kind: VisitorKind
    author: Author
    at: Instant
    body: VisitorBody
    client_id: ClientId | UnsetType = UNSET


class StaffEntry(Told):
    """`client_id` is told to its author alone. An unknown kind is one neutral line, and still counts."""

    position: Place
    mark: Mark
    kind: StaffKind
    author: Author
    at: Instant
    body: StaffBody
    client_id: ClientId | UnsetType = UNSET


class WaitingPlace(Told):
    place: Place
    of: Place
    wait: None


class VisitorSnapshot(Told, kw_only=True):
    """The newest entries, in order, and how the chat stands. `read`: how far the team has read."""

    id: str
    state: State
    agent: PublicAgent | None
    position: Count
    mark: Mark
    entries: Annotated[list[VisitorEntry], Meta(max_length=100)]
    earlier: bool
    read: Count
    place: WaitingPlace | None
    reopens_in: Age | UnsetType | None = UNSET


class StaffSnapshot(Told):
    """The newest entries, in order, and how the chat stands."""

    id: str
    state: State
    agent: Named | None
    position: Count
    mark: Mark
    entries: Annotated[list[StaffEntry], Meta(max_length=100)]
    earlier: bool


class Site(Named):
    locale: str
    available: bool


class Queue(Named):
    """`site` is its name."""

    site: str
    waiting: Count
    longest_wait: Age | None


class RowVisitor(Named):
    here: bool
    since: Age | None
    page: str | None


class LastWords(Told):
    role: Role
    kind: StaffKind
    text: str
    ago: Age | None


class Row(Told):
    """A chat as one line of a list, whole each time."""

    conversation: str
    state: State
    queue: str
    visitor: RowVisitor
    agent: Named | None
    position: Count
    last: LastWords | None
    messages: Count
    seen: Count
    waited: Age | None
    sort: int | None
    closed_ago: Age | None


class AboutVisitor(RowVisitor):
    locale: str
    site: str


class EarlierChat(Told):
    id: str
    opened_at: Instant
    closed_at: Instant | None
    agent: str | None
    topic: str


class About(Told):
    """What stands beside an open chat. `read`: how far the visitor has read."""

    visitor: AboutVisitor
    queue: Named
    agent: Named | None
    state: State
    read: Count
    history: Annotated[list[EarlierChat], Meta(max_length=20)]
