## The digest

edition-title = Kolokol, { $dates }
edition-topics-many = { $count } topics
edition-nothing-new = Nothing new was published in this time. From the archive:
edition-topics-gone = The topics that were chosen here no longer exist. Others can be chosen in the settings.
edition-withdrawn = This part of the digest was withdrawn.
edition-note = From the editors
edition-new = New
edition-corrected = Corrected
edition-pinned = The editors suggest
edition-more = And { $count } more
edition-positions-more = { $count ->
    [one] And one more position
   *[other] And { $count } more positions
}
edition-years-ago = { $years ->
    [one] A year ago
   *[other] { $years } years ago
}
edition-undesirable = “undesirable” in Russia
edition-foreign-agent = “foreign agent” in Russia
edition-banned = banned in Russia

## A correction by itself

correction-title = { $count ->
    [one] Correction
   *[other] Corrections
}
correction-text = { $count ->
    [one] A figure that ran here has been corrected since.
   *[other] Figures that ran here have been corrected since.
}
