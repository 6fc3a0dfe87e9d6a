## Writing a card in the chat, field by field

command-new = write a card here in the chat

new-title = Write a card
new-begun = { $count ->
    [one] One card is begun and not finished. Go on with it:
   *[other] { $count } cards are begun and not finished. Go on with one:
}
new-sources = To begin a new one, choose the source that it cites. If the source is new, send me its text as a .txt file.
draft-only-writing = { $count ->
    [one] There is nothing to publish in your draft yet, but one card that you are writing. /new leads there.
   *[other] There is nothing to publish in your draft yet, but { $count } cards that you are writing. /new leads there.
}
button-new-card = ✍️ Write a card
button-fill-in = 📰 Fill in the source
button-leave-lines-out = 🗄 Leave lines out
button-as-file = 📄 In a file instead
button-all-open = All that are open
button-step-back = ← Back
button-step-on = Skip →
button-step-next = Next →
button-without = — Leave it empty
button-what-is-left = ☰ All fields · { $count } to write
button-more-points = ➕ One more point
button-more-grounds = ➕ One more ground
button-more-positions = ➕ One more position
button-enter = ✅ Put it into the draft
button-give-up = 🗑 Give this card up
button-give-up-now = 🗑 Yes, throw it away
button-draft = ⬆️ Draft

write-new = A new card from { $id }
write-kind = What will it be?
write-topic = In which topic does it stand?
write-lines-open = No card cites these lines yet: { $lines }.
write-lines-none = Every line of this source is accounted for already.
write-lines-ask = Which lines? Reply to this message with their numbers, such as 7, 9-11.
write-begun = Begun. Nothing of it is public. You can stop at any time: /new leads back here.
write-left = { $count ->
    [one] One field is still to be written. Press one to write or change it.
   *[other] { $count } fields are still to be written. Press one to write or change it.
}
write-left-short = { $count ->
    [0] all written
    [one] one field to write
   *[other] { $count } fields to write
}
write-whole = All that is needed is written. Press a field to change it, or put the card into your draft; readers see nothing yet.
write-whole-source = All that is needed is written. Now write the cards that cite it.
write-taken = Written: { $field }
write-not-taken = Not taken:
write-cited = { $single ->
    [yes] { $id }, line { $lines }
   *[no] { $id }, lines { $lines }
}
write-send-text = To see these lines here in words, send me the text once more as { $name }.
write-reply = Reply to this message.
write-or-dash = Send “-” to leave it empty.
write-in-en = In English.
write-in-ru = In Russian.
write-yes = yes
write-new-measure = ➕ A new measure
write-entered = The card is in your draft.
write-gone = That is written already, or was given up. /new shows what is begun.
write-give-up = Throw this card away? What you wrote in it is lost; your draft stays as it is.
write-given-up = Thrown away.
write-still-open = Before anything of { $id } can be published, each of its lines is cited by a card or left out for a reason. Still open: { $lines }.
write-source-first = A card can be begun when the card of the source { $id } is filled in:

leave-title = Leave lines of { $id } out
leave-why = Why does no card need them?
leave-done = They are left out.
write-reason-boilerplate = Not part of the text: menus, adverts, captions
write-reason-repeated = Says again what another line says
write-reason-off-subject = About something else
write-reason-no-assertion = Asserts nothing: a question, a bridge, a greeting

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

## What belongs into each field

write-how-title = The point of the card in one line, in your own words; at most 120 characters.
write-how-source-title = The title of the text; translated where the text has it in the other language.
write-how-genre = What kind of text is it?
write-how-credit = The name, as the text states it.
write-how-date = A date as exact as the lines state it: 2024, 2024-03 or 2024-03-09.
write-how-url = Its address, if you have opened it: https://…
write-how-value = How many? A number (650000), a range (820000-920000), a share (2/3), or words where the source gives no number (tens of thousands).
write-how-bound = Does the source say “at least”, “nearly” or the like?
write-how-approximate = Does the source say “about”?
write-how-unit = Of what? The word that follows the number: people, percent.
write-how-population = Who is counted, and who is not.
write-how-holder = Who says it? Send the name; I find the actor, if there is a card of that name. If not, it is taken as written.
write-how-holder-text = The name or description of who says it.
write-how-in-words = The figure in words, as the source gives it: tens of thousands.
write-how-measure = What is counted? Estimates of the same thing stand side by side.
write-how-measure-title = What is counted, as a heading over all estimates of it.
write-how-text = One to three sentences in your own words, saying who says it.
write-how-audience = To whom? You may choose several, then press “Next”.
write-how-action = What they should do.
write-how-reason = Why, in the sense of whoever asks for it.
write-how-claim = What is claimed, and by whom.
write-how-grounds = One reason that its holder gives.
write-how-question = The question on which the sources differ.
write-how-positions = What this side holds.
write-how-lines = The lines of the source, such as 7, 9-11; of another source with its id in front: smirnov-2023 45-47.
write-how-type = What is it?
write-how-role = What they are to the subject, in a few words.
write-how-points = One point in a sentence.
write-how-body = Some paragraphs; an empty line begins a new one.
write-how-id = The name of the card in links: lower-case letters a–z, digits, single hyphens. Without one it is made from the English title.

edit-draft = This is the text of your draft, which is not published yet.
edit-moved = Your draft has changed since: here stands something else now. Look again.
field-checked = seen on
field-holder = who says it
field-id = id
field-lines = lines
field-name = name
field-where = where

problem-other-language = { $language ->
    [en] This is to be in English, and most of its letters are Russian.
   *[ru] This is to be in Russian, and there is no Russian letter in it.
} Send it in that language.
problem-id-taken = There is a card “{ $id }” already. Choose another id.
problem-too-many-sheets = You have begun { $limit } cards. Finish one or give it up first: /new.
