"""What people say to the bot: one file per family of updates; thin."""

from telegram.ext import Application

from bot.handlers import (
    announcing,
    buttons,
    channels,
    commands,
    deliveries,
    digest,
    inline,
    membership,
    privacy,
    prompts,
    questions,
    recalling,
    subscribing,
)


def register(application: Application) -> None:  # type: ignore[type-arg]
    """Give the application every handler, the more particular first."""
    administration = (announcing, deliveries, recalling)
    digests = (membership, subscribing, digest, privacy, channels, prompts)
    for family in (*digests, *administration, commands, buttons, inline, questions):
        application.add_handlers(family.handlers())
