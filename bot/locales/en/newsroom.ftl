## What is kept about an editor

kept-editors-chat = Editor
kept-drafts-chat = Draft
kept-draft_files-draft = Files of the draft, cards being written, and where Telegram has the texts of sources
kept-pen_name = pen name
kept-base = made on version
kept-changed = last changed
kept-checked = checked
kept-publish_at = to be published

## Roles

command-draft = your draft: what it changes, publish it
command-files = files of the content, with what is stale
command-history = what was published, by whom, and the way back
command-rollback = publish an earlier version again: /rollback 12
command-outline = a source line by line, and cards to be written
command-penname = your pen name: /penname Ogarev
command-editors = who edits: add and remove
command-reload = look at the content folder now
command-suggest = send the editors a correction or a source

editors-title = Editors
editors-none = None yet. Administrators can publish too.
editors-add = To add somebody: choose them with the button of the keyboard, share their contact, reply with /editors to a message of theirs that you forward here, or send their number and a pen name: /editors add 123456789 Ogarev. They can change the pen name with /penname; history shows nothing else of them.
editors-choose = The button below opens your chats.
editors-whom = Whom? Send /editors add with a number and a pen name, or reply with it to a forwarded message. Where Telegram hides who wrote that, use the button of /editors.
editor-since = since { $when }
editor-added = { $name } is an editor now, and has been told how.
editor-added-silent = { $name } is an editor now. I could not write to them: they have to open me and press Start first.
editor-remove = Remove { $name }? The draft goes too; what was published stays.
button-choose-editor = 👤 Choose an editor
button-remove-editor = Remove { $name }
button-remove-now = Yes, remove
pen-numbered = Editor { $number }
pen-now = History calls you { $name }. To change it: /penname and the new name.
pen-chosen = From now on history calls you { $name }.
pen-taken = Somebody else writes as { $name }. Choose another name.
pen-too-long = A pen name has at most { $limit } characters.
nameless = an administrator
help-editing-title = For editors
welcome-title = You are an editor now
welcome-text = History will call you { $name }; to change that: /penname and another name.
welcome-how = Send me changed .yaml files, or a .zip of the content folder: I tell you what is wrong with them, or what they change for readers, and nothing is public before you say so. Under every card there is now a button to change one field. The text of a new source goes as .txt. /files sends you any file, /history shows what was published and leads back.

## Drafts

draft-title = Your draft
draft-files = Files:
draft-gone = { $count ->
    [one] This file will be deleted (you chose that, or the zip of the folder does not hold it):
   *[other] These files will be deleted (you chose that, or the zip of the folder does not hold them):
}
draft-files-more = and { $count } more
button-keep-files = { $count ->
    [one] ↩️ Keep that file
   *[other] ↩️ Keep these { $count } files
}
draft-not-public = Nothing of this is public yet.
draft-scheduled = It will be published on { $when }.
draft-none = You have no draft. Send me a .yaml file, several, or a .zip of the content folder.
draft-other = Your draft has changed since. This is how it is now.
draft-same = These files are, byte for byte, what is published. There is nothing to publish.
draft-discarded = Discarded. What is published stays as it is.
draft-problems = { $count ->
    [one] Not to be published yet: one problem
   *[other] Not to be published yet: { $count } problems
}
draft-problems-file = The list is in the file below. For each problem it says file:line:column, what is wrong, what would be right, and the line itself.
draft-mend = What is published stays as it is. Fix this and send the file again; it takes the place of the one before.
button-publish = ✅ Publish now
button-publish-later = ⏰ Later
button-not-later = ⏰ Cancel the time
button-discard = 🗑 Discard
button-check-again = 🔁 Check again
button-look-at-cards = 👁 As readers will see it · { $count }
preview-of = As readers will see it · { $language }

beneath-title = Something was published meanwhile
beneath-text = While you worked, version { $number } came out (published by: { $name }). Your draft is not published; first look at what changed under it.
beneath-joined = { $count ->
    [one] This file holds changes of yours and of the other, and they do not touch each other. Press “Seen”, and your draft has both:
   *[other] These files hold changes of yours and of the other, and they do not touch each other. Press “Seen”, and your draft has both:
}
beneath-apart = { $count ->
    [one] The changes in this file cannot be joined: both touch the same, or the file was rearranged. If you publish yours as it is, it undoes what the other changed there. Get the file again from /files and put your change into it, or take it out of the draft: cards that were written in the chat can be put into it again afterwards.
   *[other] The changes in these files cannot be joined: both touch the same, or the files were rearranged. If you publish yours as they are, they undo what the other changed there. Get the files again from /files and put your change into them, or take them out of the draft: cards that were written in the chat can be put into them again afterwards.
}
button-look-again = 👀 Seen, compare again

later-title = When?
later-text = Timezone: { $zone }. For any other time, or another timezone, press “Another time”.
later-ask = When should it be published? Reply to this message with a day and a time, such as 1.12 9:00 (1 December), 2026-12-01 09:00 or tomorrow at 9, or with a time alone. The timezone is { $zone }; if you mean another one, add the place: 1.12 9:00 Tbilisi.
later-unclear = I could not read that as a moment in the coming year.
later-failed = The moment has come, and your draft could not be published: something changed under it. Look at it once more.
button-other-moment = Another time
moment-utc = { $moment } UTC

## One field

button-edit = ✏️ Edit
edit-which = Which field? Nothing is public before you say so.
edit-ask = Reply to this message with what it should be.
edit-ask-optional = Reply to this message with what it should be, or with “-” to take it out.

## History and files

history-title = What was published
version-title = Version { $number }
version-none = There is no such version. /history lists them.
version-current = That is the version that readers get now.
origin-disk = on disk
origin-rollback = { $name }, back to version { $number }
restore-title = Back to version { $number }?
restore-text = It becomes a new version, and what was published since stays in history. For readers this changes:
button-restore = ↩️ Back to version { $number }
button-restore-now = ↩️ Yes, publish it
button-undo = ↩️ Take it back
button-history = 🗂 History
button-files = 🗃 Files
button-zip = 📦 All as a zip
files-title = Files of the content
files-text = A number sends the file as it is published. Change it and send it back, or delete it with the button under it.
file-cards = { $count ->
    [one] one card
   *[other] { $count } cards
}
file-changed = changed in version { $version }, { $day }
file-stale = to be looked at again: { $count }
file-problems = ⚠️ problems: { $count }
file-problems-on-disk = ⚠️ in the folder, not published for its problems: { $count }

## Suggestions

suggest-how = Write what should be corrected or added after the command: /suggest The figure for Georgia is older than it says; here is a newer source: … It goes to the editors without your name, and is kept nowhere. They cannot answer you.
suggest-long = That is longer than { $limit } characters. Please make it shorter, or send it in two parts.
suggest-enough = That is enough for now; please send the next one in an hour.
suggest-passed = Thank you. It has gone to the editors, without your name. It is kept nowhere, so they cannot answer you.
suggest-nobody = It could not be passed on just now. Please try again later.
suggestion-title = A suggestion
suggestion-nameless = From somebody who asked to have it passed on. Nobody knows who, and nobody can answer.
folder-restless = The content folder is being written to just now. It is looked at again in a moment.
folder-other = The folder holds something else by now, or something was published since. Send /reload to look again.

## A new source

source-made = A new source: { $id }
source-lines = Its card, { $path }, is in your draft: { $lines } lines, { $left } of them probably boilerplate or repeated. The text itself is kept nowhere.
source-fill = The first file shows the text with its line numbers, figures and marks; the second is the card of the source. Fill that card in here, field by field, then write the cards that cite the source. If you prefer files, fill in the second one and send it back.
source-skeleton = To write a card that cites it, choose a topic: I send the topic’s file with a card to be filled in at its end.
source-unfinished = A card can be begun when the card of the source, seeds/{ $id }.yaml, is filled in. Mend this in it and send it back; then press the topic again.
source-renewed = A new text of { $id }
source-moved = { $count ->
    [0] No line has moved.
    [one] One line has moved, and its citations with it.
   *[other] { $count } lines have moved, and their citations with them.
}
source-in-draft = It is all in your draft; the text itself is kept nowhere. Its numbered lines are in a file of their own.
source-same = This is the very same text; nothing changed in your draft. Its lines can be read here now, beside the fields of a card; the file above has all of them, numbered.
source-doubtful = This looks like another text: { $gone } of the { $lines } lines of this source are not in it. If you replace it, what cites those lines must be mended. Replace it? If it is a new source, send the file again with a new id as its caption.
source-text-kept = Nothing changed: the source keeps the text that it had.
source-text-lost = That file is not in this chat any more. Send the text again.
button-replace-text = Yes, replace the text
button-keep-text = No, keep the one that is there
button-go-on = ✍️ Go on with “{ $title }”
source-new-lines = New lines: { $lines }. Cite them in a card, or leave them out with a reason: /outline { $id } brings the buttons.
source-lost = These lines are not in it any more. Look at the cards that cited them:
lost-line = line { $line }
lost-cited = cited by { $cards }
lost-near = most like it is the new line { $line }
outline-which = Of which source? Copy a line and send it:
outline-title = Lines of { $id }
outline-text = { $covered } of { $lines } lines are cited by cards, or left out. The file above says which card cites which line, and the figures on it.
outline-open = Open are: { $lines }.
outline-nothing = — nothing
skeleton-caption = { $path }, with a new card to be filled in. Send it back when it is written.

## Cards to be looked at again

due-title = To be looked at again
due-review = to be reviewed by { $since }
due-outside = last checked: { $since }, more than a year ago
due-more = And { $count } more, which can wait until these are done.
