"""Which language somebody on the staff reads: their own choice, else the first of their browser's that is
there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from support_chat import words_script
from support_chat.words import STAFF, languages_of, staff_language_for, staff_words_in


def language_of(request: HttpRequest) -> str:
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return staff_language_for(getattr(request.user, "language", ""), *(tag for tag, _ in accepted))


def script_address(language: str) -> str:
    """Where the console's words are; "" for English, which stands in the code."""
    return words_script.script_address("console-words", staff_words_in(language))


@require_safe
def script(request: HttpRequest, language: str, digest: str) -> HttpResponse:
    """/console/words/LANGUAGE.DIGEST.js."""
    if language not in languages_of(STAFF)[1:]:
        raise Http404
    return words_script.script_answer(request, staff_words_in(language), digest)
