"""What was read once is not read again; what changed is, and what was wrong is told each time."""

from __future__ import annotations

from bot.catalog.files import TopicFile
from bot.catalog.shelf import Shelf
from tests.catalog.house import TOPIC

FILE = "content/topics/numbers.yaml"


def test_the_same_file_is_read_once() -> None:
    shelf = Shelf()
    first = shelf.read(TOPIC.encode(), FILE, TopicFile)
    again = shelf.read(TOPIC.encode(), FILE, TopicFile)
    assert first[1] is not None
    assert again[0] is first[0]
    assert again[1] is first[1]


def test_a_changed_file_is_read_anew_and_under_another_name_too() -> None:
    shelf = Shelf()
    _, first, _ = shelf.read(TOPIC.encode(), FILE, TopicFile)
    _, changed, _ = shelf.read(TOPIC.replace("order: 10", "order: 11").encode(), FILE, TopicFile)
    assert first
    assert changed
    assert (first.order, changed.order) == (10, 11)
    document, _, _ = shelf.read(TOPIC.encode(), "content/topics/visas.yaml", TopicFile)
    assert document.place(("order",)).file == "content/topics/visas.yaml"


def test_what_is_wrong_is_told_each_time() -> None:
    shelf = Shelf()
    broken = TOPIC.replace("order: 10", "order: ten").encode()
    for _ in range(2):
        _, found, problems = shelf.read(broken, FILE, TopicFile)
        assert found is None
        assert [problem.code for problem in problems] == ["wrong_type"]


def test_no_more_is_remembered_than_fits() -> None:
    document, _, _ = Shelf().read(TOPIC.encode(), FILE, TopicFile)
    one = len(document.keys) + len(document.values)
    shelf = Shelf(most=2 * one)
    first = shelf.read(TOPIC.encode(), "content/topics/a.yaml", TopicFile)[0]
    for name in "bc":
        shelf.read(TOPIC.encode(), f"content/topics/{name}.yaml", TopicFile)
    assert shelf.read(TOPIC.encode(), "content/topics/a.yaml", TopicFile)[0] is not first
    small = Shelf(most=one - 1)
    assert small.read(TOPIC.encode(), FILE, TopicFile)[1] is not small.read(TOPIC.encode(), FILE, TopicFile)[1]
