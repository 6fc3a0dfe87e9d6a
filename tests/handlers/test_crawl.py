"""A crawler presses every button that can be reached from /start, in both languages, and finds nothing wrong."""

from __future__ import annotations

import re
from collections import deque

import pytest

from bot.catalog.cards import Actor
from bot.i18n import Language, text
from bot.views.routes import View, parse
from tests.conversation import Conversation, Json, buttons_of, refusals

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def wrong_language(message: Json, language: Language, names: set[str]) -> str | None:
    """A line of a message, or a button, in the other language. `names` may be written alike in both."""
    lines = [*message["text"].split("\n"), *(button["text"] for button in buttons_of(message))]
    for line in lines:
        if any(name in line for name in names):
            continue
        words = [word for word in re.findall(r"[^\W\d_]{2,}", line) if word not in BOTH]
        foreign = [word for word in words if bool(CYRILLIC.search(word)) != (language == Language.RU)]
        if len(words) > 2 and len(foreign) > len(words) / 2:
            return str(line)
    return None


BOTH = {"Язык", "Language", "English", "Русский"}
"""Said in both languages on purpose."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", list(Language))
async def test_every_button_that_can_be_reached_leads_somewhere(conversation: Conversation, language: Language) -> None:
    conversation.sandbox.acts.change_person(conversation.viewer, language_code=language.value)
    message = await conversation.ask("/start")
    actors = conversation.bot.desk.library.catalog.of_type(Actor)
    names = {actor.title.in_(language.value) for actor in actors} | {text(language, "language-text")}
    waiting: deque[str] = deque()
    known: set[str] = set()
    pressed = 0

    def look(message: Json) -> None:
        assert message["text"].strip()
        assert buttons_of(message), f"a dead end: {message['text'][:80]}"
        assert not (line := wrong_language(message, language, names)), f"in the wrong language: {line}"
        for button in buttons_of(message):
            data = button.get("callback_data")
            if data is None or data in known:
                continue
            known.add(data)
            route = parse(data)
            assert route, f"a button of no known form: {data}"
            if route.view != View.CHOOSE_LANGUAGE:
                waiting.append(data)

    look(message)
    while waiting:
        data = waiting.popleft()
        put_button(conversation, message, data)
        message = await conversation.press(message, data)
        pressed += 1
        look(message)
    assert pressed > 1000
    assert [each for each in refusals(conversation.sandbox) if "not modified" not in each] == []


def put_button(conversation: Conversation, message: Json, data: str) -> None:
    """Put a button met earlier back under the message, as if the reader had scrolled up to it."""
    stored = conversation.sandbox.acts.chat(conversation.viewer).messages[message["message_id"]]
    stored["reply_markup"] = {"inline_keyboard": [[{"text": "…", "callback_data": data}]]}
    message["reply_markup"] = stored["reply_markup"]
