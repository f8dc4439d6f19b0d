"""What came of a simulation, in numbers, as a table and as a picture."""

from xml.etree import ElementTree as ET

import pytest

from support_chat.desk.simulation.people import Arrival, Shift
from support_chat.desk.simulation.plotting import plot
from support_chat.desk.simulation.results import Results, results
from support_chat.desk.simulation.running import run
from support_chat.desk.simulation.table import lines


@pytest.fixture
def found() -> Results:
    """Three are served after 0, 90 and 80 seconds, the fourth leaves after 5."""
    waits = [Arrival(at=0, work=100), Arrival(at=10, work=100), Arrival(at=120, work=100)]
    return results(run([*waits, Arrival(at=130, work=100, patience=5)], [Shift()]))


def test_the_numbers_are_those_of_the_field(found: Results) -> None:
    assert found.arrivals == 4
    assert found.waits == [0, 80, 90]
    assert found.abandoned == 0.25
    assert found.occupancy == pytest.approx(1.0)
    assert (found.wait(0.5), found.wait(0.9)) == (80, 90)
    assert found.service_level(85) == 0.5


def test_slots_without_a_chat_are_not_occupied() -> None:
    two = results(run([Arrival(at=0, work=100)], [Shift(capacity=2), Shift(starts=50, ends=60)]))
    assert two.occupancy == pytest.approx(100 / 210)


def test_of_nobody_nothing_is_known() -> None:
    nobody = results(run([], []))
    assert (nobody.wait(0.5), nobody.abandoned, nobody.occupancy, nobody.service_level(1)) == (None,) * 4
    assert list(lines({"nobody": nobody}, 60))[1].split() == ["nobody", "0", *"–––––"]


def test_the_table_has_a_row_for_each(found: Results) -> None:
    heads, row = lines({"1 agent": found}, 60)
    assert heads.split("  ")[-1] == "within 60 s"
    assert row.split("  ")[0] == "1 agent"
    assert row.split()[2:] == ["4", "1:20", "1:30", "25.0%", "100.0%", "25.0%"]
    assert len(heads) == len(row)


def test_the_picture_is_a_drawing_with_a_curve_and_a_name_for_each(found: Results) -> None:
    picture = ET.fromstring(plot({"now": found, "2 < 3 & more": found}))
    space = "{http://www.w3.org/2000/svg}"
    curves = [each.attrib["points"].split() for each in picture.iter(f"{space}polyline")]
    heights = [float(point.split(",")[1]) for point in curves[0]]
    assert len(curves) == 2
    assert heights == sorted(heights, reverse=True)
    assert {"now", "2 < 3 & more"} <= {text.text for text in picture.iter(f"{space}text")}


def test_a_picture_of_nobody_s_wait_is_an_empty_grid() -> None:
    nobody = Results(arrivals=0, waits=[], abandoned=None, occupancy=None)
    assert "nan" not in plot({"nobody": nobody})
