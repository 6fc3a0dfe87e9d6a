"""Printing editions for those who get them: once for all alike, with the buttons of each underneath."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bot import i18n
from bot.catalog.snapshot import Catalog
from bot.clock import Clock
from bot.i18n import Language
from bot.layout.blocks import Button, Open, Paragraph, Press, Screen, text
from bot.layout.characters import units
from bot.layout.limits import MESSAGE_TEXT
from bot.layout.telegram_html import print_html
from bot.store.database import Database
from bot.store.editions import EditionStore, Stored
from bot.subscription import ChatKind, Choices, Subscription
from bot.views.edition import Edition, EditionKind
from bot.views.editions import edition_messages
from bot.views.pieces import Told, together
from bot.views.reading import Reading
from bot.views.routes import Route, View

KEPT = 512
"""Printed editions kept in memory: equal choices share one, a channel's own header or hashtag makes another."""
FRESH_SECONDS = 2.0
"""For how long an edition is sent without a look at whether it was composed anew, by whatever process."""

_GAP = 2  # characters between a channel's own line or hashtag and the rest
_ANNOUNCED = ("#announcement",)

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One message of an edition: its text in HTML, the rows of buttons under it. `silent`: without a sound.

    `holds`: the names of the pieces in it.
    """

    html: str
    buttons: Rows = ()
    silent: bool = False
    holds: tuple[str, ...] = ()


class MissingEditionError(Exception):
    """There is no such edition."""


@dataclass(frozen=True, slots=True)
class Dress:
    """What makes one subscription's print of an edition differ from another's, its language and buttons aside."""

    links: bool = True
    header: str = ""
    hashtag: str = ""

    @classmethod
    def of(cls, choices: Choices) -> Dress:
        """That of a subscription's choices."""
        return cls(choices.links, choices.header, choices.hashtag)


PLAIN = Dress()


class Printing:
    """Prints editions. `reading_in` gives the view of the content published now, in a language."""

    def __init__(self, database: Database, reading_in: Callable[[Language], Reading], clock: Clock) -> None:
        self._database, self._reading_in, self._clock = database, reading_in, clock
        self._store = EditionStore()
        self._editions: dict[int, tuple[float, Stored]] = {}
        self._printed: OrderedDict[tuple[object, ...], tuple[Part, ...]] = OrderedDict()
        self._catalog: Catalog | None = None

    async def parts(
        self, edition_id: int, subscription: Subscription, kind: ChatKind, told: Told = (), version: int = 0
    ) -> tuple[Part, ...]:
        """The messages of an edition for a subscription: one to four, none where nothing of it is left to be said. They
        are in the edition's language, also where the subscription speaks another by now.

        `told` is what each of those holds that went already: they stand first and without words, and those after them
        hold what the edition has now and they do not. It is printed from this version of it, which it has had, or from
        a later one. Raises MissingEditionError.
        """
        kept = await self._edition(edition_id, version)
        reading = self._reading_in(Language(kept.name.language))
        printed = self._print(kept, Dress.of(subscription.choices), reading, tuple(map(tuple, told)))
        return under(printed, buttons_for(reading, subscription, kind))

    def forget(self) -> None:
        """Look at every edition anew before it is sent again."""
        self._editions.clear()

    async def _edition(self, edition_id: int, version: int) -> Stored:
        now = self._clock.monotonic()
        known = self._editions.get(edition_id)
        if known and now - known[0] < FRESH_SECONDS and known[1].version >= version:
            return known[1]
        async with self._database.read() as connection:
            kept = await self._store.get(connection, edition_id)
        if kept is None:
            raise MissingEditionError(f"there is no edition {edition_id}")
        self._editions = {key: value for key, value in self._editions.items() if now - value[0] < FRESH_SECONDS}
        self._editions[edition_id] = now, kept
        return kept

    def _print(
        self, kept: Stored, dress: Dress, reading: Reading, told: tuple[tuple[str, ...], ...]
    ) -> tuple[Part, ...]:
        if reading.catalog is not self._catalog:  # what was printed stands on what was published before
            self._printed.clear()
            self._catalog = reading.catalog
        key = (kept.id, kept.version, kept.body.get("stamp"), reading.language, dress, told)
        if key not in self._printed:
            self._printed[key] = print_stored(kept, reading, dress, told)
        self._printed.move_to_end(key)
        while len(self._printed) > KEPT:
            self._printed.popitem(last=False)
        return self._printed[key]


def print_stored(kept: Stored, reading: Reading, dress: Dress = PLAIN, told: Told = ()) -> tuple[Part, ...]:
    """The messages of an edition without buttons, after those that went; see `Printing.parts`."""
    if kept.name.kind == EditionKind.ANNOUNCEMENT:
        return (Part(announced(kept.body, reading.language), holds=_ANNOUNCED),)
    return print_edition(Edition.from_json(kept.body), reading, dress, told)


def print_edition(edition: Edition, reading: Reading, dress: Dress = PLAIN, told: Told = ()) -> tuple[Part, ...]:
    """The messages of a digest or a correction without buttons; a correction comes without a sound."""
    room = MESSAGE_TEXT - sum(units(line) + _GAP for line in (dress.header, dress.hashtag) if line)
    messages = edition_messages(reading, edition, links=dress.links, room=room, told=told)
    over, below = (Paragraph(text(line)) if line else None for line in (dress.header, dress.hashtag))
    silent = edition.kind is EditionKind.CORRECTION
    parts = [Part("", silent=silent, holds=tuple(names)) for names in told]
    for number, pieces in enumerate(messages, start=len(told)):
        last = number + 1 == len(told) + len(messages)
        screen = Screen.of(None if number else over, together(pieces), below if last else None)
        # Of a piece that by itself is longer than a message the end is left to the bot, where its title leads.
        html = print_html(screen, card_url=reading.card_url)[0].html
        parts.append(Part(html, silent=silent, holds=tuple(piece.name for piece in pieces)))
    return tuple(parts)


def announced(body: Mapping[str, Any], language: Language) -> str:
    """The text of an announcement in a language, or in the one that it has."""
    return str(body.get(language.value) or next(body[each.value] for each in Language if body.get(each.value)))


def buttons_for(reading: Reading, subscription: Subscription, kind: ChatKind) -> Rows:
    """What stands under an edition: for a channel only the way into the bot, else settings and unsubscribing."""
    if kind is ChatKind.CHANNEL:
        return ((Open(_label(reading.language, "button-open-bot"), reading.card_url("menu")),),)
    settings = Press(_label(reading.language, "button-settings"), Route(View.SETTINGS, subscription.key).data())
    leave = Press(_label(reading.language, "button-unsubscribe"), Route(View.UNSUBSCRIBE, subscription.key).data())
    return ((settings, leave),)


@lru_cache
def _label(language: Language, key: str) -> str:
    """A label that stands under every message of a digest: formatting it anew took longer than all else of one."""
    return i18n.text(language, key)


def under(parts: tuple[Part, ...], buttons: Rows) -> tuple[Part, ...]:
    """The parts with buttons under the last."""
    return (*parts[:-1], replace(parts[-1], buttons=buttons)) if parts else ()
