import threading

from support_chat.desk.rounds import Rounds


def test_one_works_and_who_comes_meanwhile_makes_it_look_once_more() -> None:
    rounds = Rounds()
    assert rounds.begin(1)
    assert not rounds.begin(1)
    assert not rounds.begin(1)
    assert rounds.begin(2)
    assert rounds.end(1)
    assert rounds.begin(1)
    assert not rounds.end(1)


def test_nothing_that_was_asked_for_while_others_worked_is_left_undone() -> None:
    rounds, wanted, done = Rounds(), 0, 0
    guard = threading.Lock()

    def ask() -> None:
        nonlocal wanted, done
        for _ in range(200):
            with guard:
                wanted += 1
            while rounds.begin(1):
                done = wanted
                if not rounds.end(1):
                    break

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == wanted == 1600
