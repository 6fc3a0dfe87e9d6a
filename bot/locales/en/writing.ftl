## Writing a card in the chat, field by field

command-new = write a card here in the chat

new-title = Write a card
new-begun = { $count ->
    [one] You are at work on one card. Go on with it:
   *[other] You are at work on { $count } cards. Go on with one:
}
new-sources = To begin a new card, choose the source that it cites. If the source is new, send me its text as a .txt file.
draft-only-writing = { $count ->
    [one] There is nothing to publish in your draft yet. One card is begun; /new leads back to it.
   *[other] There is nothing to publish in your draft yet. { $count } cards are begun; /new leads back to them.
}
button-new-card = ✍️ Write a card
button-fill-in = 📰 Fill in the source
button-leave-lines-out = 🗄 Leave lines out
button-as-file = 📄 In a file instead
button-all-open = All of these lines
button-step-back = ← Back
button-step-on = Skip →
button-step-next = Next →
button-no = no
button-without = — Leave it empty
button-take-entry-out = 🗑 Take out all of { $entry }
button-what-is-left = { $count ->
    [0] ☰ All fields
   *[other] ☰ All fields · { $count } to write
}
button-more-points = ➕ One more point
button-more-grounds = ➕ One more ground
button-more-positions = ➕ One more position
button-enter = ✅ Put it into the draft
button-enter-again = ✅ Put it into the draft again
button-enter-this-again = ↩️ Put “{ $title }” in again
button-enter-changes = ⬆️ Put in the changes of “{ $title }”
button-give-up = 🗑 Give this card up
button-give-up-now = 🗑 Yes, throw it away
button-draft = ⬆️ Draft

write-new = A new card from { $id }
write-kind = What will it be?
write-topic = Which topic does it belong to?
write-lines-open = No card cites these lines yet: { $lines }.
write-lines-none = Every line of this source is accounted for already.
write-lines-ask = Which lines? Reply to this message with their numbers, such as 7, 9-11.
write-begun = Begun; only you can see it so far. You can stop at any time: /new leads back here.
write-left = { $count ->
    [one] One field is still to be written. Press a field to write or change it.
   *[other] { $count } fields are still to be written. Press a field to write or change it.
}
write-left-short = { $count ->
    [0] all written
    [one] one field to write
   *[other] { $count } fields to write
}
write-whole-written = All that is needed is written. Press a field to change it, or put the card into your draft; readers see nothing yet.
write-whole-there = This card is in your draft. Press a field to change it; then put it into the draft again.
write-whole-changed = This card is in your draft, but not with what you have changed here since. Put it into the draft again.
write-whole-published = This card is published, but not with what you have changed here since. Put it into the draft again.
write-whole-lost = This card is no longer in your draft: its file was replaced, taken out or discarded. Nothing that you wrote is lost; put it into the draft again.
write-stands-there = in your draft
write-stands-changed = changed since you put it into the draft
write-stands-published = published, changed since
write-stands-lost = no longer in your draft
write-astray-changed = “{ $title }” is in your draft as you put it there, without what you have changed in it since.
write-astray-published = “{ $title }” is published without what you have changed in it since.
write-astray-lost = “{ $title }” is no longer in your draft: its file was replaced, taken out or discarded. Nothing that you wrote is lost.
write-whole-source = All that is needed is written. Now write the cards that cite this source.
write-taken = Written: { $field }
write-taken-figure = Written: figure — { $about ->
    [yes] about { $figure }
   *[no] { $figure }
}
write-taken-words = Written in words, without a number: “{ $words }”
write-taken-out = Taken out: { $entry }
write-not-taken = Not taken:
write-cited = { $single ->
    [yes] { $id }, line { $lines }
   *[no] { $id }, lines { $lines }
}
write-send-text = To read these lines here, send me the text of the source once more, as { $name }.
write-mend-here = This can be done right here too, without a file. The source: { $ids }.
write-reply = Reply to this message.
write-or-dash = Send “-” to leave it empty.
write-or-dash-entry = Send “-” to take out all of { $entry }.
write-in-en = In English.
write-in-ru = In Russian.
write-yes = yes
write-new-measure = ➕ A new measure
write-entered = The card is in your draft.
write-field-gone = The field that I asked about is not in the card any more: it was taken out, or became another one. Your answer is not written. Here it is, so that it is not lost:
write-gone = This is no longer here: it was finished or given up. /new shows what you have begun.
write-source-gone = The source { $id } of this card is gone: it is neither published nor in your draft. Send me its text again as { $name } to go on, or give the card up.
write-outdated = The text of { $id } has changed since you chose lines in it, so the old numbers may lead elsewhere. Choose the lines anew first; the rest of what you wrote stays.
write-give-up = Throw this card away? What you wrote in it will be lost; your draft stays as it is.
write-given-up = Thrown away. To begin another card: /new.
write-still-open = Before anything of { $id } can be published, each of its lines must be cited by a card, or left out with a reason. Still open: { $lines }.
write-source-first = A card can be begun once the card of the source { $id } is filled in. Still to be written there:
write-source-wrong = A card can be begun once the card of the source { $id } is in order. Still to be mended there:

leave-title = Leave out lines of { $id }
leave-why = Why does no card need them? Menus, adverts and captions are no part of the text; a question, a transition or a greeting asserts nothing.
leave-done = The lines are left out.
write-reason-boilerplate = Not part of the text
write-reason-repeated = Repeats another line
write-reason-off-subject = About something else
write-reason-no-assertion = Asserts nothing

write-kind-summary = Summary of the source
write-kind-statistic = Statistic
write-kind-recommendation = Recommendation
write-kind-argument = Argument
write-kind-debate = Debate
write-kind-event = Event
write-kind-actor = Person or organization
write-kind-term = Term

write-type-person = person
write-type-organisation = organization
write-type-outlet = media outlet
write-type-state-body = state body

## What belongs in each field

write-how-title = The point of the card in one line, in your own words; for a person, an organization or a term, the name. At most 120 characters.
write-how-source-title = The title of the text; in translation, if the text is in another language.
write-how-genre = What kind of text is it?
write-how-credit = The name, as the text states it.
write-how-date = The date, as exactly as the lines give it: 2024, 2024-03 or 2024-03-09.
write-how-url = Its address, if you have opened it: https://…
write-how-value = How many? As the text has it: 650000, about 650 thousand, 820–920 thousand, two-thirds; or words where the source gives no number (tens of thousands).
write-how-bound = Does the source say “at least”, “nearly” or the like?
write-how-approximate = Does the source say “about” or “roughly”?
write-how-unit = Of what? The word that follows the number: { $language ->
    [ru] человек, процентов.
   *[en] people, percent.
}
write-how-population = Who is counted, and who is not.
write-how-holder = Who says it? Send the name: if there is a card of that name, I will find it; if not, the name stays as you wrote it.
write-how-holder-text = The name or description of who says it.
write-how-in-words = The figure in words, as the source gives it: { $language ->
    [ru] десятки тысяч.
   *[en] tens of thousands.
}
write-how-measure = What is counted? Estimates of the same thing stand side by side.
write-how-measure-title = What is counted, as a heading over all estimates of it.
write-how-text = One to three sentences in your own words; say whose claim it is.
write-how-audience = To whom? You may choose several, then press “Next”.
write-how-action = What they should do.
write-how-reason = Why, as whoever recommends it sees it.
write-how-claim = What is claimed, and by whom.
write-how-grounds = One of the reasons given by whoever makes the claim.
write-how-question = The question on which the sources differ.
write-how-positions = What this position says.
write-how-lines = The lines of the source, such as 7, 9-11; if it is another source, put its id in front: smirnov-2023 45-47.
write-how-type = Who or what is it?
write-how-role = Their part in the subject, in a few words, such as: author of an essay on political exiles.
write-how-points = One point, in one sentence.
write-how-body = A few paragraphs; a blank line begins a new one.
write-how-id = The name of the card in links: lower-case letters a–z, digits, single hyphens. If you give none, it is made from the English title.

edit-draft = This is the text of your draft, which is not published yet.
edit-moved = Something was changed meanwhile, and something else stands here now. Look once more.
field-checked = checked on
field-holder = who says it
field-id = id
field-lines = lines
field-name = name
field-where = where

problem-other-language = { $language ->
    [en] The text here should be in English, but most of its letters are Russian.
   *[ru] The text here should be in Russian, but it has no Russian letter.
} Send it in that language.
problem-id-taken = There is a card “{ $id }” already. Choose another id.
problem-several-figures = Here are several figures: { $figures }. Send only the one that this card is about; its text can say the rest.
problem-source-text-changed = The text of { $id } has changed since you chose lines in it. Choose them anew first.
problem-line-cited = Line { $line } cannot be left out: it is cited by { $cards }.
problem-file-goes = Your draft takes the file { $file } away, so no card can be put into it. Keep the file first: /draft.
problem-too-many-sheets = You have begun { $limit } cards already. Finish one first, or give one up: /new.
