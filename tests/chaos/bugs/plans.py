"""Each bug with the short run that finds it, and the promise that breaks by it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from tests.chaos.bugs import clients
from tests.chaos.findings import (
    CAPACITY,
    DOUBLED,
    LOST,
    NOTICE,
    ORDER,
    OWNERS,
    PHANTOMS,
    PRESENCE,
    RECOVERY,
)
from tests.chaos.scene import Manner

HASTE = Manner(speed=60.0, bursts=0.8, notes=0.05)
WITHOUT_INDEX = ("DROP INDEX one_entry_a_client_id",)


@dataclass(frozen=True, kw_only=True)
class Bug:
    """`breaks`: one of these promises at least. `changes`: statements that damage the database for it."""

    what: str
    kinds: Sequence[str]
    breaks: Sequence[str]
    seconds: float = 25.0
    commits: tuple[float, float] = (0.0, 0.0)  # share of slow commits, and seconds, all the time
    changes: Sequence[str] = ()
    manner: Manner = field(default_factory=lambda: HASTE)
    ghost: bool = False
    client: Callable[[], AbstractContextManager[None]] = nullcontext  # around a run: the players' client


BUGS: dict[str, Bug] = {
    "answered_before_commit": Bug(
        what="a post is answered when it is written, not when it is committed",
        kinds=("postgres_killed", "server_killed"),
        commits=(0.6, 0.8),
        breaks=(LOST, ORDER),
    ),
    "no_unique_client_id": Bug(
        what="nobody looks a client_id up, and no index keeps it unique",
        kinds=("answers_lost",),
        changes=WITHOUT_INDEX,
        breaks=(DOUBLED,),
        seconds=15,
    ),
    "serial_cursor": Bug(
        what="the letterbox asks for what has a higher serial number than the last it saw",
        kinds=("late_and_unheard",),
        breaks=(NOTICE, LOST),
        seconds=30,
    ),
    "read_then_write_accept": Bug(
        what="accepting looks first, and takes the rows then",
        kinds=("commits_slow",),
        commits=(0.5, 0.4),
        breaks=(OWNERS, CAPACITY),
        seconds=20,
    ),
    "hint_as_truth": Bug(
        what="what a hint says is told as it comes, and what no hint said is not known",
        kinds=("hints_lost", "redis_frozen"),
        breaks=(ORDER, NOTICE, LOST),
    ),
    "no_heads": Bug(
        what="a beat is answered without heads",
        kinds=("frames_lost",),
        breaks=(NOTICE, LOST),
    ),
    "presence_by_disconnect": Bug(
        what="an agent is here until a disconnect says otherwise",
        kinds=("clients_cut",),
        breaks=(PRESENCE,),
        seconds=48,
        ghost=True,
    ),
    "letterbox_off": Bug(
        what="nobody looks for what a lost hint left behind",
        kinds=("hints_lost", "redis_killed"),
        breaks=(NOTICE, LOST),
    ),
    "told_before_commit": Bug(
        what="listeners are told within the transaction",
        kinds=("postgres_killed", "server_killed"),
        commits=(0.6, 0.8),
        breaks=(PHANTOMS,),
    ),
    "resume_without_mark": Bug(
        what="whoever resumes is believed to know this very log",
        kinds=("clients_cut",),
        breaks=(RECOVERY,),
        seconds=6,
    ),
    "no_grace": Bug(
        what="an agent whose link blinks loses their chats",
        kinds=("clients_refused",),
        breaks=(PRESENCE,),
        seconds=20,
    ),
    "out_of_turn_allowed": Bug(
        what="later posts go past one that was refused and comes again",
        kinds=("rows_held",),
        breaks=(ORDER,),
        manner=Manner(speed=200.0, bursts=1.0, notes=0.0),
        seconds=30,
    ),
    "retried_without_looking": Bug(
        what="a transaction whose outcome is unclear is written again without a look",
        kinds=("commits_unclear",),
        changes=WITHOUT_INDEX,
        breaks=(DOUBLED,),
        seconds=20,
    ),
    "unclear_forgotten": Bug(
        what="what was committed without its process knowing is told to nobody there",
        kinds=("commits_unclear",),
        breaks=(NOTICE, LOST),
        manner=Manner(speed=8.0, lines=6),
    ),
    "outbox_not_resent": Bug(
        what="a client gives a post up when its socket goes",
        kinds=("clients_cut", "server_killed"),
        breaks=(LOST,),
        seconds=20,
        client=clients.outbox_not_resent,
    ),
}
