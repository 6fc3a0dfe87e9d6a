"""A broken draft is answered with its files, each problem with its line, and those in files that nobody sent apart."""

from __future__ import annotations

from tests.catalog.house import ACTORS, GLOSSARY
from tests.conversation import Json, labels_of
from tests.handlers.office import BROKEN, Office


def code_of(message: Json) -> list[str]:
    """What stands in a message in letters of one width."""
    raw = message["text"].encode("utf-16-le")
    spans = [each for each in message["entities"] if each["type"] == "code"]
    return [raw[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le") for each in spans]


async def test_each_problem_brings_its_line_as_it_stands(office: Office) -> None:
    broken = BROKEN.replace("en: How many left", "en: How <i>many</i> & left", 1)
    answer = await office.send(office.editor, "numbers.yaml", broken.replace("order: ten", 'order: "<b>&ten"'))
    assert "content/topics/numbers.yaml:2:8" in code_of(answer)
    assert 'order: "<b>&ten"' in code_of(answer)


async def test_the_files_of_a_broken_draft_are_named(office: Office) -> None:
    await office.send(office.editor, "glossary.yaml", GLOSSARY.replace("Life outside", "A life outside"))
    answer = await office.send(office.editor, "numbers.yaml", BROKEN)
    assert "Files: content/glossary.yaml, content/topics/numbers.yaml" in answer["text"]
    assert "✂️ Take a file out" in labels_of(answer)


async def test_a_published_file_that_no_longer_agrees_with_the_draft_is_told_apart(office: Office) -> None:
    answer = await office.send(office.editor, "actors.yaml", ACTORS.replace("id: anna-petrova", "id: petrova"))
    own, _, others = answer["text"].partition("In files that your draft does not change")
    assert "Files: content/actors.yaml" in own
    assert "content/topics/numbers.yaml:" not in own
    assert "content/topics/numbers.yaml:" in others
    assert "    attributed_to: anna-petrova" in code_of(answer)
    await office.editor.ask("/language ru")
    russian = await office.editor.ask("/draft")
    assert "В файлах, которых ваш черновик не меняет" in russian["text"]
