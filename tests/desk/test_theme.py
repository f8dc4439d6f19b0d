"""Whatever colour a site chooses, what is written on it and in it can be read."""

import random

import pytest

from support_chat.desk.theme import contrast, ink_on, launcher_look, mixed, tokens

SOME = random.Random(7)
COLOURS = ["#000000", "#ffffff", "#777777", "#ffd400", "#12574f", "#ff0000", "#0000ff"] + [
    f"#{SOME.randrange(0x1000000):06x}" for _ in range(300)
]
PAPERS = {"light": ("#ffffff", "#f5f4f0"), "dark": ("#191d1c", "#111413", "#232928")}
SOFT = {"light": "#59625f", "dark": "#a3aca8"}


def test_contrast_is_as_the_guidelines_define_it() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_text_in_a_chosen_colour_has_its_contrast(look: str) -> None:
    for colour in COLOURS:
        shades = tokens(colour, look)
        for ground in ("--accent", "--accent-strong"):
            assert contrast(shades[ground], shades["--on-accent"]) >= 4.5, (colour, ground)
        for paper in PAPERS[look]:
            assert contrast(shades["--accent-ink"], paper) >= 4.5, (colour, paper)
        assert contrast(shades["--tint"], SOFT[look]) >= 4.5, colour


def test_a_colour_that_can_be_seen_stays_as_it_was_chosen() -> None:
    for colour in ("#b3261e", "#ffd400"):
        assert {tokens(colour, look)["--accent"] for look in ("light", "dark")} == {colour}
    assert tokens("#ffffff", "light")["--accent"] != "#ffffff", "a bubble would not be seen"
    assert tokens("#000000", "dark")["--accent"] != "#000000"


def test_the_launcher_wears_the_colour_what_stands_on_it_and_the_side() -> None:
    assert launcher_look("#ffd400", at_start=True) == "--c:#ffd400;--i:#000000;--s:20px"
    assert launcher_look("#12574f", at_start=False) == f"--c:#12574f;--i:{ink_on('#12574f')}"
    assert launcher_look("", at_start=False) == ""


def test_colours_mix_by_shares() -> None:
    assert (mixed("#000000", "#ffffff", 0.5), mixed("#102030", "#ffffff", 0)) == ("#808080", "#102030")
