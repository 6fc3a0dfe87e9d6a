"""Inline mode: cards into any chat."""

from __future__ import annotations

from bot.handlers.inline import PAGE
from tests.conversation import GROUP, YOU, Conversation


async def test_an_inline_query_offers_cards_that_can_be_sent(conversation: Conversation) -> None:
    answer = await conversation.sandbox.acts.ask_inline(YOU, "visas")
    assert answer["results"]
    first = answer["results"][0]
    sent = conversation.sandbox.acts.choose(YOU, first["id"], GROUP)
    assert sent["text"]
    assert sent["via_bot"]["username"] == conversation.bot.desk.username
    assert "start=" in sent["reply_markup"]["inline_keyboard"][0][0]["url"]


async def test_an_empty_inline_query_offers_the_topics(conversation: Conversation) -> None:
    answer = await conversation.sandbox.acts.ask_inline(YOU, "")
    assert len(answer["results"]) == len(conversation.bot.desk.library.catalog.topics)


async def test_more_results_come_page_by_page_without_repetition(conversation: Conversation) -> None:
    seen: list[str] = []
    offset = ""
    for _ in range(3):
        answer = await conversation.sandbox.acts.ask_inline(YOU, "russia", offset)
        seen += [result["id"] for result in answer["results"]]
        offset = answer["next_offset"]
        if not offset:
            break
    assert len(seen) == len(set(seen)) > PAGE


async def test_every_card_can_be_sent_inline(conversation: Conversation) -> None:
    for card in conversation.bot.desk.library.catalog.cards[::29]:
        answer = await conversation.sandbox.acts.ask_inline(YOU, card.id)
        assert answer["results"][0]["title"].endswith(card.title.en)


async def test_nonsense_offers_nothing_but_the_way_to_the_bot(conversation: Conversation) -> None:
    answer = await conversation.sandbox.acts.ask_inline(YOU, "zxqwvkjhgf")
    assert answer["results"] == []
    assert answer["button"]["text"] == "Open Kolokol"
