"""How well canned replies are found."""

import json
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agents.replies.evaluation.dialogues import Dialogue, Texts, catalogue, choices, read, sent_in
from agents.replies.evaluation.once import Task, evaluate
from agents.replies.evaluation.table import table

BESIDE: Final = "canned_replies.json"


class Command(BaseCommand):
    help = (
        "How well canned replies are found in recorded chats: R@1, R@3, R@5 and MRR, with typing and "
        "without, and milliseconds a question, as JSON; or five folds of one file as a table."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--train", type=Path, metavar="FILE", help="chats to learn from, one a line")
        parser.add_argument("--test", type=Path, metavar="FILE", help="chats to ask about")
        parser.add_argument("--folds", type=Path, metavar="FILE", help="instead: five folds of these chats")
        parser.add_argument(
            "--replies",
            type=Path,
            metavar="FILE",
            help=f"the replies' texts; default {BESIDE} beside the chats, else what was sent in them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["folds"]:
            dialogues = _read(options["folds"])
            for line in table(dialogues, _texts(options["replies"], options["folds"], dialogues)):
                self.stdout.write(line)
            return
        if not (options["train"] and options["test"]):
            raise CommandError("Give --train FILE and --test FILE, or --folds FILE.")
        train, test = _read(options["train"]), _read(options["test"])
        texts = _texts(options["replies"], options["train"], train)
        self.stdout.write(json.dumps(evaluate(_task(train, test, texts)), indent=2))


def _task(train: list[Dialogue], test: list[Dialogue], texts: Texts) -> Task:
    """What is no reply of the catalogue can neither be learnt nor asked for; how often is said."""
    questions = list(choices(test))
    known = [each for each in questions if each.reply in texts]
    if not known:
        raise CommandError("In the chats to ask about nobody picked a canned reply that is known.")
    picks = [each for each in choices(train) if each.reply in texts]
    return Task(texts=texts, picks=picks, questions=known, left_out=len(questions) - len(known))


def _read(path: Path) -> list[Dialogue]:
    try:
        return read(path)
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error


def _texts(given: Path | None, chats: Path, dialogues: list[Dialogue]) -> Texts:
    beside = given or chats.parent / BESIDE
    return catalogue(beside) if given or beside.exists() else sent_in(dialogues)
