"""From folders to a catalog: reads every content and seed file, and brings back all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.catalog.cards import Card, Kind
from bot.catalog.files import ActorsFile, GlossaryFile, Measure, SourceFile, SynonymsFile, TopicFile
from bot.catalog.problems import Place, Problem
from bot.catalog.reading import Document, read_document, validate
from bot.catalog.reading import Path as KeyPath
from bot.catalog.snapshot import Catalog, Topic
from bot.catalog.sources import Source

SINGLE_FILES = ("actors.yaml", "glossary.yaml", "synonyms.yaml")
_SECTIONS = ("statistics", "recommendations", "arguments", "debates", "events")
_KINDS = {kind: position for position, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Located:
    """A card with the document it was read from, the path to it there, and its home topic if it stands in one."""

    card: Card
    document: Document
    path: KeyPath
    topic: str | None = None

    def place(self, *path: str | int) -> Place:
        """Where a part of the card stands."""
        return self.document.place((*self.path, *path))


@dataclass(slots=True)
class Content:
    """All that was read, before it is checked as a whole."""

    cards: list[Located] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    sources: dict[str, tuple[Source, Document]] = field(default_factory=dict)
    measures: dict[str, tuple[Measure, Place]] = field(default_factory=dict)
    synonyms: list[tuple[str, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def catalog(self) -> Catalog:
        """The snapshot of what is not a draft."""
        order = {topic.id: topic.order for topic in self.topics}
        located = [entry for entry in self.cards if not entry.card.draft]
        located.sort(key=lambda entry: (order.get(entry.topic or "", 10_000), _KINDS[entry.card.kind]))
        return Catalog(
            cards=tuple(entry.card for entry in located),
            topics=tuple(sorted(self.topics, key=lambda topic: topic.order)),
            sources={name: source for name, (source, _) in self.sources.items()},
            measures={name: measure for name, (measure, _) in self.measures.items()},
            topics_of={
                entry.card.id: tuple(dict.fromkeys((*([entry.topic] if entry.topic else []), *entry.card.also_in)))
                for entry in located
            },
            synonyms=tuple(self.synonyms),
        )


def read_folder(folder: Path) -> dict[str, bytes]:
    """The YAML files of a folder under their relative names; hidden ones, such as swap files, are passed over."""
    names = sorted(
        path
        for path in folder.rglob("*.yaml")
        if path.is_file() and not any(p.startswith(".") for p in path.parts[-2:])
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in names}


def load(content: Mapping[str, bytes], seeds: Mapping[str, bytes]) -> Content:
    """Read files by relative name: `topics/numbers.yaml`, `actors.yaml`; seeds `ovd-info-2023.yaml`."""
    result = Content()
    for name, data in seeds.items():
        _read_seed(result, name, data)
    for name, data in content.items():
        _read_content(result, name, data)
    return result


def _read_seed(result: Content, name: str, data: bytes) -> None:
    document, problems = read_document(data, f"seeds/{name}")
    source, more = (None, []) if problems else validate(document, Source)
    result.problems += [*problems, *more]
    if source is None:
        return
    if source.id != name.removesuffix(".yaml"):
        result.problems.append(Problem.at(document.place(("id",)), "id_is_not_file_name", id=source.id, file=name))
    result.sources[source.id] = (source, document)


def _read_content(result: Content, name: str, data: bytes) -> None:
    document, problems = read_document(data, f"content/{name}")
    result.problems += problems
    if problems:
        return
    folder, _, stem = name.removesuffix(".yaml").rpartition("/")
    if folder == "topics":
        _read_topic(result, document, stem)
    elif folder == "sources":
        found, problems = validate(document, SourceFile)
        if found:
            _check_stem(result, document, found.summary.id, stem)
            result.cards.append(Located(found.summary, document, ("summary",)))
        result.problems += problems
    elif name in SINGLE_FILES:
        _read_single(result, document, name)
    else:
        result.problems.append(Problem.at(Place(document.file), "unknown_file", known=", ".join(SINGLE_FILES)))


def _read_topic(result: Content, document: Document, stem: str) -> None:
    found, problems = validate(document, TopicFile)
    result.problems += problems
    if not found:
        return
    _check_stem(result, document, found.summary.id, stem)
    result.topics.append(Topic(found.summary.id, found.icon, found.order, found.summary))
    result.cards.append(Located(found.summary, document, ("summary",), stem))
    for number, measure in enumerate(found.measures):
        place = document.place(("measures", number, "id"))
        if measure.id in result.measures:
            result.problems.append(Problem.at(place, "repeated_id", id=measure.id, at=result.measures[measure.id][1]))
        result.measures[measure.id] = (measure, place)
    for section in _SECTIONS:
        result.cards += _located(getattr(found, section), document, section, stem)


def _read_single(result: Content, document: Document, name: str) -> None:
    if name == "synonyms.yaml":
        synonyms, problems = validate(document, SynonymsFile)
        result.synonyms += synonyms.groups if synonyms else []
    elif name == "actors.yaml":
        actors, problems = validate(document, ActorsFile)
        result.cards += _located(actors.actors, document, "actors") if actors else []
    else:
        glossary, problems = validate(document, GlossaryFile)
        result.cards += _located(glossary.terms, document, "terms") if glossary else []
    result.problems += problems


def _located(cards: Iterable[Card], document: Document, section: str, topic: str | None = None) -> Iterator[Located]:
    for number, card in enumerate(cards):
        yield Located(card, document, (section, number), topic)


def _check_stem(result: Content, document: Document, card_id: str, stem: str) -> None:
    if card_id != stem:
        place = document.place(("summary", "id"))
        result.problems.append(Problem.at(place, "id_is_not_file_name", id=card_id, file=f"{stem}.yaml"))
