## Subscribing to the digest: commands

menu-digest = 📬 Digest
command-subscribe = the digest: subscribe this chat or a channel
command-settings = the digest: day, hour, city, topics
command-unsubscribe = the digest: unsubscribe
command-privacy = everything that is kept about this chat
command-forget = delete it all at once

## What a subscription looks like

digest-title = Digest
digest-offer = New and corrected cards, a figure, a recommendation to act on and a debate, each with its source: once a week on Monday morning, unless you choose otherwise. There is nothing to fill in; you unsubscribe with one tap.
digest-offer-group = If one of the group’s administrators presses the button, the digest comes here.
digest-subscribe = 📬 Subscribe
digest-channel = 📣 For my channel
digest-offer-channel = No digest comes to this channel. To have it come, use the button below and choose the channel, or write /subscribe and its @name.
digest-list = Digests that come here, and those of channels whose failures you asked to be told of. Choose one to change it. Any other channel of yours: use the button below and choose it.
digest-list-channel = Digests of the channel. Choose one to change it.
digest-list-group = Digests that come to this group. Choose one to change it.

settings-title-private = Your digest
settings-title-group = The group’s digest
settings-title-thread = The digest in a forum thread
settings-title-channel = The digest of “{ $name }”
settings-new-private = Subscribed. Everything below can be changed at any time. Press 📍 to have it come in your city’s time.
settings-new-group = Subscribed: the digest will come here. The group’s administrators can change everything below at any time.
settings-new-channel = Subscribed: the digest will come to the channel. Who set it up I keep nowhere; you come back here with /settings and the channel’s @name, or by choosing the channel once more.
settings-again = There is a subscription already. Here it is.

label-when = When:
label-next = Next one:
next-after-skipped = { $when } (the one of { $skipped } is skipped)
label-about = About:
label-language = Language:
label-header = Line above:
label-hashtag = Hashtag:

settings-monday = { $day ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
}
when-weekly = every week, on { $day ->
    [0] Mondays
    [1] Tuesdays
    [2] Wednesdays
    [3] Thursdays
    [4] Fridays
    [5] Saturdays
   *[6] Sundays
} at { $hour }:00, { $zone } time
when-fortnightly = every two weeks, on { $day ->
    [0] Mondays
    [1] Tuesdays
    [2] Wednesdays
    [3] Thursdays
    [4] Fridays
    [5] Saturdays
   *[6] Sundays
} at { $hour }:00, { $zone } time
when-monthly = every month, on the first { $day ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
} at { $hour }:00, { $zone } time
when-daily = every day at { $hour }:00, { $zone } time
moment-at = { $day }, { $hour }
topics-all = all topics
language-en = English
language-ru = Russian

state-paused = Paused until { $day }.
state-blocked = I may not write there at present: I lack the right to post, or the thread is closed or gone. Put that right, then press “Resume”.
state-unreachable = I cannot write there at present. The settings stay, and the digest comes again when I can.

## Buttons that change it

cadence-weekly = Every week
cadence-fortnightly = Every two weeks
cadence-monthly = Every month
cadence-daily = Every day
button-cadence = 🗓 { $cadence ->
    [fortnightly] { cadence-fortnightly }
    [monthly] { cadence-monthly }
    [daily] { cadence-daily }
   *[weekly] { cadence-weekly }
}
button-zone = 📍 { $zone }
button-speak = 🌐 { $language ->
    [ru] { language-ru }
   *[en] { language-en }
}
button-topics-all = 📚 All topics
button-topics = 📚 { $count ->
    [one] { $count } topic
   *[other] { $count } topics
}
button-sound = 🔔 With sound
button-quiet = 🔕 Without sound
button-links = 🔗 Links: shown
button-no-links = 🔗 Links: hidden
button-empty = 📭 Nothing new: write anyway
button-skip-empty = 📭 Nothing new: no message
button-header = 🏷 Line above
button-hashtag = #️⃣ Hashtag
button-preview = 👁 Preview: { $hours ->
    [0] none
    [one] { $hours } hour before
   *[other] { $hours } hours before
}
button-told = ✉️ Failures: you are told
button-told-another = ✉️ Failures: somebody else is told
button-not-told = ✉️ Failures: tell me here
button-pause = ⏸ Pause
button-resume = ▶️ Resume
button-also = ➕ Also in { $language ->
    [ru] Russian
   *[en] English
}
button-unsubscribe = ✖️ Unsubscribe
button-settings = ⚙️ Settings
button-back = ⬅️ Back
button-digests = ⬅️ All digests
button-again = 📬 Subscribe again
button-remove = ✖️ Leave it out

## Choices

ask-cadence = How often?
ask-day = On which day?
ask-day-monthly = On which day of the week? It will be the first such day of the month.
ask-hour = At what hour?
ask-hour-text = Times are in { $zone } time.
ask-zone = Which city’s time?
ask-zone-text = Yours is on none of the pages? Press “Write the city” below. A timezone such as Europe/Vilnius will do too.
button-zone-type = ⌨️ Write the city
ask-speak = In which language?
ask-speak-text = For both, add the other one below: it is a digest of its own, with settings of its own.
ask-topics = About what?
ask-topics-text = Press a topic to choose it or leave it out. With none chosen the digest is about all of them, later ones too.
ask-pause = For how long?
pause-weeks = { $weeks ->
    [one] { $weeks } week
   *[other] { $weeks } weeks
}
ask-preview = How many hours ahead should you see it?
ask-preview-text = You get the edition here before the channel does, with a button to skip it. An edition is known once its day, week or month is over, at 00:00 UTC: a preview comes no sooner than that, however many hours you choose. Until it goes out it may still change with what is published.
preview-hours = { $hours ->
    [0] No preview
    [one] { $hours } hour
   *[other] { $hours } hours
}
ask-header = A line above each digest
ask-header-text = For example what your channel is, or whom the digest is for.
ask-hashtag = A hashtag under each digest
ask-hashtag-text = So that readers find all of them in the channel.
button-write = ⌨️ Write it

prompt-header = Reply to this message with the line to stand above each digest, in at most { $limit } characters.
prompt-hashtag = Reply to this message with the hashtag, such as #exile.
prompt-zone = Reply to this message with the name of a city, or a timezone such as Europe/Vilnius.
prompt-link = To the settings
prompt-header-wrong = That is { $count } characters; there is room for { $limit }. Please shorten it.
prompt-hashtag-wrong = A hashtag is one word of letters, digits and _, not of digits alone, such as #exile.
prompt-zone-wrong = I do not know a city or timezone “{ $words }”.

zone-chosen = The time zone is changed.
zone-unknown = I do not know a city or timezone “{ $words }”. Try a large city that keeps the same time, or an offset such as UTC+4.
zone-near = I do not know “{ $words }”. Is it one of these?
zone-none-here = There is no subscription here yet that needs a city. Subscribe first: /subscribe

## Notes

unsubscribed-private = Unsubscribed. The settings are deleted; nothing more will come.
unsubscribed-group = Unsubscribed. The settings are deleted; no more digests will come here.
unsubscribed-channel = Unsubscribed. The settings are deleted; no more digests will come to the channel.
not-subscribed = There is no subscription here.
subscription-gone = This subscription is gone.
group-administrators = Only administrators of the group can do this.
language-taken = There is a subscription in this language here already.
too-many-subscriptions = This chat has { $count } subscriptions, which is as many as one may have.
told-first = I cannot write to you yet. Open me in private, press Start, and then press this again.
told-now = You will hear from me here when the digest of { $place ->
    [channel] a channel
   *[group] a group
} of yours cannot be delivered. “Failures” in its settings takes that back.
preview-now = You will see each digest of this channel here before it goes out, and hear from me when one cannot be delivered. “Preview” and “Failures” in the settings take that back.
skipped = This one will be skipped. The next comes as always.
kept-on = This one will be sent.
told-another = { $preview ->
    [yes] Another administrator gets the previews and is told of failures.
   *[no] Another administrator is told of failures.
} To have that come to you instead, press “Failures”.
preview-another = { $preview ->
    [yes] At present another administrator gets the previews and is told of failures.
   *[no] At present another administrator is told of failures.
} If you choose hours here, both come to you instead.
button-skip = ⏭ Skip this one
button-keep = ↩️ Send it after all

## Channels

channel-how-title = The digest in a channel
channel-how = Press the button below the message field and choose the channel: Telegram then adds me as an administrator who may post messages and nothing else. If I am one already, you can also write: /subscribe @channel. For a channel that has the digest already this is the way to its settings. Whether you and I may post there I ask Telegram each time, and remember no names.
channel-choose = 📣 Choose a channel
channel-chosen = Thank you.
channel-place = The button is below the message field. Or write: /subscribe @channel
channel-unknown = I do not know { $name }, or I am not in it. Add me there as an administrator who may post messages, then try again.
channel-not-yours = Only those who may post in the channel as its administrators can do this. Telegram says that you are not among them.
channel-administrators = Only administrators of the channel can do this. Telegram says that you are not among them.
channel-no-post = I am in the channel, but may not post. Give me the right to post messages, then try again.
channel-in-private = Channels are set up in private: write to me at @{ $username }.
channel-no-channel = { $name } is not a channel. In a group, one of its administrators writes /subscribe there.
channel-added = You have made me an administrator of “{ $name }”. Should the digest come there? Nothing is posted before you have chosen.
group-added = Hello. I answer questions about Russian political exile, always with the source: mention me, such as “@{ $username } visas”, or send /topics. If the group would like a weekly digest, one of its administrators sends /subscribe.
place-closed = I am not there any more, so I cannot ask Telegram who may decide. Add me again, then try again.
