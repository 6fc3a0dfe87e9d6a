"""Who is in a chat and what they may do."""

from bot.sandbox import refusals
from bot.sandbox.chats import GROUP_ANONYMOUS, PERMISSIONS, Chat, Member
from bot.sandbox.membership import change_member
from bot.sandbox.methods.call import Call, method
from bot.sandbox.posting import delete_messages
from bot.sandbox.shapes import Json
from bot.sandbox.world import ALL_RIGHTS


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> list[Json]:
    """The owner and the administrators; other bots than this one are left out."""
    chat = call.chat()
    if chat.person is not None:
        raise refusals.NO_ADMINS_IN_PRIVATE.refusal()
    _check_list(call, chat)
    people = call.world
    return [
        member.as_member(people.person(user_id).as_user(), chat.type)
        for user_id, member in chat.members.items()
        if member.is_administrator
    ]


def _check_list(call: Call, chat: Chat) -> None:
    """Refuse the members of a channel to a bot that is no administrator there."""
    if chat.type == "channel" and not call.me(chat).is_administrator:
        raise refusals.MEMBERS_HIDDEN.refusal()


@method("getChatMember")
def get_chat_member(call: Call) -> Json:
    """What one user is to a chat."""
    chat, user_id = call.chat(), call.user_id()
    if user_id == GROUP_ANONYMOUS.id and chat.is_group:
        return Member("left").as_member(GROUP_ANONYMOUS.as_user(), chat.type)
    if user_id != call.world.bot.id and user_id not in call.world.people:
        raise refusals.PARTICIPANT_INVALID.refusal()
    user = call.world.person(user_id).as_user()
    if chat.person is not None:
        return Member("member").as_member(user, chat.type)
    if user_id != call.world.bot.id:
        _check_list(call, chat)
    return chat.member(user_id).as_member(user, chat.type)


def _whom(call: Call, right: str) -> tuple[Chat, int, Member]:
    """The chat, the user and their membership, where the bot may change it."""
    chat = call.chat(write=True)
    user_id = call.user_id()
    if chat.person is not None:
        raise refusals.LEAVE_PRIVATE.refusal()
    if user_id not in call.world.people and user_id != call.world.bot.id:
        raise refusals.PARTICIPANT_INVALID.refusal()
    member = chat.member(user_id)
    if member.status == "creator":
        raise refusals.OWNER.refusal()
    if user_id == call.world.bot.id:
        raise refusals.SELF_RESTRICT.refusal()
    call.need(chat, right, refusals.NO_RIGHT_TO, what="restrict/unrestrict chat member")
    return chat, user_id, member


@method("banChatMember")
def ban_chat_member(call: Call) -> bool:
    """Out, and not back before `until_date`."""
    chat, user_id, member = _whom(call, "can_restrict_members")
    if member.is_administrator:
        raise refusals.USER_IS_ADMIN.refusal()
    until = call.parameters.integer("until_date")
    change_member(call.world, chat, user_id, Member("kicked", until_date=until), by=call.world.bot.id)
    if call.parameters.flag("revoke_messages"):
        said = [i for i, m in chat.messages.items() if m.get("from", {}).get("id") == user_id]
        delete_messages(call.world, chat, said)
    return True


@method("unbanChatMember")
def unban_chat_member(call: Call) -> bool:
    """May come back; one who is in is put out, unless `only_if_banned`."""
    chat, user_id, member = _whom(call, "can_restrict_members")
    if chat.type == "group":
        raise refusals.GROUPS_ONLY.refusal()
    if member.status == "kicked" or (member.is_present and not call.parameters.flag("only_if_banned")):
        change_member(call.world, chat, user_id, "left", by=call.world.bot.id)
    return True


@method("restrictChatMember")
def restrict_chat_member(call: Call) -> bool:
    """A member may do only some things; all of them makes an ordinary member again."""
    chat, user_id, member = _whom(call, "can_restrict_members")
    if chat.type != "supergroup":
        raise refusals.SUPERGROUPS_ONLY.refusal()
    if member.is_administrator:
        raise refusals.USER_IS_ADMIN.refusal()
    given = call.parameters.object("permissions", "permissions") or {}
    rights = {name for name in PERMISSIONS if given.get(name) is True}
    until = call.parameters.integer("until_date")
    status = Member("restricted", rights, until, is_member=member.is_present)
    if rights >= chat.permissions:
        status = Member("member") if member.is_present else Member("left")
    change_member(call.world, chat, user_id, status, by=call.world.bot.id)
    return True


@method("promoteChatMember")
def promote_chat_member(call: Call) -> bool:
    """Makes an administrator with the rights that are named, or of one an ordinary member."""
    chat, user_id, _ = _whom(call, "can_promote_members")
    rights = {name for name in ALL_RIGHTS if call.parameters.flag(name)}
    mine = call.me(chat)
    if any(not mine.may(name) for name in rights):
        raise refusals.ADMIN_REQUIRED.refusal()
    hidden = call.parameters.flag("is_anonymous") and chat.type == "supergroup"
    status = Member("member")
    if rights or hidden:
        status = Member("administrator", rights | {"can_manage_chat"}, is_anonymous=hidden)
    change_member(call.world, chat, user_id, status, by=call.world.bot.id)
    return True


@method("setChatAdministratorCustomTitle")
def set_custom_title(call: Call) -> bool:
    """The word beside an administrator's name."""
    chat, _, member = _whom(call, "can_promote_members")
    if chat.type != "supergroup":
        raise refusals.SUPERGROUPS_ONLY.refusal()
    if member.status != "administrator":
        raise refusals.USER_NOT_ADMIN.refusal()
    member.custom_title = call.parameters.text("custom_title")[:16] or None
    return True
