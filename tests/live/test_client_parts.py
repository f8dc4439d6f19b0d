from support_chat.live.client import Backoff, MessageLog


def test_a_log_counts_what_a_live_socket_told_twice_but_not_what_a_catch_up_overtook() -> None:
    entries = [{"position": n, "mark": str(n)} for n in (1, 2, 3, 4)]
    log = MessageLog("a chat", on_entry=lambda chat, entry: None)
    assert log.apply(entries[0]) == "applied"
    assert log.apply(entries[2]) == "gap"
    log.extend(entries[1:3])
    assert log.apply(entries[2]) == "known"
    assert log.doubled == 0
    assert log.apply(entries[3]) == "applied"
    assert log.apply(entries[3]) == "known"
    assert log.doubled == 1


def test_waits_grow_spread_and_never_fall_below_what_the_server_asked_for() -> None:
    backoff = Backoff(first=1.0, most=4.0)
    waits = [backoff.wait() for _ in range(5)]
    assert all(low <= wait <= 2 * low for low, wait in zip((0.5, 1, 2, 2, 2), waits, strict=True))
    assert backoff.wait(at_least=30) >= 30
    backoff.was_online(60)
    assert backoff.wait() <= 1.0
