"""What a visitor comes on, as coarsely as it is kept."""

import pytest

from widget.devices import device_of

LIKE_MAC = "like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
BROWSERS = {
    f"Mozilla/5.0 (Windows NT 10.0; x64) {KIT} Chrome/140.0 Safari/537.36": "computer/Chrome/Windows",
    f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/140.0 Safari/537.36 Edg/140.0": "computer/Edge/Windows",
    f"Mozilla/5.0 (X11; Linux x86_64) {KIT} Chrome/140.0 Safari/537.36 OPR/126.0": "computer/Opera/Linux",
    f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {KIT} Chrome/140.0 Safari/537.36": "computer/Chrome/ChromeOS",
    f"Mozilla/5.0 (Linux; Android 15; K) {KIT} Chrome/140.0 Mobile Safari/537.36": "phone/Chrome/Android",
    f"Mozilla/5.0 (Linux; Android 15; K) {KIT} SamsungBrowser/29.0 Chrome/136.0 Mobile Safari/537.36": (
        "phone/Samsung Internet/Android"
    ),
    f"Mozilla/5.0 (Linux; Android 15; K) {KIT} Chrome/140.0 Safari/537.36": "tablet/Chrome/Android",
    "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0": "phone/Firefox/Android",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.6 Safari/605.1.15": (
        "computer/Safari/macOS"
    ),
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 {LIKE_MAC}": ("phone/Safari/iOS"),
    f"Mozilla/5.0 (iPad; CPU OS 18_6 {LIKE_MAC}": ("tablet/Safari/iPadOS"),
    "curl/8.5.0": "",
    "": "",
}


@pytest.mark.parametrize(("line", "device"), BROWSERS.items())
def test_a_device_is_its_kind_its_browser_and_its_system(line: str, device: str) -> None:
    assert device_of(line) == device


def test_no_version_and_nothing_else_of_the_line_is_kept() -> None:
    odd = (
        "Mozilla/5.0 (Linux; Android 15; Robin's own Pixel) Chrome/140.0.7339.80 Mobile Safari/537.36 "
        + "x" * 9000
    )
    assert device_of(odd) == "phone/Chrome/Android"
