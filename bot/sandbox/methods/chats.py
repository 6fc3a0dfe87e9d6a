"""What a bot learns about a chat and changes in it as a whole."""

from bot.sandbox import refusals
from bot.sandbox.chats import PERMISSIONS, Chat
from bot.sandbox.membership import change_member
from bot.sandbox.methods.call import Call, method
from bot.sandbox.posting import post
from bot.sandbox.shapes import Json, present

TITLE_LIMIT = 128  # Bot API, setChatTitle
ABOUT_LIMIT = 255  # Bot API, setChatDescription


@method("getChat")
def get_chat(call: Call) -> Json:
    """All that is known of a chat."""
    chat = call.chat()
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full: Json = {
        **chat.as_chat(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    full |= present(description=chat.description, invite_link=chat.invite_link)
    if chat.username or (chat.person and chat.person.username):
        full["active_usernames"] = [full["username"]]
    if chat.pinned and chat.pinned[-1] in chat.messages:
        full["pinned_message"] = {k: v for k, v in chat.messages[chat.pinned[-1]].items() if k != "reply_to_message"}
    if chat.is_group:
        full["permissions"] = chat.permissions_as_json()
    return full


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> int:
    """How many are in a chat; two in a private one."""
    chat = call.chat()
    return 2 if chat.person else sum(member.is_present for member in chat.members.values())


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    """The bot goes; the chat learns of it, and the bot is told as of any change."""
    chat = call.chat()
    if chat.person is not None:
        raise refusals.LEAVE_PRIVATE.refusal()
    change_member(call.world, chat, call.world.bot.id, "left", by=call.world.bot.id)
    return True


def _may_change(call: Call, chat: Chat, what: str) -> None:
    if chat.person is not None:
        raise refusals.NO_RIGHT_TO.refusal(what=what)
    call.need(chat, "can_change_info", refusals.NO_RIGHT_TO, what=what)


@method("setChatTitle")
def set_chat_title(call: Call) -> bool:
    """Another name for a group or channel; a notice of it stands there."""
    chat = call.chat(write=True)
    _may_change(call, chat, "change chat title")
    title = call.parameters.text("title").strip()[:TITLE_LIMIT]
    if not title:
        raise refusals.TITLE_EMPTY.refusal()
    if title == chat.title:
        raise refusals.CHAT_TITLE_SAME.refusal()
    chat.title = title
    post(call.world, chat, call.world.bot, {"new_chat_title": title})
    call.world.events.tell("changed", chat_id=chat.id)
    return True


@method("setChatDescription")
def set_chat_description(call: Call) -> bool:
    """Another description, or none."""
    chat = call.chat(write=True)
    _may_change(call, chat, "set chat description")
    description = call.parameters.text("description").strip()[:ABOUT_LIMIT] or None
    if description == chat.description:
        raise refusals.ABOUT_SAME.refusal()
    chat.description = description
    return True


@method("setChatPermissions")
def set_chat_permissions(call: Call) -> bool:
    """What members may do who are no administrators."""
    chat = call.chat(write=True)
    if not chat.is_group:
        raise refusals.SUPERGROUPS_ONLY.refusal()
    call.need(chat, "can_restrict_members", refusals.NO_RIGHT_TO, what="change chat permissions")
    given = call.parameters.object("permissions", "permissions") or {}
    chat.permissions = {name for name in PERMISSIONS if given.get(name) is True}
    return True


def _new_link(call: Call, chat: Chat) -> str:
    call.need(chat, "can_invite_users", refusals.NO_RIGHT_TO, what="manage chat invite link")
    return f"https://t.me/+sandbox{call.world.new_id()}"


@method("exportChatInviteLink")
def export_chat_invite_link(call: Call) -> str:
    """A new main link; the one before it no longer works."""
    chat = call.chat(write=True)
    chat.invite_link = _new_link(call, chat)
    return chat.invite_link


@method("createChatInviteLink")
def create_chat_invite_link(call: Call) -> Json:
    """One more link beside the main one."""
    chat = call.chat(write=True)
    parameters = call.parameters
    return {
        "invite_link": _new_link(call, chat),
        "creator": call.world.bot.as_user(),
        "creates_join_request": parameters.flag("creates_join_request"),
        "is_primary": False,
        "is_revoked": False,
        **present(
            name=parameters.text("name") or None,
            expire_date=parameters.integer("expire_date") or None,
            member_limit=parameters.integer("member_limit") or None,
        ),
    }
