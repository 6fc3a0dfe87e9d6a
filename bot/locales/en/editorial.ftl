## What is new

command-whatsnew = what is new and what was corrected
command-digest = the next digest, as it stands now
whatsnew-title = What is new
whatsnew-intro = The last three months, corrected figures first.
whatsnew-nothing = Nothing has changed in the last three months.
whatsnew-corrected = corrected { $date }
whatsnew-added = new, { $date }
whatsnew-changed = reworded { $date }
whatsnew-withdrawn = withdrawn { $date }
digest-preview = The next digest, as it stands now. It goes out { $when }; what is still published in the days that its title names will be in it.
digest-ready = The next digest. It goes out { $when }.
digest-skipped = You skipped the digest of { $when }: this one will not go out.
digest-nothing = Nothing new was published, so no message comes { $when }, as you chose. This would have been it:
digest-nothing-yet = Nothing new has been published so far. If it stays so, no message comes { $when }, as you chose. This would be it:
digest-sample = This is how the digest looks. Subscribe, and it will come by itself.

## To editors

command-edition = what is pinned, held and noted for the coming edition
command-pin = pin a card: /pin how many left
command-hold = hold a card back: /hold how many left
command-note = the editors’ note: /note en Hello
editorial-title = Editions from Monday, { $date }
editorial-pinned = Pinned:
editorial-held = Held back:
editorial-nothing = Nothing is pinned, held back or noted; everything is picked by itself.
editorial-how = /pin and /hold take a card’s title or link, or reply to its message; /note en or /note ru writes the note. With “now” as the first word they mean this week’s editions, which are already going out.
editorial-next-week = Next week →
editorial-this-week = ← This week
editorial-back = ⬅️ Back
editorial-which = Which card?
editorial-none = There is no card of that name. Send its title or its link after the command, or reply to its message with the command.
editorial-pins-full = There are { $count } pinned cards already: more would crowd the edition. Take one out first.
editorial-note-how = Write the language and the text: /note en Hello. Without a text the note is deleted. At most { $length } characters.
editorial-note-long = The note has { $written } characters; there is room for { $length }. The earlier one stays.
