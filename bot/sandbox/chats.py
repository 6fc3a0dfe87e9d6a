"""The people and chats of the sandbox, and how each is shown in the Bot API's shapes."""

from dataclasses import dataclass, field

from bot.sandbox.shapes import Json, present

ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",  # newer than Bot API 10.1; aiogram requires it
)
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)
PRESENT = ("creator", "administrator", "member")
BOT_RIGHTS_IN_CHANNEL = {"can_manage_chat", "can_post_messages", "can_edit_messages", "can_delete_messages"}


@dataclass
class Person:
    """A user: someone who talks to the bot, or a bot. `role` names those that the chat page knows.

    Of one who `hides_forwards` a forwarded message tells the name and nothing else.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "en"
    role: str | None = None
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    hides_forwards: bool = False
    photos: list[list[Json]] = field(default_factory=list)

    def as_user(self) -> Json:
        """The User object."""
        return present(
            id=self.id,
            is_bot=self.is_bot,
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
            language_code=None if self.is_bot else self.language_code,
        )


GROUP_ANONYMOUS = Person(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
"""Whom the Bot API names as the sender where an administrator is anonymous (Bot API, Message: sender_chat)."""


@dataclass
class Member:
    """What a user is to a chat. `rights` are those of an administrator, or what a restricted one may still do.

    An administrator who `is_anonymous` speaks in the group's name.
    """

    status: str
    rights: set[str] = field(default_factory=set)
    until_date: int = 0
    custom_title: str | None = None
    is_member: bool = True
    is_anonymous: bool = False

    @property
    def is_present(self) -> bool:
        """Whether the user is in the chat."""
        return self.status in PRESENT or (self.status == "restricted" and self.is_member)

    @property
    def is_administrator(self) -> bool:
        """Whether the user is its owner or an administrator."""
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Whether an administrator's right is held; the owner holds all."""
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)

    def as_member(self, user: Json, chat_type: str) -> Json:
        """The ChatMember object of the kind that the status names."""
        shape: Json = {"status": self.status, "user": user}
        match self.status:
            case "creator":
                shape["is_anonymous"] = self.is_anonymous
            case "administrator":
                shape |= {"can_be_edited": False, "is_anonymous": self.is_anonymous}
                names = ADMINISTRATOR_RIGHTS + (CHANNEL_RIGHTS if chat_type == "channel" else GROUP_RIGHTS)
                shape |= {name: name in self.rights for name in names}
            case "restricted":
                shape |= {"is_member": self.is_member, "until_date": self.until_date}
                shape |= {name: name in self.rights for name in PERMISSIONS}
            case "kicked":
                shape["until_date"] = self.until_date
        if self.custom_title and self.is_administrator:
            shape["custom_title"] = self.custom_title
        return shape


@dataclass
class Topic:
    """A forum topic; its id is that of the message that opened it."""

    id: int
    name: str
    icon_color: int = 0x6FB9F0
    icon_custom_emoji_id: str | None = None
    closed: bool = False

    def as_topic(self) -> Json:
        """The ForumTopic object."""
        return present(
            message_thread_id=self.id,
            name=self.name,
            icon_color=self.icon_color,
            icon_custom_emoji_id=self.icon_custom_emoji_id,
        )


@dataclass
class Chat:
    """A chat with its members and messages; a private one has the id of its person.

    `messages` holds each message as the bot sees it, by id, oldest first. A message is never changed in place:
    an edit puts a new object there, so that what was handed out stays as it was. `by_bot` are the numbers of
    those that the bot itself sent: in a channel the message does not tell.
    """

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    person: Person | None = None
    is_forum: bool = False
    description: str | None = None
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    by_bot: set[int] = field(default_factory=set)
    pinned: list[int] = field(default_factory=list)
    permissions: set[str] = field(default_factory=lambda: set(PERMISSIONS) - {"can_change_info", "can_manage_topics"})
    invite_link: str | None = None
    migrated_to: int | None = None
    deleted: bool = False
    keyboard: Json | None = None
    force_reply: int | None = None
    placeholder: str | None = None
    general_hidden: bool = False
    last_id: int = 0

    @property
    def is_group(self) -> bool:
        """Whether people talk in it: a group or a supergroup."""
        return self.type in ("group", "supergroup")

    def member(self, user_id: int) -> Member:
        """What this user is to the chat; a stranger has left."""
        return self.members.get(user_id) or Member("left")

    def as_chat(self) -> Json:
        """The Chat object."""
        if self.person is not None:
            return present(
                id=self.id,
                first_name=self.person.first_name,
                last_name=self.person.last_name,
                username=self.person.username,
                type="private",
            )
        shape = present(id=self.id, title=self.title, username=self.username, type=self.type)
        if self.is_forum:
            shape["is_forum"] = True
        return shape

    def permissions_as_json(self) -> Json:
        """The ChatPermissions object of all members."""
        return {name: name in self.permissions for name in PERMISSIONS}
