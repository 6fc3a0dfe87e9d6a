"""The commands of `kolokol`. Each imports what it needs when it is called, so that all of them start fast."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import workbench
from bot.console import REFUSED, TRY_AGAIN, JsonOption, fail, published

if TYPE_CHECKING:
    from bot.store.rotation import Rotated

app = typer.Typer(
    help="Kolokol: curated, cited answers about Russian political exile.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(workbench.check)
app.add_typer(workbench.seeds_app, name="seeds")
app.add_typer(workbench.content_app, name="content")
seal_app = typer.Typer(help="The key that seals chat ids.", no_args_is_help=True)
app.add_typer(seal_app, name="seal")

LanguageOption = Annotated[str, typer.Option("--lang", help="Language of the answer: en or ru.")]


def main() -> None:
    """Run the command line; a wrong setting or content ends in one clear line, not in a traceback."""
    from bot.settings import SettingsError

    gc.disable()  # commands are short; what runs long turns it on again when it has started
    try:
        app()
    except SettingsError as error:
        fail(str(error))


@app.command()
def ask(
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    lang: LanguageOption = "",
    limit: Annotated[int, typer.Option(min=1, max=100, help="Most results.")] = 5,
    json: JsonOption = False,
    batch: Annotated[Path | None, typer.Option(help='File with one {"id", "q", "lang"?} a line.')] = None,
) -> None:
    """Answer a question in the terminal, as the chat would."""
    from bot import terminal
    from bot.settings import load_settings

    if (query is None) == (batch is None):
        fail("Give a question, or --batch FILE.")
    if lang not in ("", "en", "ru"):
        fail(f"--lang is en or ru, not “{lang}”.")
    if batch and not batch.is_file():
        fail(f"There is no file {batch}.")
    catalog = published(load_settings())
    try:
        for line in terminal.batch_answers(catalog, batch, limit) if batch else ():
            print(line)
    except terminal.BatchError as error:
        fail(str(error))
    if query is not None:
        query = query.encode(errors="replace").decode()  # bytes of a terminal that are no text
        print(terminal.answer(catalog, query, lang, limit, json=json, colour=sys.stdout.isatty()))


@app.command()
def export(json: JsonOption = False) -> None:
    """Print every published card with its texts and citations."""
    from bot import terminal
    from bot.settings import load_settings

    if not json:
        fail("Say in which form: kolokol export --json")
    print(terminal.export(published(load_settings())))


@app.command()
def settings() -> None:
    """Print every setting with its value and meaning; secrets are masked."""
    from bot.settings import describe, load_settings

    print(describe(load_settings()))


@seal_app.command()
def rotate() -> None:
    """Change the seal key: all that is sealed is sealed anew. The bot must not run meanwhile."""
    from bot.settings import load_settings
    from bot.store.rotation import rotate_alone

    found = load_settings()
    os.umask(0o077)
    key = found.seal_key.get_secret_value() if found.seal_key else None
    _serve(_rotated(rotate_alone(found.database_url.get_secret_value(), key, found.key_file)))


async def _rotated(rotating: Coroutine[Any, Any, Rotated]) -> None:
    done = await rotating
    print(f"{done.values} values are sealed with the new key, in {done.key_file}.")
    if done.old_key_file:
        print(f"The old key is in {done.old_key_file}: it opens backups made before. Delete it when they are gone.")
    else:
        print("Put it into KOLOKOL_SEAL_KEY, and keep the old one as long as there are backups made before.")


@app.command()
def run() -> None:
    """Run the bot on Telegram by long polling. Needs KOLOKOL_TOKEN."""
    from bot.app import run_bot
    from bot.logs import configure
    from bot.settings import load_settings

    found = load_settings()
    _ = found.needed_token
    os.umask(0o077)  # what the bot writes is its owner's alone
    configure(found.log_level, found.log_format, secrets=found.secrets)
    _serve(run_bot(found))


@app.command()
def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the chat page; another free one where it is taken.")
    ] = 8090,
) -> None:
    """Run the real bot on a local Bot API server with a chat page: no account, no token, no network."""
    from bot.demo import run_demo
    from bot.logs import configure

    configure("WARNING")
    try:
        _serve(run_demo(port))
    except KeyboardInterrupt:
        print("\nStopped.")


def _serve(main: Coroutine[Any, Any, None]) -> None:
    """Run to the end; what must be mended first is said in plain lines."""
    from bot.app import StartError
    from bot.catalog.problems import ProblemsError
    from bot.content import described
    from bot.loop import run_in_loop
    from bot.seal import SealError
    from bot.store.database import StoreError
    from bot.transport.poller import TokenRefused

    try:
        run_in_loop(main)
    except ProblemsError as error:
        for each in error.problems:
            print(described(each), file=sys.stderr)
        fail(f"{len(error.problems)} problems in the content; kolokol check lists them")
    except StartError as error:
        fail(str(error), TRY_AGAIN if error.passing else REFUSED)
    except (StoreError, SealError, TokenRefused) as error:
        fail(str(error))


if __name__ == "__main__":
    main()
