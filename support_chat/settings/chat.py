"""Our own knobs: each with its unit and its reason. Nothing here is read from anywhere else."""

from typing import Final

# Database lanes: threads, each with one kept connection; together at most 16 connections a process.
LANES: Final = {"journal": 1, "actions": 4, "reads": 4, "reports": 2}
LANE_QUEUE: Final = 2_000  # calls waiting for a lane; more would only wait longer than a client does
LOCK_TIMEOUT_MS: Final = 2_000  # a row held longer belongs to somebody stuck: refuse with `busy`
STATEMENT_TIMEOUT_MS: Final = 5_000  # no live query is meant to take more than milliseconds
REPORT_TIMEOUT_MS: Final = 60_000  # exports read a lot, in chunks
TRIES: Final = 3  # of a transaction that met a deadlock or a serialisation failure

# The journal.
JOURNAL_BATCH: Final = 500  # entries a transaction: keeps a commit under 50 ms
JOURNAL_ENTRIES: Final = 5_000  # waiting entries, then `overloaded`
JOURNAL_BYTES: Final = 16 * 1024 * 1024  # waiting bytes of text, then `overloaded`

CHATS_A_ROUND: Final = 4  # given in one transaction: their agents' rows are held for some 50 ms

# What is said at once and what by pieces.
SNAPSHOT_ENTRIES: Final = 100  # newest entries in a snapshot, and the longest page
PAGE_BYTES: Final = 240 * 1024  # of entries in one reply: the transport carries 256 KiB
INBOX_ROWS: Final = 50  # rows in the first inbox
OPEN_CHATS: Final = 50  # that one console hears in full; of the others it has a row each
BODY_LENGTH: Final = 8_000  # code points
EXCERPT: Final = 120  # characters of the last message shown in a list

# Time, in seconds.
REOPENS_FOR: Final = 24 * 3600  # after a close, writing goes on with the same chat
HEARTBEAT: Final = 20  # a client that waits or chats; cheap routers drop a silent link after a minute
HEARTBEAT_IDLE: Final = 60  # a visitor without an open chat
LEASE: Final = 15  # a process that has not renewed its lease for so long is dead
LEASE_RENEWED: Final = 5
AGENT_GRACE: Final = 20  # from an agent's last socket to the release of their chats
PLACES_EVERY: Final = 1.0  # how old a place in the queue may be
LETTERBOX_EVERY: Final = 1.0
CHANGES_KEPT: Final = 600  # change rows; who is further behind compares its topics once
CLOCK_EVERY: Final = 1.0
SHUTDOWN: Final = 10.0  # from SIGTERM to gone

# How far a process may lag and still be sent people, in seconds.
READY_DATABASE: Final = 2.0  # for one small query; people give up soon after
READY_CLOCK: Final = 15.0  # since its last tick, and for what is due: agents may be released in 45 s at most
READY_LETTERBOX: Final = 5.0  # since its last look: without hints, everything waits for it
READY_JOURNAL: Final = 2_500  # messages waiting, half of what is refused
READY_HINTS: Final = 15.0  # without any hint, our own included: not red, the letterbox stands in

DEFAULT_CAPACITY: Final = 4  # chats an agent holds at once; in 5,183 recorded chats nobody held more than 5
