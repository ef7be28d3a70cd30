"""What was used last stays; what nobody asked for makes room."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from searchapp.engine.whoosh_index.words.recent import Recent


def kept(recent: Recent[str, bytes], names: str) -> str:
    """Those of the names that are still held."""
    return "".join(name for name in names if recent.get(name) is not None)


def test_what_was_not_used_for_longest_makes_room() -> None:
    recent: Recent[str, bytes] = Recent(30, len)
    for name in "abc":
        recent.put(name, bytes(10))
    assert recent.get("a") == bytes(10)
    recent.put("d", bytes(10))
    assert kept(recent, "abcd") == "acd"
    recent.put("e", bytes(25))
    assert kept(recent, "abcde") == "e"


def test_one_thing_larger_than_the_limit_is_held_alone() -> None:
    recent: Recent[str, bytes] = Recent(30, len)
    recent.put("small", bytes(10))
    recent.put("large", bytes(100))
    assert recent.get("small") is None
    assert recent.get("large") == bytes(100)
    recent.put("small", bytes(10))
    assert recent.get("large") is None


def test_what_is_put_twice_counts_once() -> None:
    recent: Recent[str, bytes] = Recent(30, len)
    for _ in range(5):
        recent.put("a", bytes(10))
    recent.put("b", bytes(20))
    assert kept(recent, "ab") == "ab"


def test_threads_that_share_it_find_what_was_put_under_their_key() -> None:
    recent: Recent[int, bytes] = Recent(400, len)

    def ask(first: int) -> list[int]:
        wrong = []
        for turn in range(2000):
            key = (first * 7 + turn * 13) % 90
            held = recent.get(key)
            if held is None:
                recent.put(key, bytes([key]) * 10)
            elif held != bytes([key]) * 10:
                wrong.append(key)
        return wrong

    with ThreadPoolExecutor(16) as threads:
        assert [wrong for wrong in threads.map(ask, range(16)) if wrong] == []
    assert sum(recent.get(key) is not None for key in range(90)) == 40
