"""One address says where mail leaves by."""

import pytest

from support_chat.settings.mail import NOWHERE, mail


def test_nothing_said_sends_nothing() -> None:
    assert mail("") == {"EMAIL_BACKEND": NOWHERE}


@pytest.mark.parametrize(
    ("scheme", "port", "tls", "ssl"),
    [("smtp", 25, False, False), ("smtp+tls", 587, True, False), ("smtps", 465, False, True)],
)
def test_an_address_is_host_port_user_and_how_it_is_kept_secret(
    scheme: str, port: int, tls: bool, ssl: bool
) -> None:
    told = mail(f"{scheme}://me%40shop.example:p%2Fw@mail.example")
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"]) == ("mail.example", port)
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("me@shop.example", "p/w")
    assert (told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (tls, ssl)
    assert mail(f"{scheme}://mail.example:2525")["EMAIL_PORT"] == 2525


@pytest.mark.parametrize(
    "url", ["http://mail.example", "smtp://:25", "mail.example", "smtp+ssl://mail.example"]
)
def test_another_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="EMAIL_URL") as refused:
        mail(url)
    assert url not in str(refused.value)
