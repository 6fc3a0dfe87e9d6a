"""What the bot tells about itself: commands, names, descriptions, menu button, default rights."""

import re

from bot.sandbox import refusals
from bot.sandbox.chats import ADMINISTRATOR_RIGHTS, CHANNEL_RIGHTS, GROUP_RIGHTS
from bot.sandbox.methods.call import Call, method
from bot.sandbox.parameters import whole
from bot.sandbox.profile import Scope
from bot.sandbox.shapes import Json

COMMANDS_LIMIT = 100  # Bot API, setMyCommands
DESCRIPTION_LIMIT = 256  # Bot API, BotCommand
_PLAIN = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")

# The part of the profile, its name in requests and answers, what Telegram calls it, and its longest length.
_TEXTS = {
    "Name": ("names", "name", "bot name", 64),
    "Description": ("descriptions", "description", "bot description", 512),
    "ShortDescription": ("short_descriptions", "short_description", "bot short description", 120),
}


def _language(call: Call) -> str:
    code = call.parameters.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise refusals.LANGUAGE_INVALID.refusal()
    return code


def _scope(call: Call) -> Scope:
    raw = call.parameters.json("scope", "BotCommandScope")
    if raw in (None, ""):
        return ("default", 0, 0)
    if not isinstance(raw, dict):
        raise refusals.SCOPE_UNREADABLE.refusal(why="BotCommandScope must be an Object")
    kind = str(raw.get("type", ""))
    if kind in _PLAIN:
        return (kind, 0, 0)
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise refusals.SCOPE_UNREADABLE.refusal(why="Unsupported type specified")
    if "chat_id" not in raw:
        raise refusals.SCOPE_UNREADABLE.refusal(why='Can\'t find field "chat_id"')
    chat = call.world.find_chat(str(raw["chat_id"]))
    user_id = whole(str(raw.get("user_id", ""))) if kind == "chat_member" else 0
    if kind == "chat_member" and user_id <= 0:
        raise refusals.SCOPE_UNREADABLE.refusal(why="Invalid user_id specified")
    return (kind, chat.id, user_id)


def _command(raw: object) -> Json:
    if not isinstance(raw, dict):
        raise refusals.COMMAND_UNREADABLE.refusal(why="expected an Object")
    for name in ("command", "description"):
        if name not in raw:
            raise refusals.COMMAND_UNREADABLE.refusal(why=f'Can\'t find field "{name}"')
    command, description = str(raw["command"]).removeprefix("/"), str(raw["description"]).strip()
    if not _COMMAND.fullmatch(command):
        raise refusals.COMMAND_INVALID.refusal()
    if not 1 <= len(description) <= DESCRIPTION_LIMIT:
        raise refusals.COMMAND_DESCRIPTION.refusal()
    return {"command": command, "description": description}


@method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    """The menu for one scope and language."""
    raw = call.parameters.array("commands", "commands", "BotCommand") or []
    if len(raw) > COMMANDS_LIMIT:
        raise refusals.COMMANDS_MANY.refusal()
    call.world.profile.commands[_scope(call), _language(call)] = [_command(item) for item in raw]
    call.world.events.tell("changed", chat_id=None)
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> list[Json]:
    """The menu of exactly this scope and language."""
    return call.world.profile.commands.get((_scope(call), _language(call)), [])


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    """Takes the menu of one scope and language away."""
    call.world.profile.commands.pop((_scope(call), _language(call)), None)
    call.world.events.tell("changed", chat_id=None)
    return True


@method(*(f"setMy{what}" for what in _TEXTS))
def set_text(call: Call) -> bool:
    """A name or description in one language; an empty one takes it away."""
    part, field, spoken, limit = _TEXTS[call.name.removeprefix("setMy")]
    text = call.parameters.text(field).strip()
    if len(text) > limit:
        raise refusals.PROFILE_TOO_LONG.refusal(what=spoken)
    texts: dict[str, str] = getattr(call.world.profile, part)
    language = _language(call)
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
    if field == "name" and text and not language:
        call.world.bot.first_name = text
    return True


@method(*(f"getMy{what}" for what in _TEXTS))
def get_text(call: Call) -> Json:
    """The name or description that a reader of this language sees."""
    part, field, _, _ = _TEXTS[call.name.removeprefix("getMy")]
    profile = call.world.profile
    text = profile.in_language(getattr(profile, part), _language(call))
    return {field: text or (call.world.bot.first_name if field == "name" else "")}


@method("setMyDefaultAdministratorRights")
def set_default_rights(call: Call) -> bool:
    """What the bot asks for when it is made an administrator."""
    rights = call.parameters.object("rights", "ChatAdministratorRights") or {}
    call.world.profile.default_rights[call.parameters.flag("for_channels")] = rights
    return True


@method("getMyDefaultAdministratorRights")
def get_default_rights(call: Call) -> Json:
    """The same, every right spelled out."""
    channels = call.parameters.flag("for_channels")
    rights = call.world.profile.default_rights.get(channels, {})
    names = ("is_anonymous", *ADMINISTRATOR_RIGHTS, *(CHANNEL_RIGHTS if channels else GROUP_RIGHTS))
    return {name: rights.get(name) is True for name in names}


def _menu_chat(call: Call) -> int:
    return call.chat().id if "chat_id" in call.parameters else 0


@method("setChatMenuButton")
def set_chat_menu_button(call: Call) -> bool:
    """The button beside the field where one types, for one private chat or all."""
    button = call.parameters.object("menu_button", "menu button") or {"type": "default"}
    kind = button.get("type")
    if kind not in ("default", "commands", "web_app"):
        raise refusals.MENU_BUTTON.refusal(why="MenuButton has unsupported type")
    if kind == "web_app" and not (button.get("text") and isinstance(button.get("web_app"), dict)):
        raise refusals.MENU_BUTTON.refusal(why='Can\'t find field "web_app"')
    call.world.profile.menu_buttons[_menu_chat(call)] = button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(call: Call) -> Json:
    """That button for a chat, or the one for all."""
    buttons, chat_id = call.world.profile.menu_buttons, _menu_chat(call)
    return buttons.get(chat_id) or buttons.get(0) or {"type": "commands" if not chat_id else "default"}
