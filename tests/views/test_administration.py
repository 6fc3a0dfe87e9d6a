"""Administrators read what went out by its name, not by its key."""

from __future__ import annotations

import pytest

from bot.i18n import Language
from bot.layout.blocks import Buttons, Heading, Paragraph, Press, Screen
from bot.layout.telegram_html import print_html
from bot.views.administration import RunShown, Stage, delivery_screen, period_name, progress_screen
from bot.views.reading import Reading
from bot.views.recalling import SentShown, recall_screen, recalled_screen, sent_line


@pytest.mark.parametrize(
    ("period", "in_english", "in_russian"),
    [
        ("w2026-11-16", "every week, 16 November 2026", "каждую неделю, 16 ноября 2026 года"),
        ("f2026-11-16", "every two weeks, 16 November 2026", "раз в две недели, 16 ноября 2026 года"),
        ("d2026-11-26", "every day, 26 November 2026", "каждый день, 26 ноября 2026 года"),
        ("m2026-10", "every month, October 2026", "раз в месяц, октябрь 2026 года"),
        ("c12", "version 12", "версия 12"),
        ("a17e16f2f", "a17e16f2f", "a17e16f2f"),
    ],
)
def test_a_period_is_told_in_words(
    in_english: str, in_russian: str, period: str, english: Reading, russian: Reading
) -> None:
    assert (period_name(english, period), period_name(russian, period)) == (in_english, in_russian)


def test_a_run_is_called_by_its_period_an_announcement_by_its_words(english: Reading, russian: Reading) -> None:
    digest = RunShown("digest", "m2026-10", 0, {"sent": 3}, None, None)
    said = RunShown("announcement", "a17e16f2f", 0, {"sent": 3}, 1176, 0.0, "Dear readers", twice=2, taken_back=3)

    def lines(reading: Reading) -> list[str]:
        blocks = delivery_screen(reading, [digest, said], []).blocks
        return [str(block) for block in blocks if isinstance(block, Heading | Paragraph)]

    assert "Digest · every month, October 2026" in lines(english)[1]
    assert "busiest" not in lines(english)[2]
    assert "Announcement · Dear readers" in lines(english)[3]
    assert "1,176 messages in the busiest minute" in lines(english)[4]
    assert "in 2 chats a message may stand twice" in lines(english)[4]
    assert "taken back with /recall in 3 chats" in lines(english)[4]
    assert "twice" not in lines(english)[2]
    assert "за самую быструю минуту отправлено 1\\xa0176 сообщений" in lines(russian)[4]


@pytest.mark.parametrize(
    ("stage", "halts"),
    [
        ("preparing", ["⏸ Pause", "⏹ Stop for good"]),
        ("going", ["⏸ Pause", "⏹ Stop for good"]),
        ("paused", ["▶️ Resume", "⏹ Stop for good"]),
        ("cancelled", []),
        ("done", []),
    ],
)
def test_what_is_over_offers_nothing_to_halt(english: Reading, stage: Stage, halts: list[str]) -> None:
    screen = progress_screen(english, "0123abcd", stage, {"sent": 93}, 93)
    (buttons,) = [block for block in screen.blocks if isinstance(block, Buttons)]
    assert [button.label for row in buttons.rows for button in row] == ["🔄 Refresh", *halts]


def test_what_was_sent_is_called_by_kind_period_and_language(english: Reading, russian: Reading) -> None:
    sent = SentShown(1, "digest", "m2026-10", Language.RU, 1200)
    assert sent_line(english, sent) == "Digest, every month, October 2026, Russian: 1,200 sent"
    assert sent_line(russian, sent) == ("Дайджест, раз в месяц, октябрь 2026 года, русский: отправлено 1\u00a0200")


def test_a_digest_about_some_topics_names_them_so_that_it_is_told_from_the_others(english: Reading) -> None:
    topics = english.catalog.topics[:5]
    titles = [topic.summary.title.en for topic in topics]
    sent = SentShown(1, "digest", "w2026-11-16", Language.EN, 3, topics=tuple(topic.id for topic in topics))
    assert sent_line(english, sent).endswith(f" ({titles[0]}, {titles[1]}, {titles[2]} +2): 3 sent")


def test_what_was_sent_is_leafed_through(english: Reading) -> None:
    sent = [SentShown(number, "digest", "w2026-11-16", Language.EN, 3) for number in range(100, 110)]

    def ways(skip: int, *, more: bool) -> list[str]:
        (buttons,) = [
            block for block in recall_screen(english, sent, skip=skip, more=more).blocks if isinstance(block, Buttons)
        ]
        return [button.data for row in buttons.rows for button in row if isinstance(button, Press)]

    assert ways(0, more=False)[10:] == ["a.h"]
    assert ways(0, more=True)[10:] == ["a.n..recalls:10", "a.h"]
    assert ways(10, more=True)[10:] == ["a.n..recalls:0", "a.n..recalls:20", "a.h"]
    assert ways(10, more=False)[:2] == ["a.n..recall:100", "a.n..recall:101"]


def test_what_came_of_taking_back_names_what_needs_an_eye(english: Reading, russian: Reading) -> None:
    counts = {"done": 1, "gone": 2, "refused": 3, "old": 4, "stopped": 5}
    plain = recalled_screen(english, None, **counts, waited=0, left=0, doubtful=0)
    assert len(plain.blocks) == 1
    for reading in (english, russian):
        assert len(recalled_screen(reading, None, **counts, waited=6, left=7, doubtful=8, copies=9).blocks) == 5


def test_what_came_of_it_begins_with_the_edition_and_leaves_out_what_is_none(english: Reading) -> None:
    sent = SentShown(1, "digest", "m2026-10", Language.RU, 1200)

    def lines(**counts: int) -> list[str]:
        blocks = recalled_screen(english, sent, **counts).blocks
        return [print_html(Screen.of(block), card_url=english.card_url)[0].html for block in blocks]

    name = "<b>Digest, every month, October 2026, Russian</b>"
    assert lines(done=1, gone=0, refused=2, old=0, stopped=0) == [name, "Done: 1. Refused by Telegram: 2."]
    assert lines(done=0) == [name, "There was nothing to be done."]
    assert len(lines(done=0, copies=1)) == 2
