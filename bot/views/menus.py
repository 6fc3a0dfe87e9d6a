"""Where a reader begins: home, help, about, topics, languages; and the short answers in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalog.cards import Kind
from bot.i18n import Language
from bot.layout.blocks import Block, Button, Buttons, CardLink, Heading, ItemList, Paragraph, Press, Screen, bold, text
from bot.views.reading import Reading, card_route, rows
from bot.views.routes import Route, View
from bot.views.trails import kind_trail

COMMANDS = (
    "topics",
    "stats",
    "policy",
    "debates",
    "timeline",
    "sources",
    "glossary",
    "search",
    "random",
    "whatsnew",
    "digest",
    "subscribe",
    "settings",
    "unsubscribe",
    "suggest",
    "language",
    "help",
    "about",
    "privacy",
    "forget",
)
"""The commands of the menu, in its order; each has a description `command-…` in the locales."""
GROUP_COMMANDS = (
    "topics",
    "stats",
    "policy",
    "debates",
    "timeline",
    "sources",
    "search",
    "random",
    "whatsnew",
    "digest",
    "subscribe",
    "settings",
    "unsubscribe",
    "language",
    "help",
)
"""Those that make sense in a group."""

EDITOR_COMMANDS = (
    "draft",
    "new",
    "files",
    "history",
    "rollback",
    "outline",
    "penname",
    "edition",
    "pin",
    "hold",
    "note",
)
"""Those that only editors see, and administrators."""
ADMINISTRATOR_COMMANDS = (*EDITOR_COMMANDS, "editors", "reload", "announce", "delivery", "recall")
"""Those that only administrators of the bot see, in their own menus."""


def home_screen(reading: Reading) -> Screen:
    """The greeting: what this is, and where to go."""
    places: list[Button] = [
        reading.press("menu-topics", Route(View.TOPICS)),
        reading.press("menu-stats", Route(View.MEASURES)),
        reading.press("menu-policy", Route(View.POLICY)),
        reading.press("menu-debates", Route(View.LIST, trail=kind_trail(Kind.DEBATE))),
        reading.press("menu-timeline", Route(View.LIST, trail=kind_trail(Kind.EVENT))),
        reading.press("menu-people", Route(View.LIST, trail=kind_trail(Kind.ACTOR))),
        reading.press("menu-glossary", Route(View.LIST, trail=kind_trail(Kind.TERM))),
        reading.press("menu-sources", Route(View.SOURCES)),
        reading.press("menu-random", Route(View.RANDOM)),
        reading.press("menu-digest", Route(View.SETTINGS, trail="list")),
        reading.press("menu-help", Route(View.HELP)),
        reading.press("menu-language", Route(View.LANGUAGE)),
        reading.press("menu-about", Route(View.ABOUT)),
    ]
    catalog = reading.catalog
    count = reading.text("home-count", cards=len(catalog.cards), sources=len(catalog.sources))
    return Screen.of(
        Heading(text(reading.text("home-title")), icon="🔔"),
        Paragraph(text(reading.text("home-text"))),
        Paragraph(text(reading.text("home-try"))),
        Paragraph(text(count)),
        Buttons(rows(places, 2)),
    )


def help_screen(reading: Reading) -> Screen:
    """Every command with what it does, and how to search."""
    editing: list[Block] = [
        Heading(text(reading.text("help-editing-title")), icon="✍️"),
        Paragraph(text(reading.text("welcome-how"))),
        _commands(reading, EDITOR_COMMANDS),
    ]
    return Screen.of(
        Heading(text(reading.text("help-title")), icon="🧭"),
        Paragraph(text(reading.text("help-search"))),
        _commands(reading, COMMANDS),
        Paragraph(text(reading.text("help-group", username=reading.username))),
        editing if reading.edits else None,
        Buttons(((reading.press("menu-topics", Route(View.TOPICS)), reading.menu()),)),
    )


def _commands(reading: Reading, names: Sequence[str]) -> ItemList:
    return ItemList(tuple(text(f"/{name} — {reading.text(f'command-{name}')}") for name in names))


def about_screen(reading: Reading) -> Screen:
    """What the bot is, where its content comes from, what it keeps about readers."""
    return Screen.of(
        Heading(text(reading.text("about-title")), icon="🔔"),
        Paragraph(text(reading.text("about-text"))),
        Paragraph(text(reading.text("about-method"))),
        Paragraph(text(bold(reading.text("about-privacy-title")), " ", reading.text("about-privacy"))),
        Buttons(
            (
                (reading.press("menu-privacy", Route(View.SETTINGS, trail="privacy")),),
                (reading.press("menu-sources", Route(View.SOURCES)), reading.menu()),
            )
        ),
    )


def topics_screen(reading: Reading) -> Screen:
    """All topics, each a button with the number of its cards."""
    catalog = reading.catalog
    buttons = [
        Press(f"{topic.icon} {reading.title(topic.summary)}", card_route(topic.summary).data())
        for topic in catalog.topics
    ]
    items = tuple(
        text(
            f"{topic.icon} ",
            CardLink(reading.title(topic.summary), topic.id),
            f" · {len(catalog.in_topic(topic.id)) - 1}",
        )
        for topic in catalog.topics
    )
    return Screen.of(
        Heading(text(reading.text("topics-title")), icon="📚"),
        ItemList(items),
        Buttons((*rows(buttons, 2), (reading.menu(),))),
    )


def language_screen(reading: Reading) -> Screen:
    """The choice of language, said in both."""
    names = {Language.EN: "English", Language.RU: "Русский"}
    choices = tuple(
        Press(("✓ " if language == reading.language else "") + name, Route(View.CHOOSE_LANGUAGE, language.value).data())
        for language, name in names.items()
    )
    return Screen.of(
        Heading(text(reading.text("language-title")), icon="🌐"),
        Paragraph(text(reading.text("language-text"))),
        Buttons((choices, (reading.menu(),))),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose by a button: what it is called, where it leads."""

    label: str
    route: Route


def near_screen(reading: Reading, argument: str, near: tuple[Choice, ...]) -> Screen:
    """A command's argument fits nothing exactly: the near ones as buttons, or where to look."""
    shown = argument if len(argument) <= SHOWN_WORDS else argument[:SHOWN_WORDS] + "…"
    buttons = [(Press(choice.label, choice.route.data()),) for choice in near]
    return Screen.of(
        Paragraph(text(reading.text("near-some" if near else "near-none", argument=shown))),
        Buttons((*buttons, (reading.press("menu-topics", Route(View.TOPICS)), reading.menu()))),
    )


def unknown_command_screen(reading: Reading, near: tuple[str, ...]) -> Screen:
    """There is no such command: those written nearly like it, and the way to all."""
    items = tuple(text(f"/{name} — {reading.text(f'command-{name}')}") for name in near)
    return Screen.of(
        Paragraph(text(reading.text("unknown-command-near" if near else "unknown-command"))),
        ItemList(items) if items else None,
        Buttons(((reading.press("menu-help", Route(View.HELP)), reading.menu()),)),
    )


SHOWN_WORDS = 80
"""Characters of a reader's own words that are shown back."""


def note_screen(reading: Reading, key: str, **values: object) -> Screen:
    """One paragraph and the way home: for short answers."""
    return Screen.of(Paragraph(text(reading.text(key, **values))), Buttons(((reading.menu(),),)))
