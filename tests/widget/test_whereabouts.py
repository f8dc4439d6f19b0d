"""Whence visitors came to the website: another website and roughly where on it, and nothing else."""

import pytest

from widget.whereabouts import referrer_of

PAGE = "https://shop.example/doors"
OWN = ["https://www.shop.example"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://search.example/find?q=secret#x", "https://search.example/find"),
        ("http://search.example:8080/", "http://search.example:8080/"),
        ("https://search.example", "https://search.example"),
        ("https://me:secret@search.example/", "https://search.example/"),
        ("https://search.example/" + "x" * 300, "https://search.example/" + "x" * 177),
        ("https://shop.example.evil.example/", "https://shop.example.evil.example/"),
        ("https://shop.example/cart", ""),
        ("https://shop.example", ""),
        ("https://www.shop.example/tea", ""),
        ("android-app://com.example/", ""),
        ("javascript:alert(1)", ""),
        ("https:///nowhere", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_of_another_website_origin_and_path_are_kept_and_of_anything_else_nothing(
    address: str, kept: str
) -> None:
    assert referrer_of(address, PAGE, OWN) == kept


def test_where_no_page_is_known_the_websites_own_addresses_are_still_known() -> None:
    assert referrer_of("https://www.shop.example/tea", "", OWN) == ""
    assert referrer_of("https://search.example/", "", OWN) == "https://search.example/"
