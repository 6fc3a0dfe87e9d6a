"""Which columns are sealed, and for which purpose: the one list that opening, exporting and a change of keys go by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column

from bot.store.tables import chats, spool, subscriptions

SEALED: dict[Column[Any], str] = {
    chats.c.sealed_id: "chat",
    spool.c.sealed_update: "update",
    subscriptions.c.sealed_header: "header",
    subscriptions.c.sealed_hashtag: "hashtag",
}
"""Each sealed column with the purpose that its values are bound to. Their names begin with `sealed_`."""
