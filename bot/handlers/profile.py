"""How the bot presents itself: command menus per language and kind of chat, its descriptions."""

from __future__ import annotations

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bot import i18n
from bot.i18n import STARTS_IN_RUSSIAN, Language
from bot.views.menus import COMMANDS, GROUP_COMMANDS


async def present(bot: Bot) -> None:
    """Register menus and descriptions: English for everybody, Russian for the languages that start in Russian."""
    for code, language in [("", Language.EN), *((code, Language.RU) for code in sorted(STARTS_IN_RUSSIAN))]:
        for scope, names in (
            (BotCommandScopeAllPrivateChats(), COMMANDS),
            (BotCommandScopeAllGroupChats(), GROUP_COMMANDS),
        ):
            commands = [BotCommand(name, i18n.text(language, f"command-{name}")) for name in names]
            await bot.set_my_commands(commands, scope=scope, language_code=code or None)
        await bot.set_my_description(i18n.text(language, "profile-description"), language_code=code or None)
        await bot.set_my_short_description(i18n.text(language, "profile-short"), language_code=code or None)
