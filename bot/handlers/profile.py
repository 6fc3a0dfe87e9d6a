"""How the bot presents itself: command menus per language and kind of chat, its descriptions."""

from __future__ import annotations

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot import i18n
from bot.i18n import STARTS_IN_RUSSIAN, Language
from bot.views.menus import ADMIN_COMMANDS, COMMANDS, EDITOR_COMMANDS, GROUP_COMMANDS

_LANGUAGES = [("", Language.EN), *((code, Language.RU) for code in sorted(STARTS_IN_RUSSIAN))]
"""The languages of Telegram for which menus are registered, and ours for each."""


async def present_to(bot: Bot, person: int, *, administrator: bool, editor: bool = True) -> None:
    """Register the menu of one person: with the commands of their role before all others, or the common one again."""
    scope = BotCommandScopeChat(person)
    names = (*(EDITOR_COMMANDS if editor or administrator else ()), *(ADMIN_COMMANDS if administrator else ()))
    for code, language in _LANGUAGES:
        if names:
            commands = [BotCommand(name, i18n.text(language, f"command-{name}")) for name in (*names, *COMMANDS)]
            await bot.set_my_commands(commands, scope=scope, language_code=code or None)
        else:
            await bot.delete_my_commands(scope=scope, language_code=code or None)


async def present(bot: Bot) -> None:
    """Register menus and descriptions: English for everybody, Russian for the languages that start in Russian."""
    for code, language in _LANGUAGES:
        for scope, names in (
            (BotCommandScopeAllPrivateChats(), COMMANDS),
            (BotCommandScopeAllGroupChats(), GROUP_COMMANDS),
        ):
            commands = [BotCommand(name, i18n.text(language, f"command-{name}")) for name in names]
            await bot.set_my_commands(commands, scope=scope, language_code=code or None)
        await bot.set_my_description(i18n.text(language, "profile-description"), language_code=code or None)
        await bot.set_my_short_description(i18n.text(language, "profile-short"), language_code=code or None)
