"""What the terminal commands print: answers, batches of answers, the export."""

from __future__ import annotations

import codecs
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from bot.catalog.cards import BaseCard, Card
from bot.catalog.snapshot import Catalog
from bot.i18n import Language
from bot.layout.blocks import Buttons, Screen
from bot.layout.terminal import print_terminal
from bot.search.index import Answer, Index
from bot.views.cards import card_blocks
from bot.views.reading import Reading
from bot.views.results import results_screen

USERNAME = "kolokol"
"""Stands for the bot's name where there is no bot; links to cards are not printed."""


class BatchError(Exception):
    """A line of a batch file cannot be read; the message names it."""


def answer(catalog: Catalog, query: str, lang: str, limit: int, *, json: bool, colour: bool) -> str:
    """The answer to one question: the best card in full and the others as a list, or JSON."""
    found = Index.build(catalog).search(query)
    language = Language(lang or _language_of(query))
    if json:
        return orjson.dumps(_json(catalog, query, language, found, limit), option=orjson.OPT_INDENT_2).decode()
    reading = Reading(catalog, language, USERNAME)
    shown = replace(found, hits=found.hits[:limit])
    blocks = [block for block in results_screen(reading, query, shown).blocks if not isinstance(block, Buttons)]
    best = card_blocks(reading, found.hits[0].card) if found.hits else []
    return print_terminal(Screen.of(best, blocks), width=None, colour=colour)


def _language_of(query: str) -> Language:
    """A question with Cyrillic letters is answered in Russian."""
    return Language.RU if any("а" <= letter <= "я" or letter == "ё" for letter in query.lower()) else Language.EN


def batch_answers(catalog: Catalog, file: Path, limit: int) -> Iterator[str]:
    """One line of JSON for each question of a file, with the milliseconds spent searching. Raises BatchError."""
    index = Index.build(catalog)
    for number, line in enumerate(file.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            question = orjson.loads(line)
            name, query, lang = question["id"], question["q"], question.get("lang")
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
            name = query = lang = None
        if not isinstance(query, str) or lang not in (None, *Language):
            form = '{"id": 1, "q": "visas"}, with "lang": "en" or "ru" if wanted'
            raise BatchError(f"{file}:{number}: each line must be JSON such as {form}")
        language = Language(lang or _language_of(query))
        begin = time.perf_counter()
        found = index.search(query)
        spent = (time.perf_counter() - begin) * 1000
        yield orjson.dumps(
            {"id": name, **_json(catalog, query, language, found, limit), "ms": round(spent, 3)}
        ).decode()


def _json(catalog: Catalog, query: str, language: Language, found: Answer, limit: int) -> dict[str, Any]:
    return {
        "query": query,
        "did_you_mean": found.did_you_mean,
        "results": [
            {
                "id": hit.card.id,
                "kind": hit.card.kind.value,
                "score": round(hit.score, 4),
                "title": hit.card.title.in_(language.value),
                "cites": _cites(catalog, hit.card),
            }
            for hit in found.hits[:limit]
        ],
    }


def _cites(catalog: Catalog, card: Card) -> list[dict[str, Any]]:
    """Each source once, with all lines that the card cites of it."""
    lines: dict[str, set[int]] = {}
    for cite in card.all_cites():
        lines.setdefault(cite.source, set()).update(cite.lines)
    return [
        {"source": name, "file": catalog.sources[name].file, "lines": sorted(numbers)}
        for name, numbers in lines.items()
        if name in catalog.sources
    ]


def export(catalog: Catalog) -> str:
    """Every published card as JSON: fields as editors write them, topics, citations with file and lines."""
    cards = [
        {
            "kind": card.kind.value,
            **_fields(card),
            "topics": list(catalog.topics_of.get(card.id, ())),
            "cites": _cites(catalog, card),
        }
        for card in catalog.cards
    ]
    return orjson.dumps({"cards": cards}, option=orjson.OPT_INDENT_2).decode()


def _fields(card: BaseCard) -> dict[str, Any]:
    return card.model_dump(mode="json", exclude={"cites", "draft", "also_in"}, exclude_none=True)
