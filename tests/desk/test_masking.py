"""Card numbers are hidden, whatever they look like; numbers that are no cards' stay."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support_chat.desk.actions.configuring import change_site
from support_chat.desk.masking import hidden_in, masked, masked_body
from support_chat.desk.masks import InvalidMasks, Masks, masks_of
from support_chat.desk.models import EntryBody
from tests.desk.people import house, say

# Issuers' published test numbers.
CARDS = {
    "Visa": "4242424242424242",
    "Visa of 13": "4222222222222",
    "Mastercard": "5555555555554444",
    "Mastercard of the 2 series": "2223003122003222",
    "American Express": "378282246310005",
    "Discover": "6011111111111117",
    "Diners Club": "30569309025904",
    "JCB": "3530111333300000",
    "UnionPay": "6200000000000005",
}


@pytest.mark.parametrize("number", CARDS.values(), ids=CARDS)
def test_a_card_number_becomes_its_last_four_digits(number: str) -> None:
    assert masked(f"My card is {number}, thanks") == f"My card is •••• {number[-4:]}, thanks"


@pytest.mark.parametrize(
    "written",
    [
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "4242.4242.4242.4242",
        "4242\u00a04242\u00a04242\u00a04242",
        "4242–4242–4242–4242",
        "42 42 42 42 42 42 42 42",
        "4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2",
        "４２４２４２４２４２４２４２４２",
        "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢",
    ],
)
def test_however_it_is_written(written: str) -> None:
    assert masked(written) == "•••• 4242"


def test_each_of_several_and_beside_other_numbers() -> None:
    assert masked("378282246310005 or 5555 5555 5555 4444") == "•••• 0005 or •••• 4444"
    assert masked("order 12345 4242424242424242") == "order 12345 •••• 4242"
    assert masked("4242 4242 4242 4242 12/29 123") == "•••• 4242 12/29 123"


@pytest.mark.parametrize(
    "text",
    [
        "4242424242424241",  # its last digit is wrong
        "1234567812345670",  # right by Luhn, of no issuer
        "42424242424242",  # of no length that its issuer uses
        "IMEI 356938035643809",
        "IMEI 490154203237518",
        "IMEI 86 471105 012345 8",
        "parcel 00340434161094042557",  # DHL, 20 digits
        "parcel 9400111899223197428490",  # USPS, 22
        "parcel 1Z999AA10123456784",  # UPS
        "parcel 01505012345678",  # DPD, 14
        "parcel 42424242424242424242424242",  # a card's digits inside of more
        "+49 30 1234 5678 and +49 170 1234 567",
        "IBAN DE89 3704 0044 0532 0130 00",
        "2026-11-29 10:15:30.123456",
        "order 100-2345-6789",
        "•••• 4242",
    ],
)
def test_what_is_no_card_number_stays(text: str) -> None:
    assert masked(text) == text


@given(st.text())
def test_it_never_adds_digits_and_hides_once(text: str) -> None:
    once = masked(text)
    assert masked(once) == once
    assert len(once) <= len(text)


def test_a_body_says_that_something_was_hidden_and_else_is_as_it_was() -> None:
    body = {"text": "Where is my order?", "agent": {"id": "4242424242424242"}}
    assert masked_body(body) is body
    assert masked_body({"text": "4242424242424242"}) == {"text": "•••• 4242", "hidden": ["card"]}
    assert masked_body({"score": 5, "comment": "4242424242424242"})["comment"] == "•••• 4242"


def test_a_text_of_digits_alone_takes_no_longer_than_it_is_long() -> None:
    assert masked("1 " * 4000) == "1 " * 4000
    assert masked("1" * 8000) == "1" * 8000


IBANS = [
    "DE89 3704 0044 0532 0130 00",
    "GB82WEST12345698765432",
    "FR14 2004 1010 0505 0001 3M02 606",
    "NO93 8601 1117 947",
    "mt84malt011000012345mtlcast001s",
]


@pytest.mark.parametrize("number", IBANS)
def test_a_bank_account_is_hidden_where_the_site_wants_it(number: str) -> None:
    last = number.replace(" ", "")[-4:]
    assert masked(f"To {number} please", Masks(iban=True)) == f"To •••• {last} please"
    assert masked(f"To {number} please") == f"To {number} please"


@pytest.mark.parametrize(
    "text",
    [
        "DE88 3704 0044 0532 0130 00",  # its check digits are wrong
        "DE89 3704 0044 0532 0130 0",  # too short
        "DE89 3704 0044 0532 0130 000",  # too long
        "XX89 3704 0044 0532 0130 00",  # of no country
        "IMEI 490154203237518",
        "parcel 1Z999AA10123456784",
        "order AB12-3456-7890",
    ],
)
def test_what_is_no_bank_account_stays(text: str) -> None:
    assert masked(text, Masks(iban=True)) == text


def test_a_pattern_hides_what_it_describes_and_nothing_around_it() -> None:
    masks = masks_of({"patterns": ["K-######", "@@ ####-X"]})
    assert masked("Mine is k-204817, hers K-2048171 or AK-204817.", masks) == (
        "Mine is ••••, hers K-2048171 or AK-204817."
    )
    assert masked("ab1234-x, AB-1234-X and Äö 1234-x", masks) == "••••, •••• and ••••"
    assert masked("4242 4242 4242 4242 K-204817", masks) == "•••• 4242 ••••"


@pytest.mark.parametrize(
    "value",
    [
        {"patterns": ["K-###"]},  # would hide prices and words
        {"patterns": ["####" + "-" * 40]},
        {"patterns": ["#### - - ####"]},
        {"patterns": ["##  ##"]},
        {"patterns": [" ####"]},
        {"patterns": ["####\n"]},
        {"patterns": ["####"] * 21},
        {"patterns": [5]},
        {"patterns": "####"},
        {"iban": "yes"},
        {"cards": False},
        [],
    ],
)
def test_a_pattern_that_hides_too_much_or_takes_too_long_is_refused(value: object) -> None:
    with pytest.raises(InvalidMasks):
        masks_of(value)


@given(
    st.text("DE89#@ -K4"), st.lists(st.sampled_from(["K-####", "#### ####", "@@####", "####"]), max_size=3)
)
def test_what_is_hidden_is_hidden_once_whatever_else_is(text: str, patterns: list[str]) -> None:
    masks = Masks(iban=True, patterns=tuple(patterns))
    pieces = hidden_in(text, masks)
    assert all(before.end <= after.start for before, after in pairwise(pieces))
    assert [each for each in hidden_in(masked(text, masks), masks) if each.kind != "own"] == []


@pytest.mark.django_db
def test_a_site_hides_its_own_before_anything_is_kept_and_another_does_not() -> None:
    shop, other = house(), house()
    ana = shop.staff("ana", role="manager")
    change_site(
        staff=ana, site=shop.site.public_key, values={"masks": {"iban": True, "patterns": ["K-####"]}}
    )
    for place in (shop, other):
        chat = place.chat(body="My number is K-2048")
        say(chat, f"Pay to {IBANS[0]}")
    kept = {body.entry.conversation.site_id: body.text for body in bodies_of("Pay to")}
    assert kept == {
        shop.site.pk: '{"hidden":["iban"],"text":"Pay to •••• 3000"}',
        other.site.pk: f'{{"text":"Pay to {IBANS[0]}"}}',
    }
    assert [body.entry.conversation.site_id for body in bodies_of("K-2048")] == [other.site.pk]


def bodies_of(words: str) -> list[EntryBody]:
    return list(EntryBody.objects.filter(text__contains=words).select_related("entry__conversation"))
