"""What the bot knows and says about itself, through aiogram."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ChatAdministratorRights,
    MenuButtonCommands,
)

from bot.sandbox import Sandbox
from tests.sandbox.aiogram_pieces import plain
from tests.sandbox.conftest import EDITOR, YOU


async def test_the_bot_knows_itself(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    me = await aiogram_bot.get_me()
    assert (me.id, me.is_bot, me.username, me.supports_inline_queries) == (
        sandbox.world.bot.id,
        True,
        "kolokol_sandbox_bot",
        True,
    )
    assert await aiogram_bot.log_out()
    assert (await aiogram_bot.get_webhook_info()).url == ""


async def test_commands_by_scope_and_language(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    english, russian = [BotCommand(command="help", description="Help")], [BotCommand(command="help", description="Да")]
    private = BotCommandScopeAllPrivateChats()
    await aiogram_bot.set_my_commands(english)
    await aiogram_bot.set_my_commands(russian, scope=private, language_code="ru")
    await aiogram_bot.set_my_commands([BotCommand(command="own", description="Own")], BotCommandScopeChat(chat_id=YOU))
    assert plain(*await aiogram_bot.get_my_commands()) == plain(*english)
    assert plain(*await aiogram_bot.get_my_commands(private, "ru")) == plain(*russian)
    assert await aiogram_bot.get_my_commands(private) == []

    def menu(user: int, language: str, kind: str = "private") -> list[str]:
        shown = sandbox.world.profile.commands_for(kind, user, user, False, language)
        return [command["description"] for command in shown]

    assert (menu(EDITOR, "ru"), menu(EDITOR, "en"), menu(YOU, "ru")) == (["Да"], ["Help"], ["Own"])
    assert menu(EDITOR, "ru", "supergroup") == ["Help"]
    await aiogram_bot.delete_my_commands()
    assert await aiogram_bot.get_my_commands() == []
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await aiogram_bot.set_my_commands([BotCommand(command="Help", description="Help")])
    with pytest.raises(TelegramBadRequest, match="command description must be non-empty"):
        await aiogram_bot.set_my_commands([BotCommand(command="help", description=" ")])
    with pytest.raises(TelegramBadRequest, match="invalid language code specified"):
        await aiogram_bot.set_my_commands(english, language_code="english")


async def test_what_the_bot_says_about_itself(aiogram_bot: Bot) -> None:
    await aiogram_bot.set_my_name("Bell")
    await aiogram_bot.set_my_description("Long", language_code="ru")
    await aiogram_bot.set_my_short_description("Short")
    assert (await aiogram_bot.get_my_name()).name == "Bell"
    assert (await aiogram_bot.get_my_description(language_code="ru")).description == "Long"
    assert (await aiogram_bot.get_my_description()).description == ""
    assert (await aiogram_bot.get_my_short_description(language_code="ru")).short_description == "Short"
    await aiogram_bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await aiogram_bot.get_chat_menu_button()).type == "commands"
    flags = [name for name, field in ChatAdministratorRights.model_fields.items() if field.is_required()]
    rights = ChatAdministratorRights(**(dict.fromkeys(flags, False) | {"can_post_messages": True}))
    await aiogram_bot.set_my_default_administrator_rights(rights, for_channels=True)
    assert (await aiogram_bot.get_my_default_administrator_rights(for_channels=True)).can_post_messages
