"""Composing an edition: which cards it shows. A pure function, so that equal choices give the equal edition."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.catalog.cards import Card, Event
from bot.catalog.editorial import Editorial, week_key
from bot.catalog.history import History
from bot.catalog.snapshot import Catalog
from bot.digests.archive import Archive, Run, moment
from bot.digests.schedule import Period
from bot.i18n import Language
from bot.views.edition import Edition


def compose(
    catalog: Catalog,
    history: History,
    period: Period,
    topics: Sequence[str],
    language: Language,
    editorial: Editorial,
) -> Edition:
    """The edition of a period for these topics (none: all) in a language, from the content as it stands now."""
    return compose_from(catalog, Archive(history, editorial), period, topics, language)


def compose_from(
    catalog: Catalog, archive: Archive, period: Period, topics: Sequence[str], language: Language
) -> Edition:
    """The same, with a history that is prepared already."""
    run = Run.of(period)
    topics = tuple(sorted(set(topics)))
    held = {archive.name(origin) for origin in archive.holds(run)}
    shown = {card.id: card for card in _within(catalog, archive, topics) if card.id not in held}
    added = set(archive.added(moment(period.first), moment(period.end)))
    news = tuple(card_id for card_id in shown if card_id in added)
    pins = (archive.name(archive.origin(card_id)) for card_id in archive.pins(run))
    pinned = tuple(dict.fromkeys(card_id for card_id in pins if card_id in shown and card_id not in news))
    corrected = {each.card: each for each in archive.corrections(run) if each.concerns(language.value)}
    picks = {slot: card_id for slot, card_id in archive.picks(period, topics).items() if card_id in shown}
    edition = Edition(
        cadence=period.cadence,
        period=period.key,
        first=period.first,
        end=period.end,
        topics=topics,
        language=language,
        version=archive.history.version,
        news=news,
        corrections=tuple(corrected[card_id] for card_id in shown if card_id in corrected and card_id not in news),
        pinned=pinned,
        note=_note(archive.editorial, run, language),
        statistic=picks.get("statistic"),
        recommendation=picks.get("recommendation"),
        voice=picks.get("voice"),
    )
    events = [card for card in shown.values() if isinstance(card, Event) and card.id not in edition.cards]
    return replace(edition, event=_anniversary(events, run, topics))


def _within(catalog: Catalog, archive: Archive, topics: Sequence[str]) -> Iterator[Card]:
    """The cards of these topics; a topic that has another id by now is still the same."""
    wanted = {archive.origin(topic) for topic in topics}
    for card in catalog.cards:
        if not wanted or any(archive.origin(topic) in wanted for topic in catalog.topics_of.get(card.id, ())):
            yield card


def _note(editorial: Editorial, run: Run, language: Language) -> str:
    """The editors' note of the week in which the edition begins to go out; a daily one shows it once, on the Monday."""
    if (run.until - run.end).days == 1 and run.end.weekday():
        return ""
    return editorial.week(week_key(run.end)).notes.get(language.value, "")


def _anniversary(events: Sequence[Event], run: Run, topics: Sequence[str]) -> str | None:
    """An event that happened on a day of the year on which the edition goes out, or in the month that begins then.

    Of several that fit equally, each year another one.
    """
    found = [(exact, year, event) for event in events for exact, year in _fits(event, run)]
    best = [(year, event) for exact, year, event in found if exact == any(each[0] for each in found)]
    if not best:
        return None
    best.sort(key=lambda each: hashlib.sha256(f"{','.join(topics)}:{each[1].id}".encode()).digest())
    year, _ = best[0]
    return best[year % len(best)][1].id


def _fits(event: Event, run: Run) -> Iterator[tuple[bool, int]]:
    """Whether it fits to the day, and in which year."""
    year, *rest = event.when.parts
    days = [run.end + timedelta(days=number) for number in range((run.until - run.end).days)]
    for day in days:
        exact = len(rest) == 2 and (day.month, day.day) == tuple(rest)
        month = len(rest) == 1 and (day.month, day.day) == (rest[0], 1)
        if (exact or month) and day.year > year:
            yield exact, day.year
