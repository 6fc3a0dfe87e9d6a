"""What a subscription looks like to whoever keeps it: when it rings, about what, and a button for each setting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot import i18n
from bot.i18n import Language
from bot.layout.blocks import Button, Buttons, Content, Heading, ItemList, Link, Paragraph, Press, Screen, bold, text
from bot.subscription import ChatKind, State, Subscription
from bot.views.cities import zone_name
from bot.views.reading import Reading, rows
from bot.views.routes import Route, View

MAIN = "main"
LIST = "list"
"""All subscriptions: of the chat of the one that is named, or of the chat in which it is pressed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A subscription as its owner sees it. `name` is a channel's title, `siblings` says that there are others, `thread`
    is the address of the forum thread in which it rings, `follows` is when the one after the next goes out, where the
    next is skipped, `another` says that somebody else than whoever looks is told of failures and gets the previews."""

    subscription: Subscription
    kind: ChatKind
    name: str = ""
    siblings: bool = False
    thread: str = ""
    follows: int | None = None
    another: bool = False

    @property
    def preview_hours(self) -> int:
        """How many hours ahead somebody gets a preview; 0 where nobody does."""
        return self.subscription.choices.preview_hours if self.subscription.told else 0

    @property
    def key(self) -> str:
        """What its buttons carry."""
        return self.subscription.key

    def settings(self, screen: str, page: int = 0) -> Route:
        """Where a screen of its settings is."""
        return Route(View.SETTINGS, self.key, screen, page)

    def change(self, what: str, value: object = "") -> Route:
        """What a button does that changes a setting."""
        return Route(View.CHANGE, self.key, f"{what}:{value}" if value != "" else what)


def subscription_screen(reading: Reading, kept: Kept, note: str = "") -> Screen:
    """All settings of a subscription; `note` is the key of a text that stands first."""
    return Screen.of(
        Heading(text(title_of(reading, kept)), icon="📬"),
        Paragraph(text(reading.text(note))) if note else None,
        _state(reading, kept.subscription),
        ItemList(lines_of(reading, kept.subscription, kept.follows)),
        Paragraph(text(another_hears(reading, kept, "told-another"))) if kept.another else None,
        Buttons((*_choices(reading, kept), *_switches(reading, kept), *_ends(reading, kept))),
    )


def another_hears(reading: Reading, kept: Kept, key: str) -> str:
    """That another administrator hears of it, in the words of this key, and how to take that over."""
    return reading.text(key, preview="yes" if kept.preview_hours else "no")


def title_of(reading: Reading, kept: Kept) -> str:
    """What a subscription is called."""
    if kept.kind is ChatKind.GROUP and kept.subscription.thread:
        return reading.text("settings-title-thread")
    return reading.text(f"settings-title-{kept.kind.value}", name=kept.name)


def lines_of(reading: Reading, subscription: Subscription, follows: int | None = None) -> tuple[Content, ...]:
    """What was chosen, a line each; `follows` as in `Kept`."""
    choices = subscription.choices
    lines = [("label-when", rhythm(reading, subscription))]
    if subscription.next_due is not None and subscription.state in (State.ACTIVE, State.PAUSED):
        when = moment(reading, subscription.next_due, choices.schedule.timezone)
        if follows is not None:
            after = moment(reading, follows, choices.schedule.timezone)
            when = reading.text("next-after-skipped", when=after, skipped=when)
        lines.append(("label-next", when))
    lines += [("label-about", about(reading, subscription)), ("label-language", _language(reading, subscription))]
    lines += [("label-header", choices.header)] if choices.header else []
    lines += [("label-hashtag", choices.hashtag)] if choices.hashtag else []
    return tuple(text(bold(reading.text(label)), " ", value) for label, value in lines)


def rhythm(reading: Reading, subscription: Subscription) -> str:
    """When it rings, in words."""
    schedule = subscription.choices.schedule
    zone = zone_name(reading.language, schedule.timezone)
    return reading.text(f"when-{schedule.cadence.value}", day=schedule.weekday, hour=schedule.hour, zone=zone)


def moment(reading: Reading, seconds: int, timezone: str) -> str:
    """A moment by the clocks of a timezone: "Monday, 30 November, 9:00"."""
    local = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(timezone))
    hour = f"{local.hour}:{local:%M}"
    return reading.text("moment-at", day=i18n.day_of_week(reading.language, local.date()), hour=hour)


def about(reading: Reading, subscription: Subscription) -> str:
    """The topics chosen, by their titles."""
    chosen = [topic for topic in reading.catalog.topics if topic.id in subscription.choices.topics]
    titles = [f"{topic.icon} {reading.title(topic.summary)}" for topic in chosen]
    return ", ".join(titles) or reading.text("topics-all")


def _language(reading: Reading, subscription: Subscription) -> str:
    return reading.text(f"language-{subscription.language.value}")


def _state(reading: Reading, subscription: Subscription) -> Paragraph | None:
    if subscription.state is State.ACTIVE:
        return None
    zone = ZoneInfo(subscription.choices.schedule.timezone)
    until = datetime.fromtimestamp(subscription.until or 0, UTC).astimezone(zone).date()
    day = i18n.day(reading.language, (until.year, until.month, until.day))
    return Paragraph(text(reading.text(f"state-{subscription.state.value}", day=day)))


def _choices(reading: Reading, kept: Kept) -> list[tuple[Button, ...]]:
    """Buttons that lead to a choice among several."""
    choices = kept.subscription.choices
    schedule = choices.schedule
    when: list[Button] = [reading.press("button-cadence", kept.settings("cadence"), cadence=schedule.cadence.value)]
    if schedule.cadence != "daily":
        when.append(reading.press("settings-monday", kept.settings("day"), day=schedule.weekday))
    when.append(Press(f"🕘 {schedule.hour}:00", kept.settings("hour").data()))
    zone = zone_name(reading.language, schedule.timezone)
    where: tuple[Button, ...] = (
        reading.press("button-zone", kept.settings("zone"), zone=zone),
        reading.press("button-speak", kept.settings("speak"), language=kept.subscription.language.value),
    )
    count = len(choices.topics)
    topics = reading.press("button-topics" if count else "button-topics-all", kept.settings("topics"), count=count)
    found: list[tuple[Button, ...]] = [tuple(when), where, (topics,)]
    if kept.kind is ChatKind.CHANNEL:
        found.append(
            (
                reading.press("button-header", kept.settings("header")),
                reading.press("button-hashtag", kept.settings("hashtag")),
            )
        )
        preview = reading.press("button-preview", kept.settings("preview"), hours=kept.preview_hours)
        found.append((preview,))
    return found


def _switches(reading: Reading, kept: Kept) -> list[tuple[Button, ...]]:
    """Buttons that say how it is now, and turn it round."""
    choices = kept.subscription.choices
    sound = reading.press(
        "button-quiet" if choices.quiet else "button-sound", kept.change("quiet", int(not choices.quiet))
    )
    links = reading.press(
        "button-links" if choices.links else "button-no-links", kept.change("links", int(not choices.links))
    )
    empty = reading.press(
        "button-skip-empty" if choices.skip_empty else "button-empty", kept.change("empty", int(not choices.skip_empty))
    )
    found: list[tuple[Button, ...]] = [(sound, links), (empty,)]
    if kept.kind is not ChatKind.PRIVATE:
        found.append((_told(reading, kept),))
    return found


def _told(reading: Reading, kept: Kept) -> Press:
    """Who is told of failures; pressed, it is whoever presses, or nobody where it was them."""
    if kept.another:
        return reading.press("button-told-another", kept.change("told", 1))
    told = kept.subscription.told is not None
    return reading.press("button-told" if told else "button-not-told", kept.change("told", int(not told)))


def _ends(reading: Reading, kept: Kept) -> list[tuple[Button, ...]]:
    """Buttons that silence it, and the ways out."""
    active = kept.subscription.state is State.ACTIVE
    rest = reading.press("button-pause", kept.settings("pause")) if active else None
    rest = rest or reading.press("button-resume", kept.change("resume"))
    leave = reading.press("button-unsubscribe", Route(View.UNSUBSCRIBE, kept.key, "here"))
    all_of_them = reading.press("button-digests", kept.settings(LIST))
    return [(rest, leave), (all_of_them, reading.menu()) if kept.siblings else (reading.menu(),)]


def offer_screen(reading: Reading, kind: ChatKind, name: str = "") -> Screen:
    """What the digest is, to whom has none yet; in private also the way to a channel. `name` is a channel's title."""
    if kind is ChatKind.CHANNEL:
        return _channel_offer(reading, name)
    group = kind is ChatKind.GROUP
    buttons: list[Button] = [reading.press("digest-subscribe", Route(View.CHANGE, trail="subscribe"))]
    if not group:
        buttons.append(_channel_button(reading))
    return Screen.of(
        Heading(text(reading.text("digest-title")), icon="📬"),
        Paragraph(text(reading.text("digest-offer"))),
        Paragraph(text(reading.text("digest-offer-group"))) if group else None,
        Buttons((*rows(buttons, 1), (reading.menu(),))),
    )


def _channel_offer(reading: Reading, name: str) -> Screen:
    """A channel without a digest. No button can subscribe it, since none may carry its id."""
    return Screen.of(
        Heading(text(reading.text("settings-title-channel", name=name)), icon="📬"),
        Paragraph(text(reading.text("digest-offer-channel"))),
        Buttons(((_channel_button(reading),), (reading.menu(),))),
    )


def list_of_subscriptions(reading: Reading, kind: ChatKind, there: Sequence[Kept]) -> Screen:
    """Several subscriptions of a chat of this kind, each with the way to its settings."""
    numbers = [Press(str(number), kept.settings(MAIN).data()) for number, kept in enumerate(there, start=1)]
    more: list[Button] = []
    if kind is ChatKind.CHANNEL:
        more = _also(reading, there)
    elif kind is ChatKind.GROUP or not any(kept.kind is ChatKind.PRIVATE for kept in there):
        more = [reading.press("digest-subscribe", Route(View.CHANGE, trail="subscribe"))]
    if kind is ChatKind.PRIVATE:
        more.append(_channel_button(reading))
    return Screen.of(
        Heading(text(reading.text("digest-title")), icon="📬"),
        Paragraph(text(reading.text("digest-list" if kind is ChatKind.PRIVATE else f"digest-list-{kind.value}"))),
        ItemList(tuple(_listed(reading, kept) for kept in there), numbered=True),
        Buttons((*rows(numbers, NUMBERS_IN_ROW), *rows(more, 1), (reading.menu(),))),
    )


NUMBERS_IN_ROW = 5


def _listed(reading: Reading, kept: Kept) -> Content:
    """A line of a list; a thread, of which nothing is kept but its number, is there to be opened."""
    title = title_of(reading, kept)
    rest = f" ({_language(reading, kept.subscription)})\n{rhythm(reading, kept.subscription)}"
    return text(Link(title, kept.thread) if kept.thread else bold(title), rest)


def _also(reading: Reading, there: Sequence[Kept]) -> list[Button]:
    """For a channel that has one in each of these languages: another one beside it."""
    spoken = {kept.subscription.language for kept in there}
    return [also_button(reading, there[0], language) for language in Language if language not in spoken]


def also_button(reading: Reading, kept: Kept, language: Language) -> Press:
    """Subscribe the same place in another language too."""
    return reading.press("button-also", kept.change("also", language.value), language=language.value)


def _channel_button(reading: Reading) -> Press:
    return reading.press("digest-channel", Route(View.SETTINGS, trail="channel"))


def unsubscribed_screen(reading: Reading, kind: ChatKind) -> Screen:
    """It was ended just now."""
    return ended_screen(reading, kind, f"unsubscribed-{kind.value}")


def ended_screen(reading: Reading, kind: ChatKind, note: str) -> Screen:
    """There is no subscription, or no more: the way to a new one. A channel's begins in another way."""
    channel = kind is ChatKind.CHANNEL
    again = Route(View.SETTINGS, trail="channel") if channel else Route(View.CHANGE, trail="subscribe")
    return Screen.of(
        Paragraph(text(reading.text(note))),
        Buttons(((reading.press("button-again", again), reading.menu()),)),
    )


def no_longer_screen(reading: Reading, words: str, key: str = "") -> Screen:
    """To whoever hears of a subscription no longer: one line, and the way to its settings where `key` names it."""
    back = reading.press("button-settings", Route(View.SETTINGS, key))
    return Screen.of(Paragraph(text(words)), Buttons(((back,),)) if key else None)


def channel_screen(reading: Reading) -> Screen:
    """How a channel gets the digest."""
    return Screen.of(
        Heading(text(reading.text("channel-how-title")), icon="📣"),
        Paragraph(text(reading.text("channel-how"))),
        Buttons(((reading.press("button-back", Route(View.SETTINGS, trail=LIST)), reading.menu()),)),
    )


def channel_added_screen(reading: Reading, name: str) -> Screen:
    """To whoever made the bot an administrator of a channel: the way to the digest there."""
    return Screen.of(Paragraph(text(reading.text("channel-added", name=name))), Buttons(((_channel_button(reading),),)))


def group_added_screen(reading: Reading) -> Screen:
    """To a group that the bot was added to: what it does, and how the group gets the digest."""
    return Screen.of(
        Paragraph(text(reading.text("group-added", username=reading.username))),
        Buttons(((reading.press("menu-topics", Route(View.TOPICS)),),)),
    )
