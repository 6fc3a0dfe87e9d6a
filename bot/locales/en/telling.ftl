## What is said about digests without having been asked

trouble-held = ⚠️ Telegram asks the bot to hold a digest back for { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}. It goes out after that, unless it would be too late by then.
trouble-silenced = ⚠️ For { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
} Telegram lets the bot write to nobody. Digests go out after that, unless they would be too late by then.
trouble-expired = ⚠️ { $count ->
    [one] { $count } recipient did
   *[other] { $count } recipients did
} not get a digest, or not all of it: it was too late to send it. If it was not really too late, the clock of the bot’s machine is ahead: set it right.
trouble-missed = ⚠️ { $count ->
    [one] { $count } delivery of a digest was
   *[other] { $count } deliveries of digests were
} missed: the bot was not running when it was time, and now it is too late. The next digests come as usual. If the bot was running, the clock of its machine is ahead: set it right, or the next ones are missed too.
trouble-recalled = ⚠️ { $count ->
    [one] { $count } subscription gets
   *[other] { $count } subscriptions get
} no digest this time: it was deleted with /recall before their hour came. Their next one comes as usual.
trouble-uncomposed = ⚠️ A digest could not be composed: an error in the program. { $count ->
    [one] { $count } subscription waits
   *[other] { $count } subscriptions wait
} for it. The log says where. It is tried again every half minute.
trouble-unplanned = ⚠️ Work that prepares the digests failed, so one may not go out. The log says where. It is tried again every half minute.
trouble-failed = ⚠️ Telegram refused a digest as wrong for { $count ->
    [one] { $count } recipient
   *[other] { $count } recipients
}. Sending it again does not help; the reason is noted in the database.
trouble-unprinted = ⚠️ A digest could not be laid out: an error in the program. The log says where. It will be tried again.
trouble-away = ⚠️ Telegram has not answered for { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}. The digests wait and go out when it does.
trouble-refused = ⚠️ Telegram does not accept the bot’s token any more. No digest goes out until KOLOKOL_TOKEN is right.
trouble-unconfirmed = ⚠️ Telegram was sent messages for channels and did not answer. /delivery lists them: look into each channel, then press whether it is there.
trouble-often = ⚠️ Telegram did not confirm a message that it was sent three times, to { $count ->
    [one] { $count } recipient
   *[other] { $count } recipients
}. It may stand there as often. It is tried again in an hour, then less and less often, until it is too late.
trouble-broken = ⚠️ Sending was ended by an error of the program and begins anew. The log says where.
trouble-database = ⚠️ The database takes no changes: it is full, read-only or gone. Nothing is sent until that is put right.

silent-no-rights = The digest could not be posted in “{ $name }”: the bot may not write there. Give it the right to post, then press the button and resume the digest.
silent-no-thread = The digest could not be posted in “{ $name }”: its thread is closed or gone. Open it again, or subscribe another one, then press the button.
heard-passed = { $preview ->
    [yes] Previews of the digest of “{ $name }”, and word of its failures, now go to another administrator, who asked for them.
   *[no] Word of failures of the digest of “{ $name }” now goes to another administrator, who asked for it.
} In the settings you can have it come to you again.
heard-no-preview = Another administrator has turned off the previews of the digest of “{ $name }”. You are still told of failures.
heard-ended = One of the administrators has ended the digest of “{ $name }” in { $language ->
    [ru] Russian
   *[en] English
}: you will hear nothing more of it.
preview-note = The next digest of “{ $name }”. It goes out in about { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}. You can skip it below.
