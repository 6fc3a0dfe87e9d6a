## The digest before its time, and what changed of late

command-digest = the next digest, as it stands now
command-whatsnew = what is new, and what was corrected
digest-preview = The next digest, as it stands now. Until it goes out, it changes with what is published.
digest-preview-unsubscribed = This is how the digest looks. To get it here: /subscribe

whatsnew-title = What is new
whatsnew-nothing = Nothing has changed within the last three months.
whatsnew-corrected = Corrected
whatsnew-added = New
whatsnew-withdrawn = Withdrawn
