"""A crawler presses the buttons that can be reached from /start, in both languages, and finds nothing wrong.

Every button: `make crawl`. In the suite, of the ten thousand or so that show cards one in six, and all others.
"""

from __future__ import annotations

import logging
import os
import re
from collections import deque
from hashlib import sha256

import pytest

from bot.catalog.snapshot import Catalog
from bot.i18n import Language, text
from bot.views.choosing import SCREENS
from bot.views.routes import Route, View, parse
from tests.conformance import required_specification
from tests.conversation import Conversation, Json, buttons_of, labels_of, refusals

FULL = os.environ.get("CRAWL") == "full"
SHARE = 6
"""Of so many buttons that show cards the suite presses one."""
OWN_CHOICES = set(SCREENS) - {"header", "hashtag", "preview"}
"""What a person chooses for themselves; the rest is for channels."""
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
RANDOM_NAME = re.compile(r"\b[0-9a-f]{32}\b")
"""What a chat is called in the database: no words of any language."""
WORD = re.compile(r"[^\W\d_]{2,}")


def picked(route: Route) -> bool:
    """Whether the suite presses it: the same ones each time, spread over all lists and cards."""
    return route.view is not View.CARD or sha256(route.data().encode()).digest()[0] % SHARE == 0


def wrong_language(message: Json, language: Language, known: set[str]) -> str | None:
    """A line of a message, or a button, in the other language. `known` are words that our texts use in this one."""
    for line in [*message["text"].split("\n"), *(button["text"] for button in buttons_of(message))]:
        words = WORD.findall(RANDOM_NAME.sub("", line))
        foreign = [word for word in words if word not in known and bool(CYRILLIC.search(word)) != (language == "ru")]
        if len(words) > 2 and len(foreign) > len(words) / 2:
            return str(line)
    return None


def words_of(catalog: Catalog, language: Language) -> set[str]:
    """Every word of the cards and sources in a language, names that are written alike in both among them."""
    texts = [text.in_(language.value) for card in catalog.cards for _, text in card.texts()]
    texts += [source.title.in_(language.value) for source in catalog.sources.values()]
    texts += [text(language, "language-text"), text(language, "language-title")]
    return {word for each in texts for word in WORD.findall(each)}


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", list(Language))
async def test_every_button_that_can_be_reached_leads_somewhere(
    conversation: Conversation, language: Language, caplog: pytest.LogCaptureFixture
) -> None:
    conversation.sandbox.acts.change_person(conversation.viewer, language_code=language.value)
    message = await conversation.ask("/start")
    known_words = words_of(conversation.bot.desk.library.catalog, language)
    waiting: deque[str] = deque()
    known: set[str] = set()
    pressed = 0

    def look(message: Json) -> None:
        assert message["text"].strip()
        assert buttons_of(message), f"a dead end: {message['text'][:80]}"
        assert not (line := wrong_language(message, language, known_words)), f"in the wrong language: {line}"
        for button in buttons_of(message):
            data = button.get("callback_data")
            if data is None or data in known:
                continue
            known.add(data)
            route = parse(data)
            assert route, f"a button of no known form: {data}"
            if route.view not in (View.CHOOSE_LANGUAGE, View.UNSUBSCRIBE) and (FULL or picked(route)):
                waiting.append(data)

    look(message)
    while waiting:
        data = waiting.popleft()
        put_button(conversation, message, data)
        message = await conversation.press(message, data)
        assert labels_of(message) != [SCROLLED_UP], f"the press of {data} changed nothing"
        pressed += 1
        look(message)
    assert pressed > (8_000 if FULL else 1_000)
    assert {(route.view, route.trail) for data in known if (route := parse(data))} >= SETTINGS
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
    bot_api = required_specification()
    exchanges = conversation.sandbox.journal.exchanges
    assert [p for each in exchanges for p in bot_api.check_request(each.method, each.parameters, each.uploads)] == []
    assert [each for each in refusals(conversation.sandbox) if "not modified" not in each] == []


SETTINGS = {(View.SETTINGS, name) for name in ("list", "main", "channel", "privacy", *OWN_CHOICES)}
"""Screens of the digest's settings that a person reaches by buttons."""
SCROLLED_UP = "…"
"""What the one button says that stands in for all: the screen that it leads to never looks so."""


def put_button(conversation: Conversation, message: Json, data: str) -> None:
    """Put a button met earlier back under the message, as if the reader had scrolled up to it."""
    stored = conversation.sandbox.acts.chat(conversation.viewer).messages[message["message_id"]]
    stored["reply_markup"] = {"inline_keyboard": [[{"text": SCROLLED_UP, "callback_data": data}]]}
    message["reply_markup"] = stored["reply_markup"]
