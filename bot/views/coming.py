"""What stands over the next edition where it is shown before it goes out: whether it will, and when."""

from __future__ import annotations

from datetime import UTC, datetime, time

from bot.subscription import State, Subscription
from bot.views.edition import Edition
from bot.views.reading import Reading
from bot.views.subscriptions import moment


def coming_note(reading: Reading, subscription: Subscription | None, edition: Edition, due: int, now: int) -> str:
    """One or two sentences, for a subscription or for whoever has none; `due` and `now` in seconds since 1970."""
    if subscription is None:
        return reading.text("digest-sample")
    if subscription.state in (State.BLOCKED, State.UNREACHABLE):
        return reading.text(f"state-{subscription.state.value}", day="")
    when = moment(reading, due, subscription.choices.schedule.timezone)
    if subscription.skipped == edition.period:
        return reading.text("digest-skipped", when=when)
    over = datetime.combine(edition.end, time(), UTC).timestamp() <= now
    if edition.empty and subscription.choices.skip_empty:
        return reading.text("digest-nothing" if over else "digest-nothing-yet", when=when)
    return reading.text("digest-ready" if over else "digest-preview", when=when)
