"""The small content of the catalog's tests as files on disk, other versions of it, and a publisher over them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.catalog.bundle import Bundle
from bot.editing.folder import Folder
from bot.editing.publishing import Publisher
from bot.store.versions import Versions
from tests.catalog.house import House

SUMMARY = """\
summary:
  id: count-2023
  title: {en: The count in short, ru: Подсчет вкратце}
  points:
    - {en: Anna Petrova counts., ru: Считает Анна Петрова.}
  body: {en: She explains how., ru: Она объясняет как.}
  cites: [{source: count-2023, lines: "1"}]
"""


def bundle_of(house: House) -> Bundle:
    """The files of a house."""
    files = {f"content/{name}": text.encode() for name, text in house.content.items()}
    return Bundle({**files, **{f"seeds/{name}": text.encode() for name, text in house.seeds.items()}})


def retitled(title: str) -> Bundle:
    """The small content with another title of its topic."""
    return bundle_of(House().change("topics/numbers.yaml", "How many left", title))


def five_files_later() -> Bundle:
    """The small content with three files changed, one added and one taken away."""
    house = House().change("topics/numbers.yaml", "How many left", "How many went")
    house.change("actors.yaml", "{en: demographer, ru: демограф}", "{en: statistician, ru: статистик}")
    house.change("glossary.yaml", "Life outside one's country.", "Life away from one's country.")
    house.add("sources/count-2023.yaml", SUMMARY)
    del house.content["synonyms.yaml"]
    return bundle_of(house)


def folder_in(place: Path) -> Folder:
    """The folders of the content below a place."""
    return Folder(place / "content", place / "seeds")


def lay_out(place: Path, bundle: Bundle) -> Folder:
    """Write files as an editor would find them."""
    folder = folder_in(place)
    for path, data in bundle.files.items():
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


@dataclass
class QuickClock:
    """A clock on which waiting takes no time of the test's."""

    moment: datetime = field(default=datetime(2026, 1, 5, 9, tzinfo=UTC))

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    def monotonic(self) -> float:
        """Seconds of the same moment."""
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        """Be later at once."""
        self.moment += timedelta(seconds=seconds)
        await asyncio.sleep(0)


def title(publisher: Publisher) -> str:
    """What readers see now."""
    topic = publisher.library.catalog.topic("numbers")
    assert topic
    return topic.summary.title.en


def write(folder: Folder, old: str, new: str) -> None:
    """Change the topic file as an editor's program does."""
    file = folder.content / "topics" / "numbers.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


async def reopened(versions: Versions, folder: Folder, **more: object) -> Publisher:
    """The publisher of the next start."""
    publisher = Publisher(versions, folder, QuickClock(), **more)  # type: ignore[arg-type]
    await publisher.open()
    return publisher
