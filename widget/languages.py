"""Which language a visitor reads, and its words for the panel."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from support_chat import words_script
from support_chat.desk.models.site import Site
from support_chat.words import Words, language_for, supported, words_in


def words_for(request: HttpRequest, site: Site | None = None) -> Words:
    """`?locale=` of the address, or the site's own language, or the first of the browser's that we have."""
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    own = site.locale if site else ""
    return words_in(language_for(request.GET.get("locale", ""), own, *(tag for tag, _ in accepted)))


def is_asked(request: HttpRequest) -> bool:
    """Whether the website asks for a language that we have."""
    return bool(supported(request.GET.get("locale", "")))


def script_address(language: str) -> str:
    """Where the panel's words are; "" for English, which stands in the code."""
    return words_script.script_address("widget-words", words_in(language, "djangojs"))


@require_safe
def script(request: HttpRequest, language: str, digest: str) -> HttpResponse:
    """/widget/words/LANGUAGE.DIGEST.js."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return words_script.script_answer(request, words_in(language, "djangojs"), digest)
