"""What is no more than a thank-you, and what has to be read by somebody."""

import pytest

from support_chat.desk.thanks import MOST, is_bare_thanks

BARE = [
    *("Thanks", "thank you!", "THANK YOU SO MUCH!!!", "Many thanks", "thx :)", "ty", "Thanks a lot 🙏🏽"),
    *("Ok", "ok, thanks", "Great!", "Okay great, thank you. Bye!", "Thank you for your help!", "Perfect 👍"),
    *("Danke", "Vielen Dank!", "Danke schön", "Alles klar, danke. Tschüß", "Danke für Ihre Hilfe"),
    *("Merci", "Merci beaucoup !", "d'accord, merci", "Très bien merci", "Merci pour votre aide"),
    *("Gracias", "¡Muchas gracias!", "Vale, gracias", "Adiós"),
    *("Obrigado", "Muito obrigada!", "Obrigado pela ajuda", "Ótimo, valeu"),
    *("ありがとう", "ありがとうございます！", "ありがとうございました。", "了解です"),
    *("谢谢", "谢谢你！", "好的，谢谢", "好的谢谢", "非常感谢"),
    *("شكرا", "شكراً جزيلاً", "تمام، شكرا لك"),
    *("תודה", "תודה רבה!", "מעולה, תודה"),
    *("👍", "🙏🏿", "❤️", "👍 👍", " ok \n"),
]
NOT_BARE = [
    *("", " ", "!", "…", "Hello", "Help", "ok help", "Thanks, but it is still broken", "Not good"),
    *("Thanks for nothing", "No thanks", "No", "Thanks?", "Ok?", "ok？", "شكرا؟", "😡", "👎", "👍👎"),
    *("Thank you. My order is 1042", "thanks 1042", "Danke, aber nein", "Merci de me rappeler", "help you"),
    *("谢谢你请等一下", "ありがとうがまだ", "very much", "for everything", "goodness", "okra"),
    *("thanksgiving", "Gracias por llamar", "תודה אבל", "https://ok.example", "x" * 41),
]


@pytest.mark.parametrize("text", BARE)
def test_this_asks_for_nothing(text: str) -> None:
    assert is_bare_thanks(text)


@pytest.mark.parametrize("text", NOT_BARE)
def test_this_has_to_be_read(text: str) -> None:
    assert not is_bare_thanks(text)


def test_what_is_long_has_to_be_read_whatever_it_says() -> None:
    assert is_bare_thanks("Thanks".ljust(MOST, "!"))
    assert not is_bare_thanks("Thanks".ljust(MOST + 1, "!"))
