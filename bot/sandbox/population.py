"""Many people and chats at once, for tests of what goes out to thousands."""

from collections.abc import Iterable

from bot.sandbox.chats import Chat, Person, Topic
from bot.sandbox.posting import post
from bot.sandbox.shapes import Json, present
from bot.sandbox.world import World

KINDS = ("people", "groups", "supergroups", "forums", "channels")
MOST = 1_000_000
TOPICS = ("News", "Visas", "Work")


def populate(world: World, **numbers: int) -> Json:
    """Add so many of each kind (see KINDS); answers their ids by kind, those of forums with their topics' numbers.

    People have talked to the bot; it is a member of groups and an administrator of channels. All chats belong to one
    person, `owner`. Raises ValueError for a kind that there is not or a number out of bounds.
    """
    if unknown := set(numbers) - set(KINDS):
        raise ValueError(f"there are no {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    if not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= MOST for n in numbers.values()):
        raise ValueError(f"each is a whole number from 0 to {MOST}")
    found: Json = {}
    if numbers.get("people"):
        found["people"] = [_reader(world, i).id for i in range(numbers["people"])]
    if any(numbers.get(kind) for kind in KINDS[1:]):
        owner = world.add_person("Owner", started=True)
        found["owner"] = owner.id
        for kind in KINDS[1:]:
            chats = [_chat(world, kind, owner, i) for i in range(numbers.get(kind, 0))]
            if chats:
                found[kind] = _named(chats)
    return found


def _reader(world: World, number: int) -> Person:
    return world.add_person(f"Reader {number + 1}", language_code=("en", "ru")[number % 2], started=True)


def _chat(world: World, kind: str, owner: Person, number: int) -> Chat:
    chat_type = {"groups": "group", "channels": "channel"}.get(kind, "supergroup")
    rank = "administrator" if chat_type == "channel" else "member"
    title = f"{kind.removesuffix('s').capitalize()} {number + 1}"
    chat = world.add_chat(chat_type, title, creator=owner.id, bot=rank, forum=kind == "forums")
    if chat.is_forum:
        for name in TOPICS:
            open_topic(world, chat, owner, name)
    return chat


def _named(chats: Iterable[Chat]) -> list[int] | list[Json]:
    return [{"id": chat.id, "threads": list(chat.topics)} if chat.is_forum else chat.id for chat in chats]  # type: ignore[return-value]


def open_topic(
    world: World, chat: Chat, by: Person, name: str, color: int = 0x6FB9F0, icon: str | None = None
) -> Topic:
    """A new topic of a forum; its number is that of the notice which opens it."""
    created = present(name=name, icon_color=color, icon_custom_emoji_id=icon)
    notice = post(world, chat, by, {"forum_topic_created": created})
    number = notice["message_id"]
    chat.messages[number] = {**notice, "message_thread_id": number, "is_topic_message": True}
    chat.topics[number] = Topic(number, name, color, icon)
    return chat.topics[number]
