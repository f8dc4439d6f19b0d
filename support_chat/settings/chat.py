"""Our own knobs: each with its unit and its reason. Nothing here is read from anywhere else."""

from typing import Final

# Database lanes: threads, each with one kept connection; together at most 16 connections a process.
LANES: Final = {"journal": 1, "actions": 4, "reads": 4, "reports": 2}
LANE_QUEUE: Final = 2_000  # calls waiting for a lane; more would only wait longer than a client does
LOCK_TIMEOUT_MS: Final = 2_000  # a row held longer belongs to somebody stuck: refuse with `busy`
STATEMENT_TIMEOUT_MS: Final = 5_000  # no live query is meant to take more than milliseconds
ROUND: Final = 32  # who are answered together: the longest chats, read anew, are 3 MB each
REPORT_TIMEOUT_MS: Final = 60_000  # exports read a lot, in chunks
TRIES: Final = 3  # of a transaction that met a deadlock or a serialisation failure
SCARCE_FOR: Final = 5.0  # seconds for which a process keeps no idle connection after it was refused one

# The journal.
JOURNAL_BATCH: Final = 500  # entries a transaction: keeps a commit under 50 ms
JOURNAL_ENTRIES: Final = 5_000  # waiting entries, then `overloaded`
JOURNAL_BYTES: Final = 16 * 1024 * 1024  # waiting bytes of text, then `overloaded`

CHATS_A_ROUND: Final = 32  # given in one transaction: their agents' rows are held for some 50 ms

# What is said at once and what by pieces.
SNAPSHOT_ENTRIES: Final = 100  # newest entries in a snapshot, and the longest page
PAGE_BYTES: Final = 240 * 1024  # of entries in one reply: the transport carries 256 KiB
INBOX_ROWS: Final = 50  # rows in the first inbox
OPEN_CHATS: Final = 50  # that one console hears in full; of the others it has a row each
BODY_LENGTH: Final = 8_000  # code points
EXCERPT: Final = 120  # characters of the last message shown in a list
MENTIONED: Final = 10  # colleagues whom one note tells: who means everybody writes to nobody
MENTIONS_LISTED: Final = 50  # of an agent's mentions, the newest: nobody reads further back
SEARCH_PAGE: Final = 20  # findings told at once: what fills a screen
SEARCH_PEOPLE: Final = 5  # visitors told above them
SEARCH_TIMEOUT_MS: Final = 1_500  # of each statement of a search: longer nobody waits for one who types
DRAFTS_LISTED: Final = 100  # of an agent's drafts, the newest, in their first inbox: it shows 50 chats
DRAFTS_REMEMBERED: Final = 7 * 24 * 3600  # seconds that an empty draft tells older windows that it was sent

# Files.
FILE_BYTES: Final = 10 * 1024 * 1024  # of one: a phone's picture has 2 to 8 MB
FILES_A_MESSAGE: Final = 10  # as the frames have it
FILES_LYING: Final = 30  # of one sender, uploaded and not sent: three messages' worth
FILES_LIE_FOR: Final = 24 * 3600  # seconds; then what nobody sent is removed
FILES_FREE: Final = 0.02  # of a local disk stays free, because the database may live there
FILE_PIXELS: Final = 25_000_000  # in memory at once, 4 bytes each: with all else 150 MB
FILE_EDGE: Final = 4_096  # pixels of the longest side that is kept: more than any screen shows
FILE_LARGE: Final = 1_600  # pixels of what is opened in place
FILE_SMALL: Final = 480  # pixels of what stands among the messages, on a sharp screen
CHECKS_AT_ONCE: Final = 2  # processes: they must leave the cores to messages
CHECKS_WAITING: Final = 20  # uploads, then `overloaded`: more would wait longer than somebody looks at them
CHECK_CPU: Final = 10  # seconds of one check; the largest picture that is taken needs 4
CHECK_LASTS: Final = 30  # seconds by the clock
CHECK_MEMORY: Final = 1024 * 1024 * 1024  # bytes of address space: what is mapped, not what is used
SCAN_LASTS: Final = 20  # seconds until a silent scanner counts as none
UPLOADS_AT_ONCE: Final = 32  # bodies larger than others may be, a process: what lies on its disk meanwhile
LINKS_LAST: Final = 300  # seconds
REMOVED_EVERY: Final = 5.0  # seconds between looks for files that nobody may have any more

# Time, in seconds.
REOPENS_FOR: Final = 24 * 3600  # after a close, writing goes on with the same chat
MAIL_EVERY: Final = 2.0  # how often the outbox is looked at
MAIL_AT_ONCE: Final = 5  # letters that one look takes: sent within MAIL_TAKEN even if each server is slow
MAIL_TAKEN: Final = 300  # of whoever takes letters, however slow the mail server; then they are due again
MAIL_FIRST_PAUSE: Final = 60  # after a failed try; then twice as long each time
MAIL_LONGEST_PAUSE: Final = 4 * 3600
MAIL_TRIES: Final = 13  # over about a day, as other mail servers do
MAIL_TESTS: Final = 10  # test mails of a site in an hour
MAIL_CAPS: Final = {  # letters that visitors ask for: how many, in how many seconds
    "visitor": (3, 3600),
    "address": (5, 24 * 3600),  # whoever asks: a stranger's mailbox
    "source": (10, 3600),  # of one network address
    "site": (1_000, 24 * 3600),  # what a mail server is not meant to be for goes on no longer than a day
}
TRANSCRIPT_ENTRIES: Final = 5_000  # newest entries in a visitor's transcript: some MB at most
UNSEEN_AFTER: Final = 180  # who left, or was answered, so long ago is sent what they have not seen
UNSEEN_WITHIN: Final = 7 * 24 * 3600  # of the last word: older chats are not looked at
UNSEEN_EVERY: Final = 5  # ticks of the clock between two looks
ALERTS_EVERY: Final = 2  # ticks of the clock between two looks at what waits too long, and who misses what
AGENT_SETTLES: Final = 5.0  # seconds without a console until what is missed is pushed: pages are reloaded
UNNOTICED: Final = 20  # of a dead console, at most: what came meanwhile nobody may have been told of
PUSHED_WITHIN: Final = 300  # of what happened while no console was open: later a push is no news
SHIFT_GOES_ON: Final = 3600  # of whom no hours are known, after they were lost: who shuts a laptop goes home
ALERT_TESTS: Final = 20  # of a site in an hour: mails and messages that somebody else receives
PUSH_TESTS: Final = 50  # of an agent in an hour, to all of their browsers together
BROWSERS_PUSHED: Final = 10  # of one agent: the newest that take Web Push
LINK_LASTS: Final = 7 * 24 * 3600  # of a link in a letter
FORGOTTEN_EVERY: Final = 2.0  # how often a process looks whose sockets have to end
FORGOTTEN_TOLD: Final = 60  # for so long after: also where a look failed meanwhile
REVISED_WITHIN: Final = 300  # a message is changed or taken back by its author
RATED_WITHIN: Final = 24 * 3600  # after a close: later nobody remembers
RATING_CHANGES: Final = 24 * 3600  # after it was first given
RATED_AFTER_MESSAGES: Final = 2  # of the visitor, beside an answer: who said less has nothing to judge
HEARTBEAT: Final = 20  # a client that waits or chats; cheap routers drop a silent link after a minute
HEARTBEAT_IDLE: Final = 60  # a visitor without an open chat
LEASE: Final = 15  # a process that has not renewed its lease for so long is dead
LEASE_RENEWED: Final = 5
AGENT_GRACE: Final = 20  # from an agent's last socket to the release of their chats
PLACES_EVERY: Final = 1.0  # how old a place in the queue may be
WAITS_EVERY: Final = 20.0  # how often a wait is foreseen anew while nothing moves
PACE_EVERY: Final = 60.0  # how often the pace of a queue is read
LETTERBOX_EVERY: Final = 1.0
CHANGES_KEPT: Final = 600  # change rows; who is further behind compares its topics once
SENT_KEPT: Final = 30  # days: what was sent, when and whether it arrived; no words, and no address
CLOCK_EVERY: Final = 1.0
SHUTDOWN: Final = 10.0  # from SIGTERM to gone

# How far a process may lag and still be sent people, in seconds.
READY_DATABASE: Final = 2.0  # for one small query; people give up soon after
READY_CLOCK: Final = 15.0  # since its last tick, and for what is due: agents may be released in 45 s at most
READY_LETTERBOX: Final = 5.0  # since its last look: without hints, everything waits for it
READY_JOURNAL: Final = 2_500  # messages waiting, half of what is refused
READY_HINTS: Final = 15.0  # without any hint, our own included: not red, the letterbox stands in

MOVES_COUNTED: Final = 24 * 3600  # seconds: how far back a board counts what supervisors moved

# Who takes a chat, and when. Defaults of a queue, in seconds, where a queue may say otherwise.
PRIORITY_MINUTES: Final = {"urgent": 60, "high": 15, "normal": 0, "low": -15}  # head start; see routing.py
RETURN_HEAD_START: Final = 24 * 60  # minutes: who comes back stands in front of everybody else's wait
OFFER_LASTS: Final = 30  # then it goes to the next agent
BACKUP_AFTER: Final = 60  # a chat waits so long for its queue's own agents
WAIT_TARGET: Final = 60  # seconds; who waits longer shows as an alarm: 9 in 10 first answers came within it
FIRST_REPLY: Final = 180  # without a reply it is taken back; in 5,183 real chats p90 was 60 s, p99 145 s
MISSED_IN_A_ROW: Final = 2  # chats taken back unanswered, then the agent is set to Away
NO_SIGN: Final = 600  # no key and no pointer while no chat is open: Away
COMES_BACK_WITHIN: Final = 300  # a lost agent gets back what nobody has taken yet
PLACE_HELD: Final = 300  # a waiting visitor's turn comes so long after their last sign
PLACE_HELD_PHONE: Final = 600  # phones sleep, and come back
VISITOR_SETTLES: Final = 10.0  # without a socket until a visitor is said to have left: pages follow others
TRAIL: Final = 20  # pages that are kept of a visitor's way
REFERRER: Final = 200  # characters of the address they came from: which website, and roughly where on it
GONE_TOLD: Final = 10  # after an agent's last socket died: then visitors read that the connection dropped

PAUSE_LASTS: Final = 4 * 3600  # of new chats, where nobody says how long: a forgotten one ends with the shift
# What a chat is owed when nobody does anything. Seconds.
REMIND_OWNER: Final = 120  # a visitor waits for an answer that is not the first: whose chat it is is reminded
REMIND_SUPERVISORS: Final = 300  # then supervisors are told; by now most visitors have given up
IDLE_AFTER: Final = 300  # without a word since our last: it does not count with its agent any more
NUDGE_AFTER: Final = 900  # then the visitor is asked whether they are still there
QUIET_CLOSES: Final = 1_800  # then it is over, and goes on when they write again
AWAY_TOLD: Final = 60  # gone for so long is a line in the log; less is another page, or a tunnel
AWAY_TOLD_PHONE: Final = 240  # phones sleep when they are put down
ONE_LINE_IN: Final = 60  # of who comes and goes all the time
ABANDONED: Final = 1_800  # gone for so long while they waited: nobody comes back to that chat
SWEEP_LASTS: Final = 1.0  # of doing what is due, then the rest waits for the next tick: the lease must not

DEFAULT_CAPACITY: Final = 4  # chats an agent holds at once; in 5,183 recorded chats nobody held more than 5
MOST_CAPACITY: Final = OPEN_CHATS  # chats that it may be set to: one console hears no more

# How long a wait is said to be. The counts were chosen on simulated queues by `tests.bench waiting`.
WAIT_THIN: Final = 20  # chats that have ended; from fewer than 15, ranges missed twice as often as meant
WAIT_CHATS: Final = (
    400  # the newest handle times that count: some hours of a small team, so drift is followed
)
WAIT_STAYS: Final = 200  # the newest stays in line that count, for how readily people leave
WAIT_CALM: Final = 600.0  # seconds in line without anybody leaving that are taken as seen
WAIT_OUTCOMES: Final = 400  # the newest predictions whose outcomes correct the next
WAIT_TRUST: Final = 40  # outcomes that the formula is worth: fewer jump about, more correct too slowly
WAIT_LONGEST: Final = 1800  # seconds; beyond half an hour nobody plans by minutes
WAIT_FINE: Final = 300  # seconds below which 30 seconds more or less are worth telling
WAIT_STEP_FINE: Final = 30
WAIT_STEP: Final = 60

# Who a website says its visitor is.
IDENTITY_LASTS: Final = 15 * 60  # seconds from "iat" to "exp" at most: a leaked one is soon worth nothing
IDENTITY_SKEW: Final = 60  # seconds that the website's clock may differ from ours
IDENTITY_KEYS: Final = 4  # good ones of a site: one in use, one to come, and some room
SESSION_LASTS: Final = 24 * 3600  # seconds without a fresh identity; each page brings one
SESSIONS: Final = 32  # browsers of one visitor; the next ends the oldest
HANDLE_LASTS: Final = 30 * 24 * 3600  # seconds that a handle, and what it opened, are good for
HANDLES: Final = 8  # of a visitor, a browser each; the next ends the oldest
ATTRIBUTES: Final = 50  # of a visitor, verified and claimed each
ATTRIBUTES_BYTES: Final = 8 * 1024  # of their JSON; an agent reads them
