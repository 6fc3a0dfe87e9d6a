"""How the bot presents itself: command menus per language and kind of chat, its descriptions."""

from __future__ import annotations

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot import i18n
from bot.handlers.channels import posting_rights
from bot.i18n import STARTS_IN_RUSSIAN, Language
from bot.transport.errors import Meaning, meaning
from bot.views.menus import ADMINISTRATOR_COMMANDS, COMMANDS, EDITOR_COMMANDS, GROUP_COMMANDS

_LANGUAGES = [("", Language.EN), *((code, Language.RU) for code in sorted(STARTS_IN_RUSSIAN))]
"""The languages of Telegram for which menus are registered, and ours for each."""


async def present(bot: Bot) -> None:
    """Register menus and descriptions: English for everybody, Russian for the languages that start in Russian."""
    await bot.set_my_default_administrator_rights(posting_rights(), for_channels=True)
    for code, language in _LANGUAGES:
        for scope, names in (
            (BotCommandScopeAllPrivateChats(), COMMANDS),
            (BotCommandScopeAllGroupChats(), GROUP_COMMANDS),
        ):
            commands = [BotCommand(name, i18n.text(language, f"command-{name}")) for name in names]
            await bot.set_my_commands(commands, scope=scope, language_code=code or None)
        await bot.set_my_description(i18n.text(language, "profile-description"), language_code=code or None)
        await bot.set_my_short_description(i18n.text(language, "profile-short"), language_code=code or None)


async def present_to(bot: Bot, person: int, *, administrator: bool, editor: bool = True) -> None:
    """Register the menu of one person, with the commands of their role; of whoever has none any more, the common one.

    Who has not started the bot yet sees the common menu.
    """
    names = ADMINISTRATOR_COMMANDS if administrator else EDITOR_COMMANDS if editor else ()
    scope = BotCommandScopeChat(person)
    try:
        for code, language in _LANGUAGES:
            if names:
                commands = [BotCommand(name, i18n.text(language, f"command-{name}")) for name in (*COMMANDS, *names)]
                await bot.set_my_commands(commands, scope=scope, language_code=code or None)
            else:
                await bot.delete_my_commands(scope=scope, language_code=code or None)
    except TelegramError as error:
        if meaning(error) not in (Meaning.UNREACHABLE, Meaning.PERMANENT):
            raise
