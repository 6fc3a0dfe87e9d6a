"""Lines that were left out by their looks: an editor sees them once, with what they say."""

from __future__ import annotations

from tests.conversation import labels_of
from tests.editing.sources_texts import ARTICLE
from tests.handlers.card_writing import last_field_written, press
from tests.handlers.office import Office

SEED = "seeds/example-2024.yaml"


async def seed_of(office: Office) -> str:
    """The card of the source in the draft of the editor."""
    draft = await office.editor.bot.desk.newsroom.drafts.of(office.editor.viewer)
    assert draft
    return (draft.files[SEED] or b"").decode()


async def test_they_are_shown_with_their_words_once_the_source_is_filled_in(office: Office) -> None:
    shown = await last_field_written(office)
    assert "Written: author (ru)" in shown["text"]
    assert "Not part of the text: 1, 15" in shown["text"]
    assert "Repeats another line: 11, 13" in shown["text"]
    assert "Subscribe to our newsletter!" in shown["text"]
    assert "probably" in await seed_of(office)


async def test_what_is_right_stays_left_out_and_is_not_asked_again(office: Office) -> None:
    kept = (await press(office, await last_field_written(office), "✅ Right"))[0]
    assert "These lines stay left out." in kept["text"]
    assert "Still open: 3, 5, 7, 9" in kept["text"]
    seed = await seed_of(office)
    assert '{lines: "1, 15", reason: boilerplate}' in seed
    assert "probably" not in seed
    reasons = (await press(office, kept, "🗄 Leave lines out"))[0]
    assert "Why does no card need them?" in reasons["text"]


async def test_what_is_wrong_is_put_back_among_the_open_lines(office: Office) -> None:
    back = (await press(office, await last_field_written(office), "↩️ Put these lines back"))[0]
    assert "The lines are back among the others." in back["text"]
    assert "Still open: 1, 3, 5, 7, 9, 11, 13, 15" in back["text"]
    assert "left_out: []" in await seed_of(office)


async def test_who_passed_them_by_meets_them_before_leaving_more_out(office: Office) -> None:
    await last_field_written(office)
    outline = (await office.editor.say("/outline example-2024"))[-1]
    shown = (await press(office, outline, "🗄 Leave lines out"))[0]
    assert "Lines left out of example-2024" in shown["text"]
    kept = (await press(office, shown, "✅ Right"))[0]
    assert "🗄 Leave lines out" in labels_of(kept)


async def test_a_press_is_for_the_lines_that_were_looked_at(office: Office) -> None:
    shown = await last_field_written(office)
    await office.send(office.editor, "example-2024.txt", f"{ARTICLE}\nAbout us\n")
    again = (await press(office, shown, "✅ Right"))[0]
    assert "Lines left out of example-2024" in again["text"], "another text by now: they are shown again"
    assert "probably" in await seed_of(office)
    assert "These lines stay left out." in (await press(office, again, "✅ Right"))[0]["text"]


async def test_a_second_press_changes_nothing(office: Office) -> None:
    await last_field_written(office)
    outline = (await office.editor.say("/outline example-2024"))[-1]
    shown = (await press(office, outline, "🗄 Leave lines out"))[0]
    outline = (await office.editor.say("/outline example-2024"))[-1]
    other = (await press(office, outline, "🗄 Leave lines out"))[0]
    await press(office, shown, "✅ Right")
    late = (await press(office, other, "↩️ Put these lines back"))[0]
    assert "These lines have been looked at already." in late["text"]
    assert '{lines: "1, 15", reason: boilerplate}' in await seed_of(office)
