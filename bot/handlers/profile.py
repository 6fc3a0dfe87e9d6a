"""How the bot presents itself: command menus per language and kind of chat, its descriptions."""

from __future__ import annotations

from collections.abc import Iterable

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
from bot.views.menus import ADMINISTRATOR_COMMANDS, COMMANDS, GROUP_COMMANDS


async def present(bot: Bot, administrators: Iterable[int] = ()) -> None:
    """Register menus and descriptions: English for everybody, Russian for the languages that start in Russian.

    Administrators see their own commands too, each in the chat with the bot, and nobody else does.
    """
    await bot.set_my_default_administrator_rights(posting_rights(), for_channels=True)
    for code, language in [("", Language.EN), *((code, Language.RU) for code in sorted(STARTS_IN_RUSSIAN))]:
        for scope, names in (
            (BotCommandScopeAllPrivateChats(), COMMANDS),
            (BotCommandScopeAllGroupChats(), GROUP_COMMANDS),
        ):
            commands = [BotCommand(name, i18n.text(language, f"command-{name}")) for name in names]
            await bot.set_my_commands(commands, scope=scope, language_code=code or None)
        for administrator in administrators:
            await _present_to(bot, administrator, language, code)
        await bot.set_my_description(i18n.text(language, "profile-description"), language_code=code or None)
        await bot.set_my_short_description(i18n.text(language, "profile-short"), language_code=code or None)


async def _present_to(bot: Bot, administrator: int, language: Language, code: str) -> None:
    names = (*COMMANDS, *ADMINISTRATOR_COMMANDS)
    commands = [BotCommand(name, i18n.text(language, f"command-{name}")) for name in names]
    try:
        await bot.set_my_commands(commands, scope=BotCommandScopeChat(administrator), language_code=code or None)
    except TelegramError as error:
        if meaning(error) not in (Meaning.UNREACHABLE, Meaning.PERMANENT):
            raise  # those are administrators who have not started the bot yet: they see the common menu
