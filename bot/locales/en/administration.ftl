## Commands that only administrators see

command-announce = a message of your own to all who subscribed
command-delivery = how the digests go out
command-recall = take back what was sent

## Announcements

announce-title = Announcement
announce-ask-en = Reply to this message with the text in English. Bold, links and the like stay as you write them.
announce-ask-ru = Reply to this message with the text in Russian. Bold, links and the like stay as you write them.
announce-which = (draft)
announce-draft = Above is how it will look. It goes to { $count ->
    [one] { $count } subscription
   *[other] { $count } subscriptions
}: people — { $people }, groups — { $groups }, channels — { $channels }; in English — { $english }, in Russian — { $russian }.
announce-one-language = So far there is one text; those who read the other language get it too.
announce-nobody = Nobody is subscribed at present.
announce-sure = Send it to { $count ->
    [one] { $count } subscription
   *[other] { $count } subscriptions
}? What was sent can be deleted for 48 hours with /recall.
announce-gone = This announcement is gone.
announce-discarded = Discarded; nothing was sent.
announce-text-only = An announcement is text. Please reply again.
announce-preparing = It is going out. The list of recipients is being made: { $count } so far.
announce-going = It is going out: { $done } of { $count } done.
announce-done = Finished. Recipients: { $count }.
announce-paused = Paused: { $done } of { $count } done.
announce-cancelled = Stopped: it goes to nobody else.
button-announce-send = 📨 Send…
button-announce-yes = 📨 Yes, send it
button-announce-en = ✏️ English text
button-announce-ru = ✏️ Russian text
button-announce-discard = 🗑 Discard
button-announce-pause = ⏸ Pause
button-announce-resume = ▶️ Resume
button-announce-cancel = ⏹ Stop for good
button-refresh = 🔄 Refresh

## Deliveries

delivery-title = Deliveries
delivery-none = Nothing has gone out yet.
delivery-run = { $recipients ->
    [one] { $recipients } recipient
   *[other] { $recipients } recipients
}, due { $due }
delivery-speed = { $count ->
    [one] { $count } message
   *[other] { $count } messages
} in the busiest minute
delivery-late = the last one { $minutes ->
    [0] within a minute
    [one] { $minutes } minute after it was due
   *[other] { $minutes } minutes after it was due
}
delivery-twice = in { $count ->
    [one] { $count } chat
   *[other] { $count } chats
} a message may stand twice or more: Telegram did not confirm it
delivery-taken-back = taken back with /recall in { $count ->
    [one] { $count } chat
   *[other] { $count } chats
}
delivery-kind-digest = Digest
delivery-kind-announcement = Announcement
delivery-kind-correction = Correction
delivery-state-queued = waiting
delivery-state-sending = under way
delivery-state-retry = to be tried again
delivery-state-sent = sent
delivery-state-unconfirmed = unconfirmed
delivery-state-failed = refused
delivery-state-unreachable = unreachable
delivery-state-cancelled = cancelled
delivery-state-expired = too late
delivery-unconfirmed-title = Unconfirmed in channels
delivery-unconfirmed = Telegram was sent these and did not answer. Look into each channel, then press: what is missing is posted now; where it is there, what comes after it goes on.
delivery-unconfirmed-shown = Shown: { $first }–{ $last } of { $count }.
delivery-unconfirmed-one = { $name }, part { $part }, due { $due }
delivery-unknown-channel = a channel that can no longer be seen
delivery-post = It is posted now.
delivery-seen = Noted. What comes after it goes on.
button-delivery-post = { $number }. 📨 Post now
button-delivery-more = More unconfirmed →
button-delivery-seen = { $number }. ✅ It is there
delivery-settled = That was settled already.

## Taking back

recall-title = Take back
recall-which = What was sent last. Choose what to take back or replace.
recall-none = Nothing was sent that could be taken back.
recall-edition = { $kind }, { $period }, { $language }
recall-announcement = Announcement “{ $words }”, { $language }
recall-sent = { $name }: { $count } sent
recall-how = “Replace the text” puts what the edition says now in place of what was sent, without a sound; what does not fit there follows in a new message. “Delete everywhere” takes it out of every chat where it was sent within the last 48 hours; what has not left yet is stopped. Whoever has unsubscribed or had everything deleted since keeps the message: it is no longer known where it stands.
recall-how-announcement = “Delete everywhere” takes it out of every chat where it was sent within the last 48 hours; what has not left yet is stopped. Whoever has unsubscribed or had everything deleted since keeps the message: it is no longer known where it stands.
button-recall-rewrite = ✏️ Replace the text
button-recall-delete = 🗑 Delete everywhere
recall-sure = Delete it from { $count ->
    [one] { $count } chat
   *[other] { $count } chats
}? This cannot be undone.
button-recall-yes = 🗑 Yes, delete
recall-begun = Begun. { $under_way ->
    [0] You will hear when it is done.
    [one] { $under_way } message is on its way just now: as soon as Telegram has answered, the same is done with it. You will hear when it is done.
   *[other] { $under_way } messages are on their way just now: as soon as Telegram has answered, the same is done with them. You will hear when it is done.
}
recall-result-done = Done: { $count }.
recall-result-gone = Already gone, or already as it should be: { $count }.
recall-result-refused = Refused by Telegram: { $count }.
recall-result-old = Older than 48 hours: { $count }.
recall-result-stopped = Stopped before they left: { $count }.
recall-nothing = There was nothing to be done.
recall-waited = On their way when it began, and waited for: { $count }.
recall-follows = The edition has grown. What did not fit follows in a new message in { $count ->
    [one] { $count } chat
   *[other] { $count } chats
}.
recall-missing = ⚠️ The edition has grown, and in { $count ->
    [one] { $count } chat
   *[other] { $count } chats
} what did not fit is missing: a message could not be changed there, or the subscription is off.
recall-left = ⚠️ Still on their way: { $count }. Telegram has not answered for minutes, or sending has stopped. Do the same again in a while; when the bot is next started, it does so by itself.
recall-broken = ⚠️ Something went wrong, and not everything has been taken back or replaced. The log says what. The order is kept: do the same again with /recall, or the bot goes on with it when it is next started.
recall-doubtful = ⚠️ Nobody knows whether { $count ->
    [one] { $count } message is in its channel
   *[other] { $count } messages are in their channels
}. Please look there; /delivery names the channels.
recall-copies = ⚠️ In { $count ->
    [one] { $count } chat
   *[other] { $count } chats
} a copy may stand of which Telegram never told me the number: I can neither delete nor replace it. Only somebody in the chat can delete it by hand.
recall-by-hand = ⚠️ { $count ->
    [one] { $count } message stands in its chat, but I do not know its number
   *[other] { $count } messages stand in their chats, but I do not know their numbers
}: somebody has to delete or correct that by hand.
recall-where = Look in: { $channels }
button-recall-older = Earlier →
button-recall-newer = ← Later
