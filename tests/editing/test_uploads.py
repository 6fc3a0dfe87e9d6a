"""Files find their place in the content, and the whole is looked at as if they were published."""

from __future__ import annotations

import pytest

from bot.catalog.bundle import Bundle
from bot.catalog.problems import ProblemsError
from bot.editing.examination import Examined
from bot.editing.uploads import Upload, receive
from bot.editing.whole import check_whole
from tests.catalog.house import ACTORS, GLOSSARY, SYNONYMS, TOPIC, House
from tests.editing.broken_cases import base, packed
from tests.editing.sources_texts import ARTICLE

SEED = House().seeds["count-2023.yaml"]
SUMMARY = """\
summary:
  id: count-2023
  title: {en: The count, ru: Подсчет}
  points: [{en: They left., ru: Они уехали.}]
  body: {en: She counts., ru: Она считает.}
  cites: [{source: count-2023, lines: "1"}]
"""


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("numbers.yaml", TOPIC, "content/topics/numbers.yaml"),
        ("numbers (2).yaml", TOPIC, "content/topics/numbers.yaml"),
        ("numbers - Copy.yaml", TOPIC, "content/topics/numbers.yaml"),
        ("numbers — копия (1).yaml", TOPIC, "content/topics/numbers.yaml"),
        ("numbers.yaml", "broken: [", "content/topics/numbers.yaml"),
        ("actors.yaml", ACTORS, "content/actors.yaml"),
        ("new-people.yaml", ACTORS, "content/actors.yaml"),
        ("words.yaml", GLOSSARY, "content/glossary.yaml"),
        ("search.yaml", SYNONYMS, "content/synonyms.yaml"),
        ("visas.yaml", TOPIC, "content/topics/visas.yaml"),
        ("Визы.yaml", TOPIC.replace("id: numbers", "id: visas"), "content/topics/visas.yaml"),
        ("count-2023.yaml", SEED, "seeds/count-2023.yaml"),
        ("count-2023.yaml", SUMMARY, "content/sources/count-2023.yaml"),
        ("essay-2025.yaml", SEED, "seeds/essay-2025.yaml"),
        ("trends.yaml", SUMMARY, "content/topics/trends.yaml"),
        ("about.yaml", "icon: x\n", "content/topics/about.yaml"),
    ],
)
def test_a_single_file_finds_its_place_by_name_or_by_what_it_holds(name: str, text: str, place: str) -> None:
    received = receive([Upload(name, text.encode())], base())
    assert received.problems == ()
    assert received.taken == {place: text.encode()}


def test_a_source_has_two_files_of_one_name_and_each_finds_its_own() -> None:
    files = base().with_files({"content/sources/count-2023.yaml": SUMMARY.encode()})
    sent = [Upload("count-2023.yaml", SEED.encode()), Upload("count-2023.yaml", SUMMARY.encode())]
    assert set(receive(sent, files).taken) == {"seeds/count-2023.yaml", "content/sources/count-2023.yaml"}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("content/topics/numbers.yaml", "content/topics/numbers.yaml"),
        ("topics/numbers.yaml", "content/topics/numbers.yaml"),
        ("kolokol-main/content/topics/visas.yaml", "content/topics/visas.yaml"),
        ("content/actors.yaml", "content/actors.yaml"),
        ("content/visas.yaml", "content/visas.yaml"),
        ("my changes/sources/count-2023.yaml", "content/sources/count-2023.yaml"),
        ("kolokol/seeds/count-2023.yaml", "seeds/count-2023.yaml"),
        ("numbers.yaml", "content/topics/numbers.yaml"),
        ("my changes/numbers.yaml", "content/topics/numbers.yaml"),
    ],
)
def test_a_file_in_a_zip_stands_where_its_folders_say(path: str, place: str) -> None:
    assert list(receive([Upload("x.zip", packed((path, TOPIC.encode())))], base()).taken) == [place]


def test_the_whole_folder_as_a_zip_changes_nothing() -> None:
    before = base()
    extra = [("content/README.md", b"#"), ("content/.schema/topic.json", b"{}"), ("__MACOSX/content/._x.yaml", b"")]
    received = receive([Upload("content.zip", packed(*before.files.items(), *extra))], before)
    assert received.problems_over(before) == ()
    assert before.with_files(received.taken) == before


def test_a_file_that_the_whole_folder_as_a_zip_lacks_is_to_go() -> None:
    before = base().with_files({"content/topics/visas.yaml": TOPIC.encode()})
    lacking = [(path, data) for path, data in before.files.items() if not path.endswith("visas.yaml")]
    assert receive([Upload("content.zip", packed(*lacking))], before).taken["content/topics/visas.yaml"] is None
    content = [(path, data) for path, data in lacking if path.startswith("content/")]
    taken = receive([Upload("content.zip", packed(*content))], before).taken
    assert [path for path, data in taken.items() if data is None] == ["content/topics/visas.yaml"], "no source card"


def test_a_zip_of_some_files_or_with_a_fault_takes_nothing_away() -> None:
    before = base()
    two = list(before.files.items())[:2]
    assert None not in receive([Upload("some.zip", packed(*two))], before).taken.values()
    faulty = [*list(before.files.items())[:-2], ("content/topics/more.zip", b"")]
    received = receive([Upload("content.zip", packed(*faulty))], before)
    assert received.problems
    assert None not in received.taken.values()


def test_a_good_change_is_examined_with_all_the_rest() -> None:
    before = base()
    changed = TOPIC.replace("ru: Она сосчитала уехавших.", "ru: Она посчитала уехавших.").encode()
    received = receive([Upload("numbers.yaml", changed)], before)
    assert received.problems_over(before) == ()
    found = Examined.of(before.with_files(received.taken), before.load().catalog()).differences
    assert [change.card.id for change in found.changed] == ["left-by-autumn"]


def test_a_text_becomes_the_card_of_a_new_source() -> None:
    received = receive([Upload("street.txt", ARTICLE.encode())], base())
    assert list(received.taken) == ["seeds/example-2024.yaml"]
    assert received.problems == ()
    again = receive([Upload("street.txt", ARTICLE.encode())], base().with_files(received.taken))
    assert [(problem.code, str(problem.place)) for problem in again.problems] == [("source_known", "street.txt:1:1")]


def test_several_files_are_checked_together() -> None:
    """A card may lean on one that comes in another file of the same upload."""
    topic = TOPIC.replace("attributed_to: anna-petrova", "attributed_to: petrova").encode()
    actors = ACTORS.replace("id: anna-petrova", "id: petrova\n    formerly: [anna-petrova]").encode()
    alone = receive([Upload("numbers.yaml", topic)], base()).problems_over(base())
    assert [problem.code for problem in alone] == ["unknown_actor"]
    both = [Upload("numbers.yaml", topic), Upload("actors.yaml", actors)]
    assert receive(both, base()).problems_over(base()) == ()


def test_a_draft_that_would_not_fit_a_message_is_told_too() -> None:
    house = House().change(
        "topics/numbers.yaml", "  - id: left-by-autumn\n", "  - id: left-by-autumn\n    draft: true\n"
    )
    words = "Somebody looked it up in a register. " * 150
    entry = f'    outside: [{{text: {{en: "{words}", ru: Так.}}, where: {{en: a, ru: б}}, checked: 2025-01}}]\n'
    house.content["topics/numbers.yaml"] += entry
    assert [(problem.code, dict(problem.words)) for problem in check_whole(house.load())] == [
        ("card_does_not_fit", {"language": "en", "count": "2"})
    ]


def test_a_card_that_does_not_fit_is_not_published(house: House) -> None:
    words = "Somebody looked it up in a register. " * 150
    entry = f'    outside: [{{text: {{en: "{words}", ru: Так.}}, where: {{en: a, ru: б}}, checked: 2025-01}}]\n'
    house.content["topics/numbers.yaml"] += entry
    bundle = Bundle({f"content/{name}": text.encode() for name, text in house.content.items()})
    bundle = bundle.with_files({"seeds/count-2023.yaml": SEED.encode()})
    with pytest.raises(ProblemsError, match="card_does_not_fit"):
        Examined.of(bundle, base().load().catalog())


def test_an_upload_of_nothing_is_the_base() -> None:
    received = receive([], base())
    assert (received.taken, received.problems) == ({}, ())
    assert received.problems_over(base()) == ()
