"""The commands. Each finds what is asked for and shows a screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from telegram import Message, Update
from telegram.ext import CommandHandler, filters

from bot import i18n
from bot.catalog.cards import Actor, Audience, Card, Kind, Summary, Term
from bot.handlers.answers import reply
from bot.handlers.desk import Context, Desk, asked_words, desk_of, may_decide
from bot.handlers.questions import answer_question
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.search.naming import Named, find_named
from bot.views.menus import Choice, near_screen, note_screen
from bot.views.reading import Reading, card_route
from bot.views.routes import Route, View
from bot.views.screens import screen_of
from bot.views.trails import audience_trail, kind_trail, topic_trail

LANGUAGES = [Named(Language.EN, ("en", "english", "английский")), Named(Language.RU, ("ru", "russian", "русский"))]
"""What the languages are called when they are typed."""
Command = Callable[[Desk, Reading, Message, str], Awaitable[Screen]]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def handlers() -> list[CommandHandler[Context, None]]:
    """A handler for each command; edited messages are not commands."""
    return [
        CommandHandler(names, _handle(command), filters=filters.UpdateType.MESSAGE)
        for names, command in (
            (["start"], start),
            (["help"], _place(View.HELP)),
            (["about"], _place(View.ABOUT)),
            (["topics", "topic"], topics),
            (["stats"], stats),
            (["policy", "recommendations"], policy),
            (["debates"], _listing(Kind.DEBATE)),
            (["timeline"], _listing(Kind.EVENT)),
            (["glossary"], _listing(Kind.TERM)),
            (["sources"], sources),
            (["random"], random_card),
        )
    ] + [
        CommandHandler("search", search, filters=filters.UpdateType.MESSAGE),
        CommandHandler("language", language, filters=filters.UpdateType.MESSAGE),
    ]


def _handle(command: Command) -> Handler:
    async def handle(update: Update, context: Context) -> None:
        if update.message is None:
            return
        desk = desk_of(context)
        reading = await desk.reading(update.effective_chat, update.effective_user)
        words = asked_words(update.message, desk.username)
        await reply(reading, update.message, await command(desk, reading, update.message, words))

    return handle


def _place(view: View) -> Command:
    async def show(_desk: Desk, reading: Reading, _message: Message, _words: str) -> Screen:
        return screen_of(reading, Route(view))

    return show


async def start(_desk: Desk, reading: Reading, _message: Message, words: str) -> Screen:
    """The greeting, or the card of a deep link."""
    if not words or words == "menu":
        return screen_of(reading, Route(View.HOME))
    card = reading.catalog.find(words)
    return screen_of(reading, card_route(card)) if card else note_screen(reading, "card-gone")


async def topics(_desk: Desk, reading: Reading, _message: Message, words: str) -> Screen:
    """All topics, or the one named."""
    if not words:
        return screen_of(reading, Route(View.TOPICS))
    return _named(reading, words, _cards([topic.summary for topic in reading.catalog.topics], reading))


async def stats(_desk: Desk, reading: Reading, _message: Message, words: str) -> Screen:
    """All measures, or the figures of a topic."""
    if not words:
        return screen_of(reading, Route(View.MEASURES))
    return _named(reading, words, _topic_lists(reading, Kind.STATISTIC))


async def policy(_desk: Desk, reading: Reading, _message: Message, words: str) -> Screen:
    """Recommendations: all, to an audience, or of a topic."""
    if not words:
        return screen_of(reading, Route(View.POLICY))
    audiences = [
        Named(
            Choice(reading.text(f"audience-{audience.value}"), Route(View.LIST, trail=audience_trail(audience))),
            (audience.value, *(i18n.text(language, f"audience-{audience.value}") for language in Language)),
        )
        for audience in Audience
    ]
    return _named(reading, words, [*audiences, *_topic_lists(reading, Kind.RECOMMENDATION)])


async def sources(_desk: Desk, reading: Reading, _message: Message, words: str) -> Screen:
    """All sources, or the one named."""
    if not words:
        return screen_of(reading, Route(View.SOURCES))
    cards = [card for name in reading.catalog.sources if (card := reading.catalog.source_summary(name))]
    choices = _cards(cards, reading)
    credited = [
        Named(choice.thing, (*choice.names, *_credits(reading, card)))
        for choice, card in zip(choices, cards, strict=True)
    ]
    return _named(reading, words, credited)


def _credits(reading: Reading, card: Summary) -> list[str]:
    source = reading.catalog.sources[card.id]
    return [name for credit in (source.author, source.publisher) if credit for name in (credit.name.en, credit.name.ru)]


def _listing(kind: Kind) -> Command:
    async def show(_desk: Desk, reading: Reading, _message: Message, words: str) -> Screen:
        if not words:
            return screen_of(reading, Route(View.LIST, trail=kind_trail(kind)))
        cards = [card for card in reading.catalog.cards if card.kind == kind]
        return _named(reading, words, _cards(cards, reading))

    return show


async def random_card(desk: Desk, reading: Reading, _message: Message, _words: str) -> Screen:
    """Any card."""
    return screen_of(reading, card_route(desk.chance.choice(reading.catalog.cards)))


def _cards(cards: Sequence[Card], reading: Reading) -> list[Named[Choice]]:
    return [
        Named(
            Choice(f"{reading.icon(card)} {reading.title(card)}", card_route(card)),
            (card.id, card.title.en, card.title.ru, *card.tags.en, *card.tags.ru, *_aliases(card)),
        )
        for card in cards
    ]


def _aliases(card: Card) -> tuple[str, ...]:
    return (*card.aliases.en, *card.aliases.ru) if isinstance(card, Actor | Term) else ()


def _topic_lists(reading: Reading, kind: Kind) -> list[Named[Choice]]:
    """The lists of one kind, under the names of their topics."""
    return [
        Named(
            Choice(f"{topic.icon} {reading.title(topic.summary)}", Route(View.LIST, trail=topic_trail(topic.id, kind))),
            (topic.id, topic.summary.title.en, topic.summary.title.ru, *topic.summary.tags.en, *topic.summary.tags.ru),
        )
        for topic in reading.catalog.topics
        if any(card.kind == kind for card in reading.catalog.in_topic(topic.id))
    ]


def _named(reading: Reading, words: str, choices: Sequence[Named[Choice]]) -> Screen:
    exact, near = find_named(words, choices)
    return screen_of(reading, exact.route) if exact else near_screen(reading, words, near)


async def search(update: Update, context: Context) -> None:
    """Search for the words behind the command."""
    if update.message is None:
        return
    desk = desk_of(context)
    reading = await desk.reading(update.effective_chat, update.effective_user)
    words = asked_words(update.message, desk.username)
    if words:
        await answer_question(desk, reading, update.message, words)
    else:
        await reply(reading, update.message, note_screen(reading, "search-ask"))


async def language(update: Update, context: Context) -> None:
    """Show the choice of language, or choose the one named: /language ru."""
    if update.message is None or update.effective_chat is None:
        return
    desk = desk_of(context)
    reading = await desk.reading(update.effective_chat, update.effective_user)
    words = asked_words(update.message, desk.username)
    chosen = find_named(words, LANGUAGES)[0]
    if chosen is None:
        screen = screen_of(reading, Route(View.LANGUAGE))
    elif await may_decide(update):
        await desk.chats.choose_language(update.effective_chat.id, chosen)
        reading = desk.reading_in(chosen)
        screen = note_screen(reading, "language-chosen")
    else:
        screen = note_screen(reading, "language-group")
    await reply(reading, update.message, screen)
