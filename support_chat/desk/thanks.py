"""Whether somebody says nothing but thank you, or goodbye. Pure.

Only what is surely no more than that: at most 40 code points, no question, and every word of it belongs to
one of these phrases, in a language that the widget speaks. "No thanks, it is broken" is a message like any
other.
"""

import re
import unicodedata
from typing import Final

MOST: Final = 40  # code points; who writes more has more to say

# As they are read: without case, accents and marks. A phrase may follow another.
_PHRASES: Final = (
    # English
    (
        r"(?:many )?(?:thanks|thx|thank (?:you|u)|thankyou|ty|cheers)"
        r"(?: (?:so|very) much| a lot| a million| again| for everything| for (?:the|all your|your) help)*"
    ),
    r"ok|okay|k|great|perfect|cool|super|awesome|wonderful|excellent|brilliant|lovely|nice|good|fine|got it",
    r"bye(?: bye)?|goodbye|good bye|see you|you too|have a (?:nice|good|great|lovely) (?:day|one|evening)",
    # German
    (
        r"(?:vielen |herzlichen |besten |tausend )?danke?(?: schon| sehr| vielmals| ihnen| dir| nochmals?)*"
        r"(?: fur (?:die|ihre|deine|eure) hilfe)?|dankeschon"
    ),
    r"alles klar|gut|toll|prima|klasse|tschuss|ciao|auf wiedersehen|(?:einen )?schonen tag(?: noch)?",
    # French
    r"(?:un grand |mille )?merci(?: beaucoup| bien| infiniment| a vous| a toi)*(?: pour (?:votre|ton) aide)?",
    r"d accord|parfait|genial|tres bien|au revoir|a bientot|bonne journee|bonne soiree",
    # Spanish
    r"(?:muchas |muchisimas |mil )?gracias(?: a ti| a usted| de nuevo| por (?:la|su|tu) ayuda| por todo)*",
    r"vale|perfecto|de acuerdo|muy bien|adios|hasta luego|buen dia",
    # Portuguese
    r"(?:muito )?obrigad[oa](?: a voce| pela (?:sua )?ajuda| por tudo)*",
    r"valeu|perfeito|otimo|tchau|ate logo|bom dia",
    # Arabic
    r"شكرا(?: لك| لكم| جزيلا| جدا)*|جزيل الشكر|تمام|حسنا|ممتاز|مع السلامة|وداعا",
    # Hebrew
    r"תודה(?: רבה| לך| לכם)*|מעולה|אוקיי|בסדר|להתראות|ביי",
)
_UNSPACED: Final = (
    r"(?:どうも)?ありがとう(?:ございます|ございました)?|どうも|了解(?:です|しました)?|わかりました|助かりました|さようなら",
    r"(?:非常|十分)?(?:谢谢|謝謝|感谢|感謝)(?:你|您|你们|啦|了)?|多谢|多謝|好的|好|再见|再見|明白了?",
)
_FACES: Final = re.compile(r"[:;]-?[)dp]|<3")
_KIND: Final = frozenset("👍👌🙏👏🙌🤝👋💪😀😃😄😁😊🙂😉😍🥰😘🤗😇🤩🥳🎉✨💯✅🌟⭐❤♥💙💚💛🧡💜🤍")
_UNSEEN: Final = frozenset({"Mn", "Cf", "Sk"})  # marks, what joins faces, shades of skin
_QUESTION: Final = re.compile(r"[?？؟⸮]")


def is_bare_thanks(text: str) -> bool:
    """Whether nothing is asked for by it."""
    if len(text) > MOST or _QUESTION.search(text):
        return False
    words = _plain(text)
    return bool(_ALL.fullmatch(words)) if words else any(each in _KIND for each in text)


def _plain(text: str) -> str:
    """Words between single spaces, without case, accents, punctuation and kind faces; whatever else is in it
    stays, and matches nothing."""
    bare = _bare(_FACES.sub(" ", text.casefold()))
    return " ".join("".join(" " if _parts(each) else each for each in bare).split())


def _bare(text: str) -> str:
    """Without accents, vowel points and what joins or shades faces."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(each for each in letters if unicodedata.category(each) not in _UNSEEN)


def _parts(char: str) -> bool:
    return char in _KIND or unicodedata.category(char)[0] in "PZ"


_ALL: Final = re.compile(_bare(rf"(?:(?:{'|'.join(_PHRASES)})(?: |$)|(?:{'|'.join(_UNSPACED)}) ?)+"))
