"""Commands, typed by a person to the real bot."""

from __future__ import annotations

import pytest

from bot.catalog.cards import Debate, Event, Recommendation, Statistic, Term
from bot.i18n import STARTS_IN_RUSSIAN, Language
from bot.views.menus import COMMANDS
from tests.conversation import EDITOR, GROUP, YOU, Conversation, buttons_of, labels_of, refusals


@pytest.mark.parametrize("command", [*COMMANDS, "start", "topic", "recommendations"])
@pytest.mark.parametrize("code", ["en", "ru"])
async def test_every_command_answers_with_words_and_buttons(
    conversation: Conversation, command: str, code: str
) -> None:
    conversation.sandbox.acts.change_person(YOU, language_code=code)
    answer = await conversation.ask(f"/{command}")
    assert answer["text"]
    assert buttons_of(answer)
    assert list(refusals(conversation.sandbox)) == []


@pytest.mark.parametrize("code", sorted(STARTS_IN_RUSSIAN))
async def test_people_whose_telegram_speaks_a_neighbouring_language_start_in_russian(
    conversation: Conversation, code: str
) -> None:
    conversation.sandbox.acts.change_person(YOU, language_code=code)
    assert "Колокол" in (await conversation.ask("/start"))["text"]


@pytest.mark.parametrize("code", ["en", "de", "pt-br", "zh-hans"])
async def test_everybody_else_starts_in_english(conversation: Conversation, code: str) -> None:
    conversation.sandbox.acts.change_person(YOU, language_code=code)
    assert "Kolokol" in (await conversation.ask("/start"))["text"]


async def test_a_chosen_language_stays_and_stop_forgets_it(conversation: Conversation) -> None:
    assert "по-русски" in (await conversation.ask("/language ru"))["text"]
    assert "Темы" in (await conversation.ask("/topics"))["text"]
    assert "ничего не хранится" in (await conversation.ask("/stop"))["text"]
    assert await conversation.bot.desk.chats.language(YOU) is None
    assert "Topics" in (await conversation.ask("/topics"))["text"]


async def test_a_deep_link_opens_its_card(conversation: Conversation) -> None:
    for card in conversation.bot.desk.library.catalog.cards[::37]:
        assert card.title.en in (await conversation.ask(f"/start {card.id}"))["text"]


async def test_a_deep_link_to_a_card_that_is_gone_says_so(conversation: Conversation) -> None:
    answer = await conversation.ask("/start no-such-card")
    assert "no longer published" in answer["text"]
    assert labels_of(answer) == ["🏠 Menu"]


@pytest.mark.parametrize("words", ["papers", "Visas and papers", "visa and paper", "ВИЗЫ И ДОКУМЕНТЫ"])
async def test_a_topic_is_found_by_its_id_and_its_names(conversation: Conversation, words: str) -> None:
    assert (await conversation.ask(f"/topic {words}"))["text"].splitlines()[0].endswith("Visas and papers")


@pytest.mark.parametrize("words", ["visass", "вбизы", "opositon"])
async def test_an_argument_that_nearly_fits_offers_the_near_ones(conversation: Conversation, words: str) -> None:
    answer = await conversation.ask(f"/topic {words}")
    assert "Did you mean" in answer["text"]
    offered = buttons_of(answer)[0]
    opened = await conversation.press(answer, offered["text"])
    assert offered["text"].split(" ", 1)[1] in opened["text"]


async def test_an_argument_that_fits_nothing_leads_to_the_topics(conversation: Conversation) -> None:
    answer = await conversation.ask("/topic xyzzyqwfp")
    assert "xyzzyqwfp" in answer["text"]
    assert "📚 Topics" in labels_of(answer)


@pytest.mark.parametrize("words", ["eu", "the European Union", "Евросоюз"])
async def test_recommendations_are_found_by_audience_in_either_language(conversation: Conversation, words: str) -> None:
    answer = await conversation.ask(f"/policy {words}")
    assert "Recommendations to the European Union" in answer["text"]


async def test_recommendations_and_figures_are_found_by_topic(conversation: Conversation) -> None:
    catalog = conversation.bot.desk.library.catalog
    for command, kind in (("policy", Recommendation), ("stats", Statistic)):
        topic = next(catalog.topics_of[card.id][0] for card in catalog.of_type(kind))
        answer = await conversation.ask(f"/{command} {topic}")
        cards = [card for card in catalog.in_topic(topic) if isinstance(card, kind)]
        assert cards[0].title.en in answer["text"]


@pytest.mark.parametrize(("command", "kind"), [("debates", Debate), ("timeline", Event), ("glossary", Term)])
async def test_lists_of_a_kind_also_find_one_card_by_its_title(
    conversation: Conversation, command: str, kind: type[Debate | Event | Term]
) -> None:
    card = conversation.bot.desk.library.catalog.of_type(kind)[0]
    assert card.title.en in (await conversation.ask(f"/{command} {card.title.en}"))["text"].splitlines()[0]


@pytest.mark.parametrize("words", ["Krasheninnikov", "Федор Крашенинников", "Political exiles are key"])
async def test_a_source_is_found_by_author_and_title(conversation: Conversation, words: str) -> None:
    answer = await conversation.ask(f"/sources {words}")
    assert "Political exiles are key to civil society in Russia" in str(answer)


async def test_an_unknown_command_offers_the_near_ones(conversation: Conversation) -> None:
    assert "/topics" in (await conversation.ask("/topisc"))["text"]
    assert "Help lists all" in (await conversation.ask("/qwertyuiop"))["text"]


async def test_a_search_without_words_asks_for_them(conversation: Conversation) -> None:
    assert "/search nansen passport" in (await conversation.ask("/search"))["text"]


async def test_random_shows_cards_and_not_always_the_same(conversation: Conversation) -> None:
    titles = {(await conversation.ask("/random"))["text"].splitlines()[0] for _ in range(8)}
    assert len(titles) > 1


async def test_an_edited_command_is_not_a_new_one(conversation: Conversation) -> None:
    await conversation.ask("/help")
    asked = conversation.messages[0]
    count = len(conversation.messages)
    conversation.sandbox.acts.edit(YOU, asked["message_id"], "/topics")
    await conversation.handled()
    assert len(conversation.messages) == count


async def test_only_chat_administrators_change_the_language_of_a_group(conversation: Conversation) -> None:
    member, owner = conversation.as_(YOU, GROUP), conversation.as_(EDITOR, GROUP)
    assert "administrators choose" in (await member.ask("/language ru"))["text"]
    assert await conversation.bot.desk.chats.language(GROUP) is None
    assert "по-русски" in (await owner.ask("/language ru"))["text"]
    assert "Темы" in (await member.ask("/topics"))["text"]


async def test_only_chat_administrators_stop_the_bot_in_a_group(conversation: Conversation) -> None:
    member, owner = conversation.as_(YOU, GROUP), conversation.as_(EDITOR, GROUP)
    await owner.ask("/language ru")
    await member.ask("/stop")
    assert await conversation.bot.desk.chats.language(GROUP) == Language.RU
    await owner.ask("/stop")
    assert await conversation.bot.desk.chats.language(GROUP) is None


async def test_somebody_who_blocked_the_bot_stops_nothing(conversation: Conversation) -> None:
    await conversation.ask("/start")
    conversation.sandbox.acts.send(YOU, "/topics")
    conversation.sandbox.world.people[YOU].blocked = True
    await conversation.handled()
    other = conversation.as_(EDITOR)
    assert "Колокол" in (await other.ask("/start"))["text"]
