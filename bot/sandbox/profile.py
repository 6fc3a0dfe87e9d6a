"""What a bot says about itself: commands by scope and language, names, descriptions, menu buttons, default rights."""

from dataclasses import dataclass, field

from bot.sandbox.shapes import Json

Scope = tuple[str, int, int]
"""The kind of a command scope with its chat and user, 0 where the kind has none."""


@dataclass
class Profile:
    """All that setMy… methods change. Languages are two-letter codes, "" is everyone else."""

    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    default_rights: dict[bool, Json] = field(default_factory=dict)

    def in_language(self, texts: dict[str, str], language: str | None) -> str:
        """The text for a reader of this language: theirs, or everyone's."""
        return texts.get((language or "")[:2]) or texts.get("", "")

    def commands_for(self, chat_type: str, chat_id: int, user_id: int, admin: bool, language: str | None) -> list[Json]:
        """The menu that a person sees in a chat, by Telegram's order of scopes (Bot API, BotCommandScope).

        In each scope the person's language goes before no language; the first list that is there and not empty wins.
        """
        for scope in _scopes(chat_type, chat_id, user_id, admin):
            for code in ((language or "")[:2], ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []


def _scopes(chat_type: str, chat_id: int, user_id: int, admin: bool) -> list[Scope]:
    if chat_type == "channel":
        return []  # a bot has no menu in a channel
    if chat_type == "private":
        return [("chat", chat_id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    scopes: list[Scope] = [("chat_member", chat_id, user_id)]
    if admin:
        scopes.append(("chat_administrators", chat_id, 0))
    scopes.append(("chat", chat_id, 0))
    if admin:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), ("default", 0, 0)]
