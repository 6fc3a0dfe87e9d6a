"""What the sandbox refuses, in Telegram's own words, each with the place where that wording is seen.

`api` stands for the repository tdlib/telegram-bot-api (read at version 10.0) and `td` for tdlib/td,
which that server is built on. Words that come from deeper inside (mostly in capitals) are passed on by
both; beside them stands a public report of someone who met them, or Telegram's list of a method's errors.
"""

from dataclasses import dataclass

from bot.sandbox.shapes import Json


class Refusal(Exception):  # noqa: N818 - the word of this field; it is an answer, not a failure
    """An answer with `ok: false`: HTTP status and error code, the description, and `parameters` where there are any."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_answer(self) -> Json:
        """The body of the answer."""
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


@dataclass(frozen=True)
class Wording:
    """One refusal: its code, its words (with `{names}` to fill in) and where those words are seen."""

    code: int
    text: str
    origin: str

    def refusal(self, parameters: Json | None = None, /, **values: object) -> Refusal:
        """The refusal with its blanks filled in, ready to be raised."""
        return Refusal(self.code, self.text.format(**values) if values else self.text, parameters)


_API = "tdlib/telegram-bot-api, telegram-bot-api/Client.cpp: "
_MANAGER = "tdlib/telegram-bot-api, telegram-bot-api/ClientManager.cpp: "
_SERVER = "https://core.telegram.org/method/"
_TD = "tdlib/td, td/telegram/"

# The address and the token.
METHOD_NOT_FOUND = Wording(404, "Not Found: method not found", _API + "on_cmd")
NOT_FOUND = Wording(
    404, "Not Found", "api.telegram.org for what is not there; python-telegram-bot, telegram/request/_baserequest.py"
)
UNAUTHORIZED = Wording(401, "Unauthorized", _API + "get_closing_error")
TOKEN_INVALID = Wording(401, "Unauthorized: invalid token specified", _MANAGER + "send")
INTERNAL = Wording(500, "Internal Server Error", _API + "fail_query_with_error")

# Updates.
OTHER_POLLER = Wording(
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    _API + "abort_long_poll",
)
ENDED_BY_WEBHOOK = Wording(409, "Conflict: terminated by setWebhook request", _API + "abort_long_poll")
WEBHOOK_ACTIVE = Wording(
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    _API + "process_get_updates_query",
)
WEBHOOK_URL_INVALID = Wording(400, "Bad Request: invalid webhook URL specified", _API + "finish_set_webhook")
WEBHOOK_ADDRESS = Wording(
    400,
    "Bad Request: bad webhook: IP address {host} is reserved",
    "tdlib/telegram-bot-api, telegram-bot-api/WebhookActor.cpp; there for loopback, here for all else",
)
SECRET_TOO_LONG = Wording(400, "Bad Request: secret token is too long", _API + "do_set_webhook")
SECRET_CHARACTERS = Wording(400, "Bad Request: secret token contains unallowed characters", _API + "do_set_webhook")

# Parameters.
PARAMETER_REQUIRED = Wording(400, 'Bad Request: parameter "{name}" is required', _API + "get_required_string_arg")
CHAT_ID_EMPTY = Wording(400, "Bad Request: chat_id is empty", _API + "check_chat")
USER_ID_INVALID = Wording(400, "Bad Request: invalid user_id specified", _API + "get_user_id")
MESSAGE_ID_EMPTY = Wording(400, "Bad Request: message identifier is not specified", _API + "process_edit_message_text")
MESSAGE_IDS_EMPTY = Wording(400, "Bad Request: message identifiers are not specified", _API + "get_message_ids")
MESSAGE_IDS_TYPE = Wording(400, "Bad Request: expected an Array of message identifiers", _API + "get_message_ids")
MESSAGE_IDS_MANY = Wording(400, "Bad Request: too many message identifiers specified", _API + "get_message_ids")
JSON_UNREADABLE = Wording(400, "Bad Request: can't parse {what} JSON object", _API + "get_reply_markup and others")
OBJECT_EXPECTED = Wording(400, "Bad Request: object expected as {what}", _API + "get_reply_markup and others")
ARRAY_EXPECTED = Wording(400, "Bad Request: expected an Array of {what}", _API + "get_bot_commands and others")
FIELD_TYPE = Wording(
    400, 'Bad Request: {path}field "{name}" must be of type {type}', "tdlib/td, tdutils/td/utils/JsonBuilder.cpp"
)
FIELD_MISSING = Wording(
    400, 'Bad Request: {path}can\'t find field "{name}"', "tdlib/td, tdutils/td/utils/JsonBuilder.cpp"
)
BODY_UNREADABLE = Wording(
    400,
    "Bad Request: can't parse JSON object",
    "none: Telegram logs it and goes on without (tdlib/td, tdnet/td/net/HttpReader.cpp); here it is said",
)
FORM_UNREADABLE = Wording(
    400,
    "Bad Request: can't parse multipart form: {why}",
    "none: Telegram has words for each fault (tdlib/td, tdnet/td/net/HttpReader.cpp); here the parser's stand",
)
PARSE_MODE = Wording(400, "Bad Request: unsupported parse_mode", _API + "get_formatted_text")
ACTION = Wording(400, "Bad Request: wrong parameter action in request", _API + "process_send_chat_action_query")

# Text.
CANNOT_PARSE = Wording(
    400, "Bad Request: can't parse entities: {why}", _TD + "SynchronousRequests.cpp: parseTextEntities"
)
TEXT_EMPTY = Wording(400, "Bad Request: message text is empty", _API + "get_input_message_text")
TEXT_BLANK = Wording(400, "Bad Request: text must be non-empty", _TD + "MessageEntity.cpp: fix_formatted_text")
TEXT_TOO_LONG = Wording(400, "Bad Request: message is too long", _TD + "MessageContent.cpp; MessagesManager.cpp")
TEXT_HUGE = Wording(400, "Bad Request: text is too long", _API + "get_formatted_text")
EDIT_TOO_LONG = Wording(
    400, "Bad Request: MESSAGE_TOO_LONG", "issue 3 of kfstorm/carnivore; td names it in MessagesManager.cpp"
)
CAPTION_TOO_LONG = Wording(400, "Bad Request: message caption is too long", _TD + "MessageContent.cpp; MessagesManager")
EDIT_CAPTION_TOO_LONG = Wording(
    400, "Bad Request: MEDIA_CAPTION_TOO_LONG", _TD + "MessagesManager.cpp names it as the server's"
)
TOO_MANY_ENTITIES = Wording(
    400,
    "Bad Request: too many entities: {count} after parsing, at most {limit}",
    "none: Telegram drops what is over 100 in silence (Bot API, limits of sendMessage); the strict mode says it",
)
ENTITY_UNREADABLE = Wording(400, "Bad Request: can't parse MessageEntity: {why}", _API + "get_formatted_text")
ENTITY_NEGATIVE = Wording(
    400, "Bad Request: receive an entity with incorrect {name} {value}", _TD + "MessageEntity.cpp"
)
ENTITY_AFTER = Wording(
    400, "Bad Request: entity begins after the end of the text at UTF-16 offset {offset}", _TD + "MessageEntity.cpp"
)
ENTITY_OVER = Wording(
    400,
    "Bad Request: entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}",
    _TD + "MessageEntity.cpp",
)
ENTITY_URL = Wording(
    400, "Bad Request: entity URL '{url}' is invalid: {why}", _TD + "MessageEntity.cpp; LinkManager.cpp"
)

# Keyboards.
BUTTON_DATA_INVALID = Wording(
    400, "Bad Request: BUTTON_DATA_INVALID", "issue 528 of python-telegram-bot/python-telegram-bot"
)
BUTTON_URL_INVALID = Wording(
    400,
    "Bad Request: inline keyboard button URL '{url}' is invalid: {why}",
    _TD + "ReplyMarkup.cpp: get_inline_keyboard_button",
)
BUTTON_TEXT = Wording(400, "Bad Request: inline keyboard button text must be non-empty", _TD + "ReplyMarkup.cpp")
KEY_TEXT = Wording(400, "Bad Request: keyboard button text must be non-empty", _TD + "ReplyMarkup.cpp")
BUTTON_KIND = Wording(
    400,
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    _API + "get_inline_keyboard_button_type",
)
BUTTON_OBJECT = Wording(
    400,
    "Bad Request: can't parse inline keyboard button: InlineKeyboardButton must be an Object",
    _API + "get_inline_keyboard_button",
)
KEY_OBJECT = Wording(
    400,
    "Bad Request: can't parse keyboard button: KeyboardButton must be a String or an Object",
    _API + "get_keyboard_button",
)
BUTTON_FIELD = Wording(
    400, "Bad Request: can't parse {kind}: {why}", _API + "get_reply_markup; tdlib/td, tdutils/td/utils/JsonBuilder.cpp"
)
ROWS_EXPECTED = Wording(
    400, 'Bad Request: field "{name}" of the {owner} must be an Array of Arrays', _API + "get_reply_markup"
)
MARKUP_TOO_LONG = Wording(400, "Bad Request: reply markup is too long", _API + "fail_query_with_error")
INLINE_EXPECTED = Wording(400, "Bad Request: inline keyboard expected", _TD + "ReplyMarkup.cpp")
PRIVATE_ONLY = Wording(400, "Bad Request: {what} can be requested in private chats only", _TD + "ReplyMarkup.cpp")

# Chats.
CHAT_NOT_FOUND = Wording(400, "Bad Request: chat not found", _API + "check_chat")
USER_NOT_FOUND = Wording(400, "Bad Request: user not found", _API + "get_chat_member")
MEMBERS_HIDDEN = Wording(
    400, "Bad Request: member list is inaccessible", _TD + "DialogParticipantManager.cpp: get_channel_participants"
)
PARTICIPANT_INVALID = Wording(400, "Bad Request: PARTICIPANT_ID_INVALID", "issue 802 of tdlib/telegram-bot-api")
BLOCKED = Wording(403, "Forbidden: bot was blocked by the user", _API + "fail_query_with_error")
DEACTIVATED = Wording(403, "Forbidden: user is deactivated", _API + "check_chat_access")
NO_CONVERSATION = Wording(
    403, "Forbidden: bot can't initiate conversation with a user", "issue 1030 of yagop/node-telegram-bot-api"
)
BOT_TO_BOT = Wording(403, "Forbidden: bot can't send messages to bots", "TelegramBotAPI/errors, README.md")
KICKED = Wording(403, "Forbidden: bot was kicked from the {kind} chat", _API + "check_chat_access")
NOT_MEMBER = Wording(403, "Forbidden: bot is not a member of the {kind} chat", _API + "check_chat_access")
GROUP_DELETED = Wording(403, "Forbidden: the group chat was deleted", _API + "check_chat_access")
MIGRATED = Wording(400, "Bad Request: group chat was upgraded to a supergroup chat", _API + "check_chat_access")
NO_RIGHT_TO_SEND = Wording(
    400,
    "Bad Request: not enough rights to send {what} to the chat",
    _TD + "MessageContent.cpp: can_send_message_content",
)
CHANNEL_ADMIN = Wording(400, "Bad Request: need administrator rights in the channel chat", _TD + "DialogManager.cpp")
NO_RIGHTS = Wording(400, "Bad Request: not enough rights", _TD + "DialogParticipantManager.cpp")
NO_RIGHT_TO = Wording(400, "Bad Request: not enough rights to {what}", _TD + "DialogManager.cpp; ForumTopicManager.cpp")
ADMIN_REQUIRED = Wording(400, "Bad Request: RIGHT_FORBIDDEN", "issue 1025 of TelegramBots/Telegram.Bot")
USER_IS_ADMIN = Wording(400, "Bad Request: user is an administrator of the chat", _API + "fail_query_with_error")
USER_NOT_ADMIN = Wording(
    400, "Bad Request: user is not an administrator", _API + "process_set_chat_administrator_custom_title_query"
)
OWNER = Wording(400, "Bad Request: can't remove chat owner", _TD + "DialogParticipantManager.cpp")
SELF_RESTRICT = Wording(400, "Bad Request: can't restrict self", _TD + "DialogParticipantManager.cpp")
GROUPS_ONLY = Wording(
    400, "Bad Request: method is available for supergroup and channel chats only", _API + "process_unban_chat_member"
)
SUPERGROUPS_ONLY = Wording(
    400, "Bad Request: method is available only for supergroups", _API + "process_restrict_chat_member_query"
)
NO_ADMINS_IN_PRIVATE = Wording(
    400, "Bad Request: there are no administrators in the private chat", _API + "process_get_chat_administrators_query"
)
CHAT_TITLE_SAME = Wording(400, "Bad Request: CHAT_NOT_MODIFIED", _SERVER + "channels.editTitle")
ABOUT_SAME = Wording(400, "Bad Request: chat description is not modified", _API + "fail_query_with_error")
TITLE_EMPTY = Wording(400, "Bad Request: title must be non-empty", _TD + "DialogManager.cpp: set_dialog_title")
LEAVE_PRIVATE = Wording(
    400, "Bad Request: chat member status can't be changed in private chats", _TD + "DialogParticipantManager.cpp"
)
NOT_A_FORUM = Wording(400, "Bad Request: the chat is not a forum", _TD + "ForumTopicManager.cpp: is_forum")
TOPIC_CLOSED = Wording(400, "Bad Request: TOPIC_CLOSED", "issue 12 of rteixeirax/qbittorrent_telegram_notification")
TOPIC_SAME = Wording(400, "Bad Request: TOPIC_NOT_MODIFIED", "issue 1252 of TelegramBots/Telegram.Bot")
TOPIC_TITLE = Wording(400, "Bad Request: TOPIC_TITLE_EMPTY", _SERVER + "channels.createForumTopic")

# Messages.
NOT_HERE = Wording(400, "Bad Request: {what} not found", _API + "check_message")
THREAD_NOT_FOUND = Wording(400, "Bad Request: message thread not found", _API + "check_message_topic")
NOT_MODIFIED = Wording(
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message",
    _API + "fail_query_with_error",
)
CANNOT_EDIT = Wording(400, "Bad Request: message can't be edited", _TD + "MessagesManager.cpp: edit_message_text")
NO_TEXT_TO_EDIT = Wording(400, "Bad Request: there is no text in the message to edit", _TD + "MessagesManager.cpp")
NO_CAPTION_TO_EDIT = Wording(
    400, "Bad Request: there is no caption in the message to edit", _TD + "MessagesManager.cpp"
)
MEDIA_FIXED = Wording(
    400, "Bad Request: message media can't be edited", _TD + "MessagesManager.cpp: edit_message_media"
)
NO_LIVE_LOCATION = Wording(
    400,
    "Bad Request: there is no live location in the message to edit",
    _TD + "MessagesManager.cpp: edit_message_live_location",
)
CANNOT_DELETE = Wording(400, "Bad Request: message can't be deleted", _API + "fail_query_with_error")
CANNOT_DELETE_FOR_ALL = Wording(
    400, "Bad Request: message can't be deleted for everyone", "issue 403 of tdlib/telegram-bot-api"
)
CANNOT_FORWARD = Wording(400, "Bad Request: messages can't be forwarded", _API + "process_forward_messages_query")
IDS_NOT_RISING = Wording(
    400,
    "Bad Request: message identifiers must be in a strictly increasing order",
    _TD + "MessagesManager.cpp: get_forwarded_messages",
)
CANNOT_COPY = Wording(400, "Bad Request: message can't be copied", _TD + "MessagesManager.cpp: get_forwarded_messages")
INLINE_ID_INVALID = Wording(
    400, "Bad Request: MESSAGE_ID_INVALID", "issue 2733 of python-telegram-bot/python-telegram-bot"
)
QUOTE_NOT_FOUND = Wording(400, "Bad Request: QUOTE_TEXT_INVALID", "issue 74581 of openclaw/openclaw")
POLL_CLOSED = Wording(
    400, "Bad Request: poll has already been closed", "teloxide/teloxide, errors.rs: PollHasAlreadyClosed"
)
NO_POLL = Wording(400, "Bad Request: message with poll to stop not found", _API + "process_stop_poll_query")
POLL_TEXT = Wording(400, "Bad Request: {what} must be non-empty", _TD + "MessageContent.cpp: inputMessagePoll")
POLL_LENGTH = Wording(
    400, "Bad Request: {what} length must not exceed {limit}", _TD + "MessageContent.cpp: inputMessagePoll"
)
POLL_FEW = Wording(400, "Bad Request: poll must have at least one answer option", _TD + "PollOption.cpp")
POLL_MANY = Wording(400, "Bad Request: poll can't have more than {limit} options", _TD + "PollOption.cpp")
QUIZ_ANSWER = Wording(
    400, "Bad Request: wrong correct option ID specified", _TD + "MessageContent.cpp: inputMessagePoll"
)
REACTION = Wording(400, "Bad Request: REACTION_INVALID", "pull request 81863 of openclaw/openclaw")
REACTIONS_MANY = Wording(400, "Bad Request: REACTIONS_TOO_MANY", _SERVER + "messages.sendReaction")
IMAGE_BROKEN = Wording(400, "Bad Request: IMAGE_PROCESS_FAILED", "issue 302 of TelegramBot/Api")
PHOTO_DIMENSIONS = Wording(
    400, "Bad Request: PHOTO_INVALID_DIMENSIONS", "issue 600 of go-telegram-bot-api/telegram-bot-api"
)

# Files and albums.
NO_FILE = Wording(
    400, "Bad Request: there is no {what} in the request", _API + "process_send_document_query and others"
)
FILE_UNKNOWN = Wording(
    400, "Bad Request: wrong file_id or the file is temporarily unavailable", _API + "process_get_file_query"
)
FILE_ID_WRONG = Wording(400, "Bad Request: wrong file identifier/HTTP URL specified", _TD + "MessagesManager.cpp")
FILE_ID_EMPTY = Wording(400, "Bad Request: file_id not specified", _API + "process_get_file_query")
FILE_KIND = Wording(
    400, "Bad Request: can't use file of type {found} as {wanted}", _TD + "files/FileManager.cpp: get_input_file_id"
)
FILE_EMPTY = Wording(400, "Bad Request: file must be non-empty", _TD + "files/FileLoaderUtils.cpp")
FILE_TOO_BIG = Wording(400, "Bad Request: file is too big", _API + "TdOnGetFileCallback")
UPLOAD_TOO_BIG = Wording(413, "Request Entity Too Large", "tdlib/td, tdnet/td/net/HttpReader.cpp")
URL_UNREACHABLE = Wording(400, "Bad Request: failed to get HTTP URL content", _API + "fail_query_with_error")
ALBUM_FEW = Wording(400, "Bad Request: there are no messages to send", _TD + "MessagesManager.cpp: send_message_group")
ALBUM_MANY = Wording(400, "Bad Request: too many messages to send as an album", _TD + "MessageContent.cpp")
ALBUM_KIND = Wording(
    400,
    "Bad Request: can't parse InputMedia: type \"{kind}\" can't be used in sendMediaGroup",
    _API + "get_input_media",
)
MEDIA_KIND = Wording(400, "Bad Request: can't parse InputMedia: {why}", _API + "get_input_media")
ALBUM_MIXED = Wording(
    400, "Bad Request: can't use the media of the specified type in the album", _API + "fail_query_with_error"
)
LOCATION_EMPTY = Wording(400, "Bad Request: {name} is empty", _API + "get_location")

# Queries.
QUERY_TOO_OLD = Wording(
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
    _API + "fail_query_with_error",
)
ANSWER_TOO_LONG = Wording(
    400,
    "Bad Request: MESSAGE_TOO_LONG",
    "the server's word for any text over its limit (issue 3 of kfstorm/carnivore); Bot API: 0-200 characters",
)
RESULTS_MANY = Wording(
    400, "Bad Request: too many inline query results specified", _API + "process_answer_inline_query"
)
RESULTS_TYPE = Wording(400, "Bad Request: expected an Array of inline query results", _API + "get_inline_query_results")
RESULT_ID_INVALID = Wording(400, "Bad Request: RESULT_ID_INVALID", "issue 869 of telegraf/telegraf")
RESULT_ID_DUPLICATE = Wording(
    400, "Bad Request: RESULT_ID_DUPLICATE", "issue 860 of python-telegram-bot/python-telegram-bot"
)
RESULT_UNREADABLE = Wording(
    400,
    "Bad Request: can't parse inline query result: {why}",
    "issue 34 of puregram/puregram; tdlib/telegram-bot-api, Client.cpp: get_inline_query_results",
)
RESULT_CONTENT = Wording(400, "Bad Request: message text is empty", _API + "get_input_message_text")
NEXT_OFFSET_INVALID = Wording(400, "Bad Request: NEXT_OFFSET_INVALID", _SERVER + "messages.setInlineBotResults")
START_PARAMETER = Wording(400, "Bad Request: START_PARAM_INVALID", _SERVER + "messages.setInlineBotResults")

# The bot itself.
COMMAND_INVALID = Wording(400, "Bad Request: BOT_COMMAND_INVALID", "issue 98 of tdlib/telegram-bot-api")
COMMAND_DESCRIPTION = Wording(
    400,
    "Bad Request: command description must be non-empty",
    "issue 87 of williamhorning/lightning; tdlib/td, td/telegram/BotCommand.cpp",
)
COMMANDS_MANY = Wording(
    400,
    "Bad Request: BOT_COMMANDS_TOO_MUCH",
    "pull request 8963 of zeroclaw-labs/zeroclaw; Bot API, setMyCommands: at most 100",
)
COMMAND_UNREADABLE = Wording(400, "Bad Request: can't parse BotCommand: {why}", _API + "get_bot_commands")
SCOPE_UNREADABLE = Wording(400, "Bad Request: can't parse BotCommandScope: {why}", _API + "get_bot_command_scope")
LANGUAGE_INVALID = Wording(400, "Bad Request: invalid language code specified", _TD + "BotInfoManager.cpp")
PROFILE_TOO_LONG = Wording(
    400,
    "Bad Request: {what} is too long",
    "the limit is Bot API's, setMyDescription and others; the server's own words for it are not public",
)
MENU_BUTTON = Wording(400, "Bad Request: can't parse menu button: {why}", _API + "get_bot_menu_button")

# Speed.
TOO_MANY_REQUESTS = Wording(
    429,
    "Too Many Requests: retry after {seconds}",
    "tdlib/telegram-bot-api, telegram-bot-api/Query.cpp: set_retry_after_error",
)


def wordings() -> dict[str, Wording]:
    """Every refusal of this table by its name here."""
    return {name: value for name, value in globals().items() if isinstance(value, Wording)}


def too_many_requests(seconds: int) -> Refusal:
    """A 429 that says after how many whole seconds the same request would be taken."""
    return TOO_MANY_REQUESTS.refusal({"retry_after": seconds}, seconds=seconds)
