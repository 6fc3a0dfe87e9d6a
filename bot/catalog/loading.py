"""From folders to a catalog: reads every content and seed file, and brings back all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.catalog.cards import Card, Kind
from bot.catalog.files import LAST, ActorsFile, GlossaryFile, Measure, SourceFile, SynonymsFile, TopicFile
from bot.catalog.problems import Place, Problem
from bot.catalog.reading import Document, read_document
from bot.catalog.reading import Path as KeyPath
from bot.catalog.shelf import Shelf
from bot.catalog.snapshot import Catalog, Topic
from bot.catalog.sources import Source

SINGLE_FILES = ("actors.yaml", "glossary.yaml", "synonyms.yaml")
_SECTIONS = ("statistics", "recommendations", "arguments", "debates", "events")
_SHELF = Shelf()
_KINDS = {kind: position for position, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: the document it was read from, and the path to it there."""

    document: Document
    path: KeyPath

    def place(self, *path: str | int) -> Place:
        """The place of it, or of a part of it."""
        return self.document.place((*self.path, *path))


@dataclass(frozen=True, slots=True)
class Located(Spot):
    """A card where it stands, with its home topic if it stands in one."""

    card: Card
    topic: str | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """Its home topic, if it has one, then those it is also in."""
        return tuple(dict.fromkeys((*([self.topic] if self.topic else []), *self.card.also_in)))


@dataclass(slots=True)
class Content:
    """All that was read, before it is checked as a whole. `unread` names the files that could not be.

    `synonyms_at` is the document of the synonyms, where it was read: its groups stand there in this order.
    """

    cards: list[Located] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    sources: dict[str, tuple[Source, Document]] = field(default_factory=dict)
    measures: dict[str, tuple[Measure, Spot]] = field(default_factory=dict)
    synonyms: list[tuple[str, ...]] = field(default_factory=list)
    synonyms_at: Document | None = None
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def catalog(self) -> Catalog:
        """The snapshot of what is neither a draft nor withdrawn. A topic whose summary is a draft is one as a whole."""
        drafts = {topic.id for topic in self.topics if topic.summary.draft}
        topics = [topic for topic in self.topics if topic.id not in drafts]
        order = {topic.id: topic.order for topic in topics}
        located = [entry for entry in self.cards if not entry.card.draft and entry.topic not in drafts]
        replaced = {
            old: entry.card.superseded_by
            for entry in located
            if entry.card.superseded_by
            for old in (entry.card.id, *entry.card.formerly)
        }
        located = [entry for entry in located if not entry.card.superseded_by]
        located.sort(key=lambda entry: (order.get(entry.topic or "", LAST + 1), _KINDS[entry.card.kind]))
        return Catalog(
            cards=tuple(entry.card for entry in located),
            topics=tuple(sorted(topics, key=lambda topic: topic.order)),
            sources={name: source for name, (source, _) in self.sources.items()},
            measures={name: measure for name, (measure, _) in self.measures.items()},
            topics_of={entry.card.id: tuple(name for name in entry.topics if name not in drafts) for entry in located},
            synonyms=tuple(self.synonyms),
            replaced=replaced,
        )


def read_folder(folder: Path) -> dict[str, bytes]:
    """The YAML files of a folder under their relative names; hidden ones, such as swap files, are passed over.

    Those called `.yml` come along, so that they are refused by name and not passed over in silence.
    """
    return {name: path.read_bytes() for name, path in yaml_files(folder).items()}


def yaml_files(folder: Path) -> dict[str, Path]:
    """Where the files lie that `read_folder` reads."""
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*.y*ml")) if path.is_file()}
    return {
        name.as_posix(): path
        for name, path in found.items()
        if name.suffix in (".yaml", ".yml") and not any(part.startswith(".") for part in name.parts)
    }


def load(content: Mapping[str, bytes], seeds: Mapping[str, bytes]) -> Content:
    """Read files by relative name: `topics/numbers.yaml`, `actors.yaml`; seeds `ovd-info-2023.yaml`."""
    result = Content()
    for name, data in seeds.items():
        _read_seed(result, name, data)
    for name, data in content.items():
        _read_content(result, name, data)
    return result


def _read_seed(result: Content, name: str, data: bytes) -> None:
    document, source, problems = _SHELF.read(data, f"seeds/{name}", Source)
    result.problems += problems
    if source is None:
        result.unread.add(document.file)
        return
    if source.id != name.removesuffix(".yaml"):
        result.problems.append(Problem.at(document.place(("id",)), "id_is_not_file_name", id=source.id, file=name))
    result.sources[source.id] = (source, document)


def _read_content(result: Content, name: str, data: bytes) -> None:
    file = f"content/{name}"
    folder, _, stem = name.removesuffix(".yaml").rpartition("/")
    known = name in SINGLE_FILES or (folder in ("topics", "sources") and name.endswith(".yaml"))
    if not known:
        _, problems = read_document(data, file)
        result.problems.append(Problem.at(Place(file), "unknown_file", known=", ".join(SINGLE_FILES)))
    elif folder == "topics":
        problems = _read_topic(result, data, file, stem)
    elif folder == "sources":
        problems = _read_source_summary(result, data, file, stem)
    else:
        problems = _read_single(result, data, file)
    result.problems += problems
    if problems:
        result.unread.add(file)


def _read_source_summary(result: Content, data: bytes, file: str, stem: str) -> list[Problem]:
    document, found, problems = _SHELF.read(data, file, SourceFile)
    if found:
        _check_stem(result, document, found.summary.id, stem)
        result.cards.append(Located(document, ("summary",), found.summary))
    return problems


def _read_topic(result: Content, data: bytes, file: str, stem: str) -> list[Problem]:
    document, found, problems = _SHELF.read(data, file, TopicFile)
    if not found:
        return problems
    _check_stem(result, document, found.summary.id, stem)
    result.topics.append(Topic(found.summary.id, found.icon, found.order, found.summary))
    result.cards.append(Located(document, ("summary",), found.summary, stem))
    for number, measure in enumerate(found.measures):
        spot = Spot(document, ("measures", number))
        if measure.id in result.measures:
            first = result.measures[measure.id][1].place("id")
            result.problems.append(Problem.at(spot.place("id"), "repeated_id", id=measure.id, at=first))
        result.measures.setdefault(measure.id, (measure, spot))
    for section in _SECTIONS:
        result.cards += _located(getattr(found, section), document, section, stem)
    return problems


def _read_single(result: Content, data: bytes, file: str) -> list[Problem]:
    if file.endswith("/synonyms.yaml"):
        document, synonyms, problems = _SHELF.read(data, file, SynonymsFile)
        result.synonyms += synonyms.groups if synonyms else []
        result.synonyms_at = document if synonyms else None
    elif file.endswith("/actors.yaml"):
        document, actors, problems = _SHELF.read(data, file, ActorsFile)
        result.cards += _located(actors.actors, document, "actors") if actors else []
    else:
        document, glossary, problems = _SHELF.read(data, file, GlossaryFile)
        result.cards += _located(glossary.terms, document, "terms") if glossary else []
    return problems


def _located(cards: Iterable[Card], document: Document, section: str, topic: str | None = None) -> Iterator[Located]:
    for number, card in enumerate(cards):
        yield Located(document, (section, number), card, topic)


def _check_stem(result: Content, document: Document, card_id: str, stem: str) -> None:
    if card_id != stem:
        place = document.place(("summary", "id"))
        result.problems.append(Problem.at(place, "id_is_not_file_name", id=card_id, file=f"{stem}.yaml"))
