"""A card as its editor last left it: as the draft has it, or else as it is published."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalog.cards import Card
from bot.catalog.problems import ProblemsError
from bot.catalog.snapshot import card_key
from bot.editing.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class Latest:
    """A card, and the key of the draft that has its file; empty where the draft says nothing of it."""

    card: Card
    draft: str = ""


async def latest(newsroom: Newsroom, user_id: int, key: str) -> Latest | None:
    """The card of this key, one of the draft alone too; None where there is none.

    Raises ProblemsError where it may stand in a file of the draft that cannot be read.
    """
    draft = await newsroom.drafts.of(user_id)
    content = await newsroom.content_of(user_id)
    published = newsroom.publisher.library.catalog.by_key.get(key)
    for entry in content.cards:
        if card_key(entry.card.id) == key or (published and entry.card.id == published.id):
            return Latest(entry.card, draft.key if draft and entry.document.file in draft.files else "")
    if draft and (unread := [each for each in content.problems if each.place.file in draft.files]):
        raise ProblemsError(*unread)
    return None
