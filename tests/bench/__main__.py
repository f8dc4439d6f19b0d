"""`python -m tests.bench [NAME …]`: measures, and prints tables. See README.md."""

import argparse
import resource
from pathlib import Path

from tests.bench import floor, growth, idle, latency, messages, resume, routing, search, waiting, widget
from tests.bench.options import Options

BENCHES = {
    "messages": messages.run,
    "latency": latency.run,
    "idle": idle.run,
    "resume": resume.run,
    "growth": growth.run,
    "routing": routing.run,
    "waiting": waiting.run,
    "search": search.run,
}
CHECKS = {"floor": floor.run, "widget": widget.run}


def asked() -> tuple[list[str], Options]:
    """What the command line names, and how it is to be measured."""
    default = Options()
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=", ".join(BENCHES) + "; all, if none is named"
    )
    parser.add_argument("--server", action="append", choices=default.servers)
    parser.add_argument("--stores", action="append", choices=default.stores)
    parser.add_argument("--chats", action="append", type=int, help="in messages: 50 and 500")
    parser.add_argument("--log", action="append", type=int, help="entries there already, in growth")
    parser.add_argument("--seconds", type=float, default=default.seconds, help="of each measurement")
    parser.add_argument("--sockets", type=int, default=default.sockets, help="in idle")
    parser.add_argument("--clients", type=int, default=default.clients, help="in resume")
    parser.add_argument("--recording", type=Path, metavar="FILE", help="chats as `replay` plays, in waiting")
    parser.add_argument("--past", type=int, default=default.past, help="chats there already, in search")
    parser.add_argument("--queues", type=int, default=default.queues, help="of each kind, in waiting")
    words = parser.parse_args()
    unknown = set(words.names) - set(BENCHES | CHECKS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    return words.names or list(BENCHES), Options(
        servers=tuple(words.server or default.servers),
        stores=tuple(words.stores or default.stores),
        chats=tuple(words.chats or default.chats),
        logs=tuple(words.log or default.logs),
        seconds=words.seconds,
        sockets=words.sockets,
        clients=words.clients,
        recording=words.recording,
        past=words.past,
        queues=words.queues,
    )


def main() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    names, options = asked()
    for name in names:
        (BENCHES | CHECKS)[name](options)


main()
