## What is wrong with the content, and what would be right.

problem-not-utf8 = The file is not UTF-8. Save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8).
problem-yaml-syntax = { $kind ->
    [tab] A tab stands here. Indent with spaces, two for each level.
    [colon] A colon stands where none can be. Put the text in quotes, or check the indentation of this line.
    [dash] A list cannot begin on the line of its key. Put each entry on a line of its own, or all in [brackets].
    [quote] The quotation mark that opens here is never closed. Close it, or put the text after >- on lines of its own.
    [escape] What stands after the backslash means nothing there. Write \\ for a backslash, or use single quotes.
    [hexadecimal] What stands after the backslash means nothing there. Write \\ for a backslash, or use single quotes.
    [bracket] What opens here is not closed, or a comma or quotation mark is missing in it. Close it, and put commas between entries.
    [node] A comma or bracket stands here where an entry should. Delete it, or write the entry.
    [key] This line is not a key with a value. Put a colon and a space after the key, or check its indentation.
    [indent] This line does not fit in with those above it. Check its indentation: two spaces for each level.
    [document] This line does not fit in with those above it. Check its indentation: two spaces for each level.
    [behind] Something stands here after a text that has ended. Put the whole text in quotes, with \" for each quotation mark in it.
    [second] A second document begins here. A file holds one: delete the line --- and what does not belong.
    [sign] A text cannot begin with this sign. Put the text in quotes.
    [alias] A text cannot begin with this sign. Put the text in quotes.
   *[other] YAML cannot be read here. Check indentation (spaces, no tabs), quotes, brackets and colons near this place.
}
problem-yaml-character = The character { $character } may not stand in YAML. Delete it.
problem-yaml-alias = An anchor or alias (& or *) stands here. Write the text out.
problem-empty-file = The file is empty. Write its content or delete it.
problem-too-deep = Nested deeper than { $limit } levels. The format needs no more than 7: check indentation and brackets.
problem-key-not-text = A key must be a plain word. Write it without brackets, or in quotes if it is true, false or null.
problem-repeated-key = The key “{ $key }” stands twice here. Keep one.
problem-not-a-mapping = The file must hold keys and values, such as “summary:”. See content/README.md.
problem-missing-key = The key “{ $key }” is missing. Add it.
problem-unknown-key = Unknown key “{ $key }”.{ $near ->
    [none] {""} Remove it; content/README.md lists the keys.
   *[other] {""} Did you mean “{ $near }”?
}
problem-not-one-of = “{ $key }” must be one of: { $expected }.
problem-list-too-short = “{ $key }” has too few entries: it needs at least { $limit }.
problem-list-too-long = “{ $key }” has too many entries: at most { $limit }. Join or remove some.
problem-empty-text = “{ $key }” is empty. Write the text.
problem-text-too-long = “{ $key }” may have at most { $limit } characters. Shorten it.
problem-wrong-form = { $form ->
    [id] “{ $key }” must be an id: lower-case letters a–z, digits and single hyphens, such as left-820-920-thousand.
    [https] “{ $key }” must be an address that begins with https://.
   *[number] “{ $key }” must be a number written with digits only, such as 820000, 0.5 or "2/3".
}
problem-wrong-type = “{ $key }” must be { $wanted ->
    [text] a text
    [list] a list, each entry after “- ” or all in [brackets]
    [mapping] keys and values, such as {"{"}en: …, ru: …{"}"}
    [boolean] true or false
   *[number] a whole number, in digits and without a sign, such as 10
}.
problem-invalid = “{ $key }” is not what belongs here. See the example in content/README.md.
problem-number-too-large = “{ $key }” is too large a number. Write at most { $limit }.
problem-date-form = A date is written 2024, 2024-03 or 2024-03-09, and must exist in the calendar.
problem-lines-form = Lines are written 34-36, 40: numbers and ranges with commas between.{ $of ->
    [file] {""} In a file they stand in quotes.
   *[answer] {""}
}
problem-value-or-range = Give one of these: “value”; both “low” and “high”; “in_words”.
problem-id-is-not-file-name = The id “{ $id }” must be the file’s name without .yaml ({ $file }). Rename one of them.
problem-unknown-file = This file is not part of the format. Put it in its folder or rename it: known are topics/*.yaml, sources/*.yaml, { $known }.
problem-repeated-id = The id “{ $id }” is already used at { $at }. Choose another.
problem-key-collision = The id “{ $id }” gets the same button key as “{ $other }”. Change one of the ids a little.
problem-card-too-long = The card has { $length } characters in “{ $language }”; at most { $limit } fit a message. Shorten it or make two cards.
problem-title-too-long = The title has more than { $limit } characters. Shorten it.
problem-unknown-topic = There is no topic “{ $id }”.{ $near ->
    [none] {""} Topics are the files in content/topics/.
   *[other] {""} Did you mean “{ $near }”?
}
problem-unknown-card = There is no card “{ $id }”.{ $near ->
    [none] {""} Give the id of a card that exists.
   *[other] {""} Did you mean “{ $near }”?
}
problem-unknown-actor = There is no actor “{ $id }” in actors.yaml.{ $near ->
    [none] {""} Add one, or describe the holder in {"{"}en: …, ru: …{"}"}.
   *[other] {""} Did you mean “{ $near }”?
}
problem-unknown-measure = There is no measure “{ $id }”.{ $near ->
    [none] {""} Describe it under “measures:” of a topic file.
   *[other] {""} Did you mean “{ $near }”?
}
problem-unknown-source = There is no source “{ $id }” in seeds/.{ $near ->
    [none] {""} Sources are the files in seeds/.
   *[other] {""} Did you mean “{ $near }”?
}
problem-no-such-line = Lines { $lines } of “{ $source }” do not exist or are blank. { $of ->
    [file] Look it up in the chat with /outline { $source }, or in a terminal with: kolokol seeds outline { $source }
   *[answer] Those that there are: /outline { $source }
}
problem-lines-lost = Nothing that was cited here is in the new text of “{ $source }”. Cite the lines that say it now, or remove the citation.
problem-languages-equal = The English and the Russian text are the same. Translate one of them.
problem-figures-differ = The two languages give different figures{ $only_en ->
    [none] {""}
   *[other] ; only in English: { $only_en }
}{ $only_ru ->
    [none] {""}
   *[other] ; only in Russian: { $only_ru }
}. Make them equal.
problem-markup = “<” and “&” may not stand in texts, which are plain. Write it in words.
problem-figure-not-on-line = The figure { $written }{ $plain ->
    [yes] {""}
   *[no] {" "}(read as { $figure })
} stands on none of the cited lines ({ $lines }). Correct the figure or cite the line it stands on.
problem-date-not-on-line = The date { $date } stands on none of the cited lines ({ $lines }). Cite its line, or write {"{"}date: …, inferred: …{"}"} with the reason.
problem-name-not-on-line = The name “{ $name }” stands on none of the cited lines ({ $lines }). { $of ->
    [file] Cite its line, or add the spelling of the text to “aliases”.
   *[answer] Spell it as the text does, or choose the line on which it stands.
}
problem-line-not-covered = Line { $line } of “{ $source }” is cited by no card. Cite it, or leave it out with a reason: in a file under “left_out”, in the chat after /outline { $source }
problem-left-out-but-cited = Line { $line } is listed under “left_out”, but “{ $card }” cites it. Remove it from “left_out”.
problem-text-absent = The text { $file } is not in the folder of source texts.
problem-text-changed = The text { $file } is not the one this card was made from (its SHA-256 differs).
problem-line-facts-differ = Line { $line } of { $file } does not have the hash, figures or names that stand here.
problem-synonym-alone = This group of synonyms has fewer than two entries, so nothing means the same. Add a word, or delete the group.
problem-synonym-no-word = The synonym “{ $written }” has no letter or digit. Write a word or a phrase.
problem-synonym-repeated = “{ $written }” stands twice in this group: see { $at }. Case, accents and hyphens do not count. Keep one.
problem-synonym-overlap = “{ $written }” also stands in the group at { $at }. Join the two groups, or keep it in one of them.
problem-no-folder = There is no such folder. KOLOKOL_CONTENT_DIR and KOLOKOL_SEEDS_DIR must name the folders of the content and of the source cards.
problem-unreadable-file = The file cannot be read: { $what }. See who may read it.
problem-link-outside = This is a link to a file outside the content folder. Put the file itself here.
problem-no-content = There is not one topic: the folder is empty or another one. The command “kolokol content restore” writes the published content back.
