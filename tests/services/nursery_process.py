"""Loads once what every process of the product loads, and then becomes one by fork, as often as asked.

`python nursery_process.py SOCKET`: a request, {"argv", "environment", "folder"}, comes as one message with
three descriptors: standard output, standard error, and where the child's exit status is written. The answer
is its process id. What is loaded here is other people's, and asks for no setting: ours is loaded by each
child anew. Ends, and with it what still runs, when nobody holds the other end.
"""

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

OTHERS = [
    "autobahn.twisted.websocket",
    "brotli",
    "channels.generic.websocket",
    "channels.layers",
    "channels_redis.pubsub",
    "csp.middleware",
    "django.conf.urls.i18n",
    "django.contrib.admin.options",
    "django.contrib.messages.middleware",
    "django.contrib.postgres.fields",
    "django.contrib.sessions.middleware",
    "django.contrib.staticfiles.finders",
    "django.contrib.staticfiles.views",
    "django.core.cache.backends.locmem",
    "django.core.handlers.asgi",
    "django.core.management",
    "django.core.management.commands.migrate",
    "django.core.servers.basehttp",
    "django.db.backends.postgresql.base",
    "django.db.backends.sqlite3.base",
    "django.db.migrations.executor",
    "django.db.models",
    "django.forms.models",
    "django.middleware.csrf",
    "django.template.defaulttags",
    "django.template.loader_tags",
    "django.test.client",
    "django.views.csrf",
    "django.views.debug",
    "django.views.generic",
    "msgspec",
    "packaging.version",
    "prometheus_client",
    "rest_framework.fields",
    "rest_framework.request",
    "rest_framework.utils.encoders",
    "twisted.internet.endpoints",
    "twisted.web.http",
    "unittest.mock",
    "uritemplate",
    "websockets.asyncio.client",
    "websockets.sync.client",
    "whitenoise.middleware",
    "xml.dom.minidom",
    "yaml",
]


def main(asked: socket.socket) -> None:
    for name in OTHERS:
        importlib.import_module(name)
    gc.freeze()  # no child looks through it again
    woken, wake = socket.socketpair()
    for end in (woken, wake):
        end.setblocking(False)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # it only wakes the select below
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # who has interrupted the tests is asked to end them in order
    children: dict[int, int] = {}  # process id: where its exit status goes
    while True:
        ready, _, _ = select.select([asked, woken], [], [])
        if woken in ready:
            woken.recv(4096)
            tell_ends(children)
        if asked in ready and not bear(asked, children, [asked, woken, wake]):
            break
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def tell_ends(children: dict[int, int]) -> None:
    """Of all who have ended."""
    for pid in list(children):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            to = children.pop(pid)
            with suppress(BrokenPipeError):
                os.write(to, str(os.waitstatus_to_exitcode(status)).encode())
            os.close(to)


def bear(asked: socket.socket, children: dict[int, int], own: list[socket.socket]) -> bool:
    """One child more; False when there is nobody left who asks."""
    text, (*fds,), _, _ = socket.recv_fds(asked, 1 << 20, 3)
    if not text:
        return False
    request = json.loads(text)
    pid = os.fork()
    if not pid:
        for end in own:
            end.close()
        for to in (*children.values(), fds[2]):
            os.close(to)
        become(request["argv"], request["environment"], request["folder"], fds[:2])
    for fd in fds[:2]:
        os.close(fd)
    children[pid] = fds[2]
    asked.sendall(str(pid).encode())
    return True


def become(argv: list[str], environment: dict[str, str], folder: str, fds: list[int]) -> None:
    """The child: runs the program `argv[0]` as Python does, and ends as Python does."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, fd in enumerate(fds, start=1):
        os.dup2(fd, number)
        os.close(fd)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = argv
    sys.path.insert(0, str(Path(argv[0]).parent))
    runpy.run_path(argv[0], run_name="__main__")
    sys.exit()


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
