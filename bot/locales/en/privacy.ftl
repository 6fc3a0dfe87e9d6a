## What is kept

privacy-title = What is kept about this chat
privacy-title-channel = What is kept about “{ $name }”
menu-privacy = 🔐 All that is kept about this chat
privacy-nothing = Nothing. I do not even keep that you have been here; when you write, the language is taken from your Telegram.
privacy-intro = This is all of it, as it is kept in the database. Names, messages and questions are stored nowhere.
privacy-spool = Only when more messages come at once than I can answer, those that wait are kept here, encrypted, until they are answered.
privacy-backups = A backup of the database that was made earlier may still hold what was kept then, encrypted; the key is kept elsewhere. It goes when the backup does.
privacy-forget-how = /forget deletes all of this at once, with what waits to be sent. /stop is the same.
privacy-more = Deliveries that are done: { $count }. They are deleted after { $days ->
    [one] { $days } day
   *[other] { $days } days
}; the file names each.
privacy-file = What is kept about this chat, in full.
privacy-sent = The file is below.
button-export = 💾 As a file
button-forget = 🗑 Delete all
forgotten = Done. Nothing is kept about this chat now. I answer whenever you write; to leave for good, block the bot or delete the chat.
forgotten-channel = Done. Nothing is kept about the channel now, and nothing more will come there.
yes = yes
no = no
none = —

privacy-size = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}

kept-chats = The chat
kept-subscriptions-chat = Subscription
kept-subscriptions-told = Subscription of another chat, of whose failures you are told
kept-outbox-chat = Delivery under way

kept-key = random name in the database
kept-id = number
kept-kind = kind
kept-language = language
kept-unreachable_since = unreachable since
kept-chat = chat, by its random name
kept-thread = thread
kept-cadence = how often
kept-weekday = day
kept-hour = hour
kept-timezone = timezone
kept-topics = topics
kept-quiet = without sound
kept-skip_empty = nothing new, no message
kept-links = links shown
kept-header = line above
kept-hashtag = hashtag
kept-preview_hours = preview, hours before
kept-previewed = edition previewed last
kept-skipped = edition to be skipped
kept-told = told of failures: chat, by its random name
kept-state = state
kept-until = paused until
kept-since = since
kept-next_due = next one
kept-edition = edition
kept-subscription = subscription
kept-period = period
kept-parts_sent = parts sent
kept-message_ids = numbers of the messages sent
kept-holds = what each message holds
kept-attempts = attempts
kept-doubtful = copies that may stand besides
kept-due = due
kept-send_before = not after
kept-not_before = not before
kept-epoch = number of the sending process
kept-settled = done
kept-reason = reason
kept-version = version of the edition
kept-state-active = active
kept-state-paused = paused
kept-state-blocked = may not write
kept-state-unreachable = unreachable
kept-state-queued = waiting to be sent
kept-state-sending = being sent
kept-state-retry = to be tried again
kept-kind-private = a person
kept-kind-group = a group
kept-kind-channel = a channel
