"""The commands of those who write the content: checking it, sources and their lines, skeletons of cards, schemas."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console import JsonOption, fail, needed_folder, read_bundle, read_content, refuse

if TYPE_CHECKING:
    from bot.editing.restoring import Restored
    from bot.settings import Settings

seeds_app = typer.Typer(help="The sources: what stands on which line, and what is made of it.", no_args_is_help=True)
content_app = typer.Typer(help="The content files: new cards, and help for editors' programs.", no_args_is_help=True)


def check(
    source_texts: Annotated[
        Path | None, typer.Option(help="Folder of the source texts: hashes and figures are checked against them too.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Check content and seeds; print every error with its place. Ends with 0 only where there is none."""
    import orjson

    from bot.editing.whole import check_whole
    from bot.i18n import Language, text
    from bot.settings import load_settings

    if source_texts and not source_texts.is_dir():
        fail(f"There is no folder {source_texts}.")
    content = read_content(load_settings())
    texts = {path.name: path.read_bytes() for path in source_texts.glob("*.txt")} if source_texts else None
    problems = check_whole(content, texts)
    lines = [(each.place, text(Language.EN, each.message_key, **each.said())) for each in problems]
    if json:
        rows = [
            {"file": place.file, "line": place.line, "column": place.column, "message": line} for place, line in lines
        ]
        print(orjson.dumps({"cards": len(content.cards), "problems": rows}, option=orjson.OPT_INDENT_2).decode())
    else:
        for place, line in lines:
            print(f"{place}: {line}")
        count = f"{len(content.cards)} cards, {len(content.topics)} topics, {len(content.sources)} sources"
        print(f"{count}: {len(problems)} problems" if problems else f"{count}: all is well")
    raise SystemExit(bool(problems))


@seeds_app.command()
def outline(
    source: Annotated[list[str] | None, typer.Argument(help="Ids of sources; all where none is given.")] = None,
    missing: Annotated[bool, typer.Option("--missing", help="Only lines that nothing accounts for.")] = False,
) -> None:
    """Print line by line which cards cite a source, or why a line is left out."""
    from bot.catalog.bundle import SEEDS
    from bot.catalog.grounding import coverage
    from bot.catalog.problems import Place, ProblemsError
    from bot.editing.seeding import source_of
    from bot.settings import load_settings

    content = read_content(load_settings())
    for name in source or content.sources:
        try:
            found, _ = source_of(content, name, Place(SEEDS))
        except ProblemsError as error:
            if all(each.code == "unknown_source" for each in error.problems):
                fail(f"There is no source “{name}”. Known: {', '.join(content.sources)}")
            refuse(*error.problems)  # it is there, and something is wrong with its card
        lines = coverage(content, found)
        print(f"{name} ({found.file}): {sum(line.covered for line in lines)} of {len(lines)} lines accounted for")
        for line in lines:
            if missing and line.covered:
                continue
            what = ", ".join(line.cited_by) or (f"({line.left_out})" if line.left_out else "— nothing")
            figures = ", ".join(found.lines[line.number].figures)
            print(f"{line.number:>5}  {what}" + (f"  [{figures}]" if figures else ""))
    unread = [each for each in content.problems if each.place.file.startswith(SEEDS)]
    if unread and not source:
        refuse(*unread)


@seeds_app.command()
def add(
    text: Annotated[Path, typer.Argument(help="The text of the source, a UTF-8 file.", dir_okay=False, exists=True)],
    source_id: Annotated[str, typer.Option("--id", help="Its id; else author and year, or the file's name.")] = "",
) -> None:
    """Make the source card of a text: its lines, figures and names; what the text states of title, author and date."""
    from bot.catalog.problems import ProblemsError
    from bot.editing.seeding import seed
    from bot.settings import load_settings

    folder = needed_folder(load_settings())
    try:
        found = seed(text.read_bytes(), text.name, read_bundle(folder), source_id)
    except ProblemsError as error:
        refuse(*error.problems)
    folder.write({found.path: found.data})
    print(f"{found.path}: {found.lines} lines, {found.left_out} of them probably boilerplate or repeated.")
    print("Fill in what is empty, and look at what is left out: kolokol check says the rest.")
    print(f"Then write its cards: kolokol content new --source {found.id} --topic TOPIC")


@seeds_app.command()
def update(
    source: Annotated[str, typer.Argument(help="Id of the source.")],
    text: Annotated[Path, typer.Argument(help="Its text, extracted anew.", dir_okay=False, exists=True)],
) -> None:
    """Move citations to where their lines stand in a new text; list what no longer matches. Ends with 1 if anything."""
    from bot.catalog.problems import ProblemsError
    from bot.catalog.values import format_lines
    from bot.editing.moving import move
    from bot.settings import load_settings

    folder = needed_folder(load_settings())
    try:
        moved = move(source, text.read_bytes(), text.name, read_bundle(folder))
    except ProblemsError as error:
        refuse(*error.problems)
    folder.write(moved.changes)
    print(f"{moved.moved} lines moved; files changed: {', '.join(sorted(moved.changes)) or 'none'}")
    if moved.added:
        print(f"New lines: {format_lines(moved.added)}")
    for lost in moved.lost:
        near = f"; most like it is the new line {lost.near}" if lost.near else ""
        cited = f", cited by {', '.join(lost.cards)}" if lost.cards else ""
        broken = f". Nothing is left of the citation in {', '.join(lost.broken)}: mend it" if lost.broken else ""
        print(f"Old line {lost.line} is gone{cited}{near}{broken}")
    raise SystemExit(bool(moved.lost))


@content_app.command()
def new(
    source: Annotated[str, typer.Option(help="Id of the source to cite.")],
    topic: Annotated[str, typer.Option(help="Id of the topic; a new one gets its file.")] = "",
    kind: Annotated[str, typer.Option(help="Kind of card; else a statistic where the lines hold figures.")] = "",
    lines: Annotated[str, typer.Option(help='Lines to cite, "34-36, 40"; else those that nothing accounts for.')] = "",
) -> None:
    """Write a card to be filled in: citations are there, texts of both languages are empty, and it is a draft."""
    from bot.catalog.cards import Kind
    from bot.catalog.problems import ProblemsError
    from bot.catalog.values import format_lines, parse_lines
    from bot.editing.skeletons import skeleton
    from bot.settings import load_settings

    if kind and kind not in set(Kind):
        fail(f"--kind is one of {', '.join(Kind)}.")
    try:
        numbers = parse_lines(lines) if lines else ()
    except ValueError:
        fail('--lines are written "34-36, 40".')
    folder = needed_folder(load_settings())
    try:
        made = skeleton(read_bundle(folder), source, topic, Kind(kind) if kind else None, numbers)
    except ProblemsError as error:
        refuse(*error.problems)
    folder.write({made.path: made.data})
    print(f"{made.path}: a new card cites {source} {format_lines(made.lines)}. kolokol check says what to fill in")


@content_app.command()
def schema() -> None:
    """Write JSON Schemas into content/.schema, and the comment that names its schema into each content file."""
    from bot.catalog.schema_comments import FOLDER, with_schema_comment
    from bot.catalog.schemas import schemas
    from bot.settings import load_settings

    folder = needed_folder(load_settings())
    bundle = read_bundle(folder)
    there = folder.content / FOLDER
    there.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (there / name).write_text(text, encoding="utf-8")
    named = {path: with_schema_comment(path, data) for path, data in bundle.files.items()}
    folder.write({path: data for path, data in named.items() if data != bundle.files[path]})
    print(f"{there}: {len(schemas())} schemas; {len(named)} files name theirs")


@content_app.command()
def restore(
    force: Annotated[bool, typer.Option("--force", help="Also over files that were never published.")] = False,
) -> None:
    """Write the published version into the content folders, whatever became of them."""
    import asyncio

    from bot.editing.restoring import NothingPublishedError, UnpublishedError
    from bot.settings import load_settings
    from bot.store.database import StoreError

    try:
        restored = asyncio.run(_restore(load_settings(), force=force))
    except NothingPublishedError:
        fail("Nothing is published yet: the first start of the bot takes what the folder holds.")
    except UnpublishedError as error:
        for path in error.paths:
            print(f"{path}: holds what was never published", file=sys.stderr)
        fail("Nothing was written. Put these files aside, or say --force to write over them.")
    except StoreError as error:
        fail(str(error))
    except OSError as error:
        fail(f"The folder cannot be written: {error.strerror}. Check who may write there.")
    for path in restored.paths:
        print(path)
    print(f"The folder holds version {restored.version.number}: {len(restored.paths)} files written or taken away")


async def _restore(settings: Settings, *, force: bool) -> Restored:
    from bot.editing.folder import Folder
    from bot.editing.restoring import restore
    from bot.store.database import open_database
    from bot.store.versions import Versions

    database = await open_database(settings.database_url.get_secret_value())
    try:
        return await restore(Versions(database), Folder(settings.content_dir, settings.seeds_dir), force=force)
    finally:
        await database.close()
