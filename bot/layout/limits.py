"""The limits of the Bot API that printers keep, each with where it comes from."""

from __future__ import annotations

from typing import Final

MESSAGE_TEXT: Final = 4096
"""Most characters in a message, after its markup is read (Bot API: sendMessage.text). Counted here in UTF-16 units."""

CAPTION: Final = 1024
"""Most characters in the caption of a picture, after its markup is read (Bot API: sendPhoto.caption)."""

ENTITIES: Final = 100
"""Most entities that a message shows; Telegram drops the styles beyond it (limits.tginfo.me)."""

ENTITIES_SIZE: Final = 9000
"""Most bytes of all entities of a message with their addresses, by `spans.size` of each.

Telegram refuses more with "ENTITIES_TOO_LONG"; some 9,500 were measured and confirmed as near the mark
(github.com/tdlib/telegram-bot-api/issues/165), so there is room to spare.
"""

CALLBACK_DATA: Final = 64
"""Most bytes of a button's data in UTF-8; at least one (Bot API: InlineKeyboardButton.callback_data)."""

BUTTONS: Final = 100
"""Most buttons under one message (limits.tginfo.me)."""

BUTTONS_PER_ROW: Final = 8
"""Most buttons side by side (limits.tginfo.me)."""

INLINE_QUERY: Final = 256
"""Most characters of a query that a button can put into a chat (Bot API: InlineQuery.query)."""
