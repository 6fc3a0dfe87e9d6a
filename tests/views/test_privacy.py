"""What is kept is told in words of the reader's language."""

from __future__ import annotations

import pytest

from bot.i18n import Language
from bot.layout.telegram_html import print_html
from bot.views.privacy import UNDER_WAY, privacy_screen
from bot.views.reading import Reading

WORDS = {
    Language.EN: {"queued": "waiting to be sent", "sending": "being sent", "retry": "to be tried again"},
    Language.RU: {"queued": "ждет отправки", "sending": "отправляется", "retry": "будет отправлено снова"},
}


@pytest.mark.parametrize("state", UNDER_WAY)
def test_a_delivery_under_way_says_how_far_it_is(reading: Reading, state: str) -> None:
    screen = privacy_screen(reading, [("outbox-chat", [{"state": state}])], outbox_days=30)
    shown = "\n".join(message.html for message in print_html(screen, card_url=reading.card_url))
    assert WORDS[reading.language][state] in shown
    assert state not in shown
