"""A change of what a user is to a chat: the notice in the chat, and what the bot is told."""

from bot.sandbox.chats import Chat, Member
from bot.sandbox.posting import post
from bot.sandbox.shapes import Json
from bot.sandbox.world import World


def change_member(world: World, chat: Chat, user_id: int, to: Member | str, *, by: int) -> None:
    """Make the change, with `my_chat_member` or `chat_member` to the bot and a notice where people see one.

    `to` is a status or a whole membership; the bot as "administrator" gets the rights that it asks for.
    """
    if isinstance(to, str):
        to = world.bot_as(chat, to) if user_id == world.bot.id else Member(to)
    old = chat.member(user_id)
    chat.members[user_id] = to
    actor, user = world.person(by), world.person(user_id)
    notice: Json | None = None
    if chat.is_group and to.is_present and not old.is_present:
        notice = {"new_chat_members": [user.as_user()]}
    elif chat.is_group and old.is_present and not to.is_present:
        notice = {"left_chat_member": user.as_user()}
    change = {
        "chat": chat.as_chat(),
        "from": actor.as_user(),
        "date": world.now,
        "old_chat_member": old.as_member(user.as_user(), chat.type),
        "new_chat_member": to.as_member(user.as_user(), chat.type),
    }
    if user_id == world.bot.id:
        world.updates.push("my_chat_member", change)
    elif chat.member(world.bot.id).is_administrator:
        world.updates.push("chat_member", change)
    if notice is not None:
        message = post(world, chat, actor, notice)
        if by != world.bot.id and (chat.member(world.bot.id).is_present or (user_id == world.bot.id and to.is_present)):
            world.updates.push("message", message)
    world.events.tell("changed", chat_id=chat.id)
