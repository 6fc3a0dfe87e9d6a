"""Menus and descriptions: registered per language and kind of chat."""

from __future__ import annotations

import asyncio

from bot.views.menus import COMMANDS, GROUP_COMMANDS
from tests.conversation import PATIENCE, Conversation, Json


def registered(conversation: Conversation) -> list[Json]:
    exchanges = conversation.sandbox.journal.exchanges
    return [each.parameters for each in exchanges if each.method == "setMyCommands" and each.answer["ok"]]


async def test_menus_are_registered_per_language_and_kind_of_chat(conversation: Conversation) -> None:
    for _ in range(int(PATIENCE / 0.02)):
        if len(registered(conversation)) == 18:
            break
        await asyncio.sleep(0.02)
    menus = {
        (each["scope"]["type"], each.get("language_code", "")): [command["command"] for command in each["commands"]]
        for each in registered(conversation)
    }
    for code in ("", "ru", "uk", "be", "kk", "ky", "uz", "hy", "ka"):
        assert menus["all_private_chats", code] == list(COMMANDS)
        assert menus["all_group_chats", code] == list(GROUP_COMMANDS)
    russian = next(each for each in registered(conversation) if each.get("language_code") == "ru")
    assert russian["commands"][0]["description"].startswith("темы")
