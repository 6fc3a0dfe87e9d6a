"""Where a button leads. The one place that builds and reads callback data.

Data is `a.<view>.<key>.<trail>.<page>`: a version letter, the view, the 8-character key of a card or a subscription,
the list in which the reader walks or what is chosen, the page. Never an id, never words. Empty parts at the end are
left out. When the form changes, the letter changes, and `parse` keeps reading the old one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

VERSION = "a"


class View(StrEnum):
    """What a button shows."""

    HOME = "h"
    HELP = "i"
    ABOUT = "b"
    LANGUAGE = "g"
    TOPICS = "t"
    CARD = "c"
    LIST = "l"
    MEASURES = "m"
    POLICY = "p"
    SOURCES = "s"
    CITED = "w"
    SEARCH = "q"
    RANDOM = "r"
    CHOOSE_LANGUAGE = "k"
    SETTINGS = "u"
    """Of a subscription (`key`): with a trail a screen in place of this one, without one a new message."""
    UNSUBSCRIBE = "x"
    """With a trail in place of this message, without one as a new message: so it stands under a digest."""
    CHANGE = "y"
    """A change of a subscription's settings; the trail says which."""
    ADMINISTER = "n"
    """What only administrators press."""
    WHATSNEW = "z"
    """What has changed lately, by page."""
    EDITORIAL = "f"
    """What only editors press: the trail says what, the key which card, the page which week."""
    EDIT = "e"
    """Change one field of a card."""
    DRAFT = "d"
    """An editor's draft; the key names it as it was when the button was shown."""
    VERSIONS = "v"
    """History, files and folder of the content; editors. The trail says which."""
    WRITE = "j"
    """A card that an editor writes, by the key of its sheet, or a source by its own; the trail says what of it."""


@dataclass(frozen=True, slots=True)
class Route:
    """A place in the bot. `key` is a card's key (or a language), `trail` names a list as `trails` reads it."""

    view: View
    key: str = ""
    trail: str = ""
    page: int = 0

    def data(self) -> str:
        """The callback data: at most 64 bytes for every key and trail that the catalog can hold."""
        parts = [VERSION, self.view.value, self.key, self.trail, str(self.page or "")]
        return ".".join(parts).rstrip(".")

    def at(self, page: int) -> Route:
        """The same place on another page."""
        return replace(self, page=page)


_FORM = re.compile(r"a\.([a-z])(?:\.([a-z0-9]{0,16})(?:\.([a-z0-9:-]{0,40})(?:\.(\d{1,4}))?)?)?")


def parse(data: str) -> Route | None:
    """Read callback data; None where it is not ours or of a form that is no longer known."""
    match = _FORM.fullmatch(data)
    if not match or match[1] not in set(View):
        return None
    return Route(View(match[1]), match[2] or "", match[3] or "", int(match[4] or 0))
