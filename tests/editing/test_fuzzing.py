"""A short run of the fuzzing; `make fuzz` takes its time."""

from __future__ import annotations

from tests.editing.fuzzing import fuzz


def test_nothing_that_is_sent_raises_an_exception() -> None:
    fuzz(40)
