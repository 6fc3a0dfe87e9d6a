"""Buttons pressed by a person: pages edit the message, every press is answered."""

from __future__ import annotations

from bot.catalog.cards import Statistic
from bot.catalog.snapshot import card_key
from bot.i18n import Language
from bot.views.routes import Route, View
from tests.conversation import EDITOR, GROUP, YOU, Conversation, labels_of
from tests.handlers.test_crawl import put_button


async def test_pages_edit_the_message_and_send_no_other(conversation: Conversation) -> None:
    message = await conversation.ask("/timeline")
    count = len(conversation.messages)
    turned = await conversation.press(message, "→")
    assert turned["text"] != message["text"]
    assert (await conversation.press(turned, "←"))["text"] == message["text"]
    assert len(conversation.messages) == count


async def test_pressing_the_page_one_is_on_does_no_harm(conversation: Conversation) -> None:
    message = await conversation.ask("/timeline")
    place = next(label for label in labels_of(message) if "/" in label)
    assert (await conversation.press(message, place))["text"] == message["text"]


async def test_source_shows_who_where_when_and_its_standing(conversation: Conversation) -> None:
    catalog = conversation.bot.desk.library.catalog
    for name, source in catalog.sources.items():
        card = next(
            card
            for card in catalog.cards
            if ({cite.source for cite in card.all_cites()} == {name} and isinstance(card, Statistic))
            or ({cite.source for cite in card.all_cites()} == {name} and card.id != name)
        )
        message = await conversation.ask(f"/start {card.id}")
        shown = (await conversation.press(message, "📰 Source"))["text"]
        assert source.title.en in shown
        assert "Standing under Russian law" in shown
        assert ("Not checked" in shown) == (source.standing is None)
        assert ("punished with a fine" in shown) == (source.standing is not None)


async def test_a_card_with_several_sources_offers_them_and_leads_back(conversation: Conversation) -> None:
    message = await conversation.ask("/start numbers")
    listed = await conversation.press(message, "📰 Source")
    assert sum(label.startswith("📰") for label in labels_of(listed)) > 1
    assert (await conversation.press(listed, "⬆️ Card"))["text"] == message["text"]


async def test_related_cards_lead_on_and_back(conversation: Conversation) -> None:
    message = await conversation.ask("/start numbers")
    near = await conversation.press(message, "🧩 Related")
    assert (await conversation.press(near, "⬆️ Card"))["text"] == message["text"]


async def test_choosing_a_language_by_button_keeps_it(conversation: Conversation) -> None:
    message = await conversation.ask("/language")
    assert "Колокол" in (await conversation.press(message, "Русский"))["text"]
    assert await conversation.bot.desk.chats.language(YOU) == Language.RU


async def test_a_member_cannot_choose_the_language_of_a_group_by_button(conversation: Conversation) -> None:
    owner, member = conversation.as_(EDITOR, GROUP), conversation.as_(YOU, GROUP)
    message = await owner.ask("/language")
    await member.press(message, "English", alert=True)
    assert await conversation.bot.desk.chats.language(GROUP) is None
    await owner.press(message, "English")
    assert await conversation.bot.desk.chats.language(GROUP) == Language.EN


async def test_a_button_of_an_older_version_leads_to_the_menu(conversation: Conversation) -> None:
    message = await conversation.ask("/start")
    put_button(conversation, message, "Z|old|button")
    assert "Kolokol" in (await conversation.press(message, "Z|old|button", alert=True))["text"]


async def test_a_button_to_a_card_that_is_gone_says_so(conversation: Conversation) -> None:
    message = await conversation.ask("/start")
    data = Route(View.CARD, card_key("a-card-that-never-was")).data()
    put_button(conversation, message, data)
    assert "no longer published" in (await conversation.press(message, data))["text"]


async def test_any_card_by_button_is_a_card(conversation: Conversation) -> None:
    message = await conversation.ask("/start")
    assert "📰 Source" in labels_of(await conversation.press(message, "🎲 Random card"))
