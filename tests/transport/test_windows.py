"""Windows and buckets by themselves."""

from __future__ import annotations

from bot.transport.windows import Bucket, Window


def test_a_window_opens_when_enough_has_left_it() -> None:
    window = Window(3, 10.0)
    for moment in (1.0, 2.0, 3.0):
        assert window.opens_at(1) <= moment
        window.leave(1, moment)
    assert window.opens_at(1) == 11.0
    assert window.opens_at(2) == 12.0
    assert window.empty_at() == 13.0


def test_more_than_a_window_holds_leaves_when_it_is_empty() -> None:
    window = Window(3, 10.0)
    assert window.opens_at(5) <= 0.0
    window.leave(1, 4.0)
    assert window.opens_at(5) == 14.0


def test_a_bucket_fills_steadily_up_to_its_size() -> None:
    bucket = Bucket(3, 2.0)
    for _ in range(3):
        assert bucket.opens_at(1) <= 100.0
        bucket.leave(1, 100.0)
    assert bucket.opens_at(1) == 102.0
    assert bucket.opens_at(3) == bucket.opens_at(7) == bucket.empty_at() == 106.0
