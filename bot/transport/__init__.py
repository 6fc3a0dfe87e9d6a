"""The way to Telegram: request class, update intake, pacing, and what each error means."""

import os

# python-telegram-bot's own switch to the type its durations will have (timedelta). Without it, merely building a
# RetryAfter issues a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")
