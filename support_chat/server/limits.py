"""What one connection may cost. Sizes in bytes, times in seconds."""

from typing import Final

# Reading.
MESSAGE_BYTES: Final = 256 * 1024  # of one frame or message; the decoder refuses from half of it on, politely
FRAGMENTS: Final = 64  # of one message: even empty ones cost memory
INBOX_BYTES: Final = 256 * 1024  # received and not yet consumed, then the socket is not read
INBOX_FRAMES: Final = 64
BODY_BYTES: Final = 1024 * 1024  # of one request: forms and JSON are far smaller
REQUEST_WITHIN: Final = 30  # for a whole request, from its first byte …
BODY_RATE: Final = 16 * 1024  # … and a second more for each so many bytes of body
IDLE: Final = 60  # a kept connection without a request

# Writing. From 64 KiB in the transport's buffer on, who writes waits.
KERNEL_BYTES: Final = 64 * 1024  # of a socket's own buffer: what the kernel hides is not bounded by us
STALLED: Final = 20  # without one byte taken, then the connection is cut
UNACKNOWLEDGED: Final = 8  # for what a watched peer's kernel was sent, then the connection is cut
HELD: Final = 300  # for what waits to be taken, however slowly

# Ending.
CLOSE_WITHIN: Final = 5  # from our close frame, or from our refusal, to the end
PING: Final = 10  # between pings, and from a ping to its pong: presence is the transport's
BACKLOG: Final = 1024  # connections not yet accepted, when everybody comes back at once
