## The digest before its time, and what changed of late

command-digest = the next digest, as it stands now
command-whatsnew = what is new, and what was corrected
digest-preview = The next digest, as it stands now. It comes { $when }; what is published until then will be in it.
digest-preview-unsubscribed = This is how the digest looks. Subscribe, and it will come by itself.

whatsnew-title = What is new
whatsnew-intro = The last three months, corrected figures first.
whatsnew-nothing = Nothing has changed within the last three months.
whatsnew-corrected = corrected { $date }
whatsnew-added = new, { $date }
whatsnew-changed = reworded { $date }
whatsnew-withdrawn = withdrawn { $date }
