"""How Chromium is started."""

ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    "--disable-dev-shm-usage",  # in a container that is small, and a page that finds no room there crashes
    # The last of its kind wins: Playwright's own would switch the partitioning of storage off.
    "--disable-features=Translate",
]
