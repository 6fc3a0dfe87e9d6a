"""The content as it lies in its folders: read whole, checked, and checked once only."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from bot import catalog
from bot.catalog.bundle import Bundle
from bot.catalog.checking import check
from bot.catalog.problems import Problem, ProblemsError
from bot.catalog.snapshot import Catalog
from bot.editing.folder import folder_of
from bot.i18n import Language, text
from bot.search.library import Library
from bot.settings import Settings

CHECKED = Path("var/checked")
"""Where a start notes which content was checked and found good, so that the next one need not check it again."""


def read_library(settings: Settings, *, checked: Path | None = None) -> Library:
    """The catalog of the content folders with its index. Raises ProblemsError where anything is wrong with it.

    `checked` is a file that remembers the content found good last; the same content is not checked twice.
    """
    bundle = folder_of(settings).read()
    return Library.of(_read_catalog(bundle, checked), digest=bundle.digest)


def read_catalog(settings: Settings, *, checked: Path | None = None) -> Catalog:
    """The catalog of the content folders, as `read_library` reads it. Raises ProblemsError."""
    return _read_catalog(folder_of(settings).read(), checked)


def described(problem: Problem) -> str:
    """A problem as logs and the terminal show it: `file:line:column: what is wrong, and what would be right`."""
    return f"{problem.place}: {text(Language.EN, problem.message_key, **problem.said())}"


def _read_catalog(bundle: Bundle, checked: Path | None) -> Catalog:
    content = bundle.load()
    mark = _mark(bundle)
    if content.problems or not checked or not checked.is_file() or checked.read_text(encoding="ascii") != mark:
        if problems := check(content):
            raise ProblemsError(*problems)
        if checked:
            with suppress(OSError):  # where nothing can be written, the next start checks again
                checked.parent.mkdir(parents=True, exist_ok=True)
                checked.write_text(mark, encoding="ascii")
    return content.catalog()


def _mark(bundle: Bundle) -> str:
    """A hash of the content and of the program that checks it."""
    whole = sha256(bundle.digest)
    for path in sorted(Path(catalog.__file__).parent.glob("*.py")):
        whole.update(path.read_bytes())
    return whole.hexdigest()
