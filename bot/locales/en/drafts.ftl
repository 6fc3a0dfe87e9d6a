## What is kept about a draft

kept-zone = timezone of that moment
kept-notice = number of the message that becomes its answer
kept-refused = could not be taken

## Files that come

draft-came = { $count ->
    [one] One file is in your draft:
   *[other] { $count } files are in your draft:
}
draft-came-refused = { $count ->
    [one] One file could not be taken.
   *[other] { $count } files could not be taken.
}
draft-soon = I will check it all in a moment and answer here.
button-check-now = 🔎 Check now

## What was refused

draft-refused = { $count ->
    [one] One file is not in the draft: it could not be taken
   *[other] { $count } files are not in the draft: they could not be taken
}
draft-refused-more = and { $count } more; all are in the file below
draft-refused-mend = What is published stays as it is. Mend this and send it again, or leave it out.
button-publish-without = { $count ->
    [one] ✅ Publish without it
   *[other] ✅ Publish without them
}
button-leave-out = { $count ->
    [one] 🚫 Leave it out
   *[other] 🚫 Leave them out
}

## Problems elsewhere

draft-elsewhere = In files that your draft does not change, but that no longer agree with it:

## Files of a draft

button-take-out = ✂️ Take a file out
draft-take-out-title = Files in your draft
draft-take-out = Press a number to take that file out of the draft. What is published stays as it is.
draft-file-goes = will be deleted
button-delete-file = 🗑 Delete this file
file-none = There is no such file any more. /files lists those that there are.

## Moments

moment-zoned = { $moment } ({ $zone })
draft-prompt-link = ↩️ Your reply
later-dropped = Your draft was to be published on { $when }. It has changed since, so it will not go out by itself. Look at it and choose the time again: /draft
later-zone-unknown = I do not know the place “{ $zone }”. After the time, write a city, a timezone such as Europe/Riga, or UTC+4.
later-zone-near = I do not know the place “{ $zone }”. Did you mean: { $near }?

## Going back

rollback-first = There is only one version so far, so there is nothing to go back to.
rollback-how = After /rollback write the number of a version: /rollback 12. /history lists them. Without a number it goes back to the previous version.
