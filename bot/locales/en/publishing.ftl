## What changes for readers

difference-title = What changes for readers
difference-none = Nothing changes for readers.
difference-added-count = added: { $count }
difference-changed-count = changed: { $count }
difference-removed-count = removed: { $count }
difference-other-count = other: { $count }
difference-more = This is the beginning; /history shows all of it.
difference-replaced = links to it lead to { $id }
difference-formerly = was called { $id }
difference-topic = Topic
difference-source = Source
difference-measure = Measure
difference-synonyms = Synonyms
difference-synonyms-more = and { $count } more

## Fields, as editors read them; the keys are those of the files

field-action = what to do
field-aliases = other names
field-also-in = also in topics
field-approximate = about
field-as-of = as of
field-attributed-to = by whose count or word
field-audience = addressed to
field-author = author
field-body = body
field-bound = bound
field-cites = lines cited
field-claim = claim
field-date = date
field-draft = draft
field-genre = genre
field-grounds = grounds
field-high = upper figure
field-icon = icon
field-in-words = figure in words
field-kind = kind
field-language = language
field-low = lower figure
field-measure = measure
field-note = note
field-order = place in the list
field-outside = looked up
field-points = point
field-population = what is counted
field-positions = position
field-publisher = publisher
field-question = question
field-reason = why
field-review-by = to be looked at again by
field-role = role
field-standing = standing under Russian law
field-superseded-by = replaced by
field-tags = tags
field-text = text
field-title = title
field-topics = topics
field-type = type
field-unit = unit
field-until = until
field-url = address
field-value = figure
field-when = when

## The content folder

published-title = Version { $number } is published
offered-title = The content folder holds a change
offered-behind = It was made on an earlier version. Publishing it would also undo what was published since: look closely.
button-publish-folder = ✅ Publish it
folder-brought-forward = The content folder held version { $earlier } and was brought forward to version { $current }, the published one. To go back to the earlier one: /rollback { $earlier }.
folder-behind = The content folder holds version { $earlier } and cannot be written to, so it stays behind. Readers get version { $current }.
folder-unchanged = The content folder holds version { $current }, the published one. Nothing to do.
folder-ignored = The content folder holds something other than what is published. The setting KOLOKOL_PUBLISH_FROM_DISK is off, so it stays unpublished.

