"""What the commands share: options, exit codes, and reading the content with plain words where that fails."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from bot.catalog.bundle import Bundle
    from bot.catalog.loading import Content
    from bot.catalog.problems import Problem
    from bot.catalog.snapshot import Catalog
    from bot.editing.folder import Folder
    from bot.settings import Settings

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

REFUSED = 2
"""Exit code: something must be mended first; trying again does not help."""
TRY_AGAIN = 75
"""Exit code: what stood in the way may pass (EX_TEMPFAIL of sysexits.h)."""


def fail(message: str, code: int = REFUSED) -> NoReturn:
    """Say what is wrong on standard error and end."""
    print(message, file=sys.stderr)
    raise SystemExit(code)


def published(settings: Settings) -> Catalog:
    """The catalog as it stands on disk; says on standard error where it has problems."""
    from bot.catalog.checking import check as check_content

    content = read_content(settings)
    if problems := len(check_content(content)):
        print(
            f"The content has {problems} problems, and cards may be missing; kolokol check lists them.", file=sys.stderr
        )
    return content.catalog()


def read_content(settings: Settings) -> Content:
    """Read content and seeds from the folders of the settings. Ends the program where a folder is missing."""
    from bot.catalog.loading import load, read_folder

    folder = needed_folder(settings)
    return load(read_folder(folder.content), read_folder(folder.seeds))


def needed_folder(settings: Settings) -> Folder:
    """The folders of the content. Ends the program where one is missing."""
    from bot.editing.folder import folder_of

    for name, folder in (("CONTENT_DIR", settings.content_dir), ("SEEDS_DIR", settings.seeds_dir)):
        if not folder.is_dir():
            fail(f"There is no folder {folder}. Set KOLOKOL_{name} to the folder that holds it.")
    return folder_of(settings)


def read_bundle(folder: Folder) -> Bundle:
    """All files of the content. Ends the program where one cannot be read."""
    from bot.catalog.problems import ProblemsError

    try:
        return folder.read()
    except ProblemsError as error:
        refuse(*error.problems)


def refuse(*problems: Problem) -> NoReturn:
    """Say what is wrong, each with its place, and end."""
    from bot.content import described

    fail("\n".join(described(each) for each in problems))
