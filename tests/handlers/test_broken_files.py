"""Every broken file of the collection, sent to the real bot over HTTP: each is answered, and nothing published changes.

Each file has an editor of its own, all at once: a draft holds one file of a name, and is looked at after a pause.
"""

from __future__ import annotations

import asyncio
from hashlib import sha256

import pytest

from bot.catalog.problems import ProblemsError
from bot.editing.uploads import Upload
from tests.conversation import PATIENCE, Conversation, labels_of
from tests.editing.broken_cases import CASES, MADE, expected, uploads
from tests.handlers.office import Office

SENT = {case: file for case in (*CASES, *MADE) for (file, *more) in [uploads(case)] if file.data and not more}
"""Telegram takes no empty file; of two files of one name, the one that comes later is the newer one."""


async def editor_for(office: Office, case: str) -> Conversation:
    """An editor named after a case."""
    person = office.admin.sandbox.world.add_person(case, language_code="en").id
    await office.admin.bot.desk.newsroom.editors.add(person, case, 1)
    return office.admin.as_(person)


def told(editor: Conversation) -> str:
    """All that an editor was told, in messages and in files."""
    files = editor.sandbox.world.files
    parts = []
    for message in editor.messages:
        parts.append(message.get("text", ""))
        if message.get("document", {}).get("file_name") == "problems.txt":
            stored = files.by_id(message["document"]["file_id"])
            assert stored
            parts.append(stored.content.decode())
    return "\n".join(parts)


async def states(office: Office) -> dict[str, bytes]:
    """What is published, what the folder holds and what readers get, by hash."""
    desk = office.admin.bot.desk
    current = await desk.newsroom.versions.current()
    assert current
    cards = repr((desk.library.catalog.cards, desk.library.catalog.topics))
    return {
        "version": current.digest,
        "files of the version": (await desk.newsroom.versions.bundle(current.number)).digest,
        "folder": office.folder.read().digest,
        "served": desk.library.digest,
        "snapshot": sha256(cards.encode()).digest(),
    }


@pytest.mark.timeout(300)
async def test_no_broken_file_that_is_sent_changes_what_is_published(office: Office) -> None:
    assert len(SENT) >= len(CASES) + len(MADE) - 5
    before = await states(office)
    served = office.admin.bot.desk.library
    editors = {case: await editor_for(office, case) for case in SENT}
    for case, file in SENT.items():
        send(editors[case], file)
    for case, editor in editors.items():
        await is_told(editor, expected(case)[1])
        assert not [label for label in labels_of(editor.messages[-1]) if label.startswith("✅")], case
        if draft := await editor.bot.desk.newsroom.drafts.of(editor.viewer):
            with pytest.raises(ProblemsError):
                await editor.bot.desk.newsroom.publish(editor.viewer, draft.key)
    await office.admin.bot.reload()
    assert await states(office) == before
    assert before["version"] == before["files of the version"] == before["folder"] == before["served"]
    assert office.admin.bot.desk.library is served
    assert (await office.admin.bot.desk.newsroom.versions.newest(2))[0].number == 1


def send(editor: Conversation, file: Upload) -> None:
    """Send it as an editor would."""
    editor.sandbox.acts.upload(editor.viewer, file.name, file.data, as_document=True)


async def is_told(editor: Conversation, place: str) -> None:
    """Wait until an editor has been told of a problem at this place."""
    for _ in range(int(PATIENCE * 6 / 0.05)):
        if place in told(editor):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"nothing was said of {place}: {told(editor)[:500]}")
