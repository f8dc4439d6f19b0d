"""`python -m tests.chaos.bugged NAME --port P`: a server with a bug, for a checker to find."""

import argparse

from support_chat.server import serve
from tests.chaos.bugs import servers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    getattr(servers, options.name)()
    serve("127.0.0.1", options.port)


if __name__ == "__main__":
    main()
