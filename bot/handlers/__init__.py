"""What people say to the bot: one file per family of updates; thin."""

from telegram.ext import Application

from bot.handlers import (
    buttons,
    channels,
    commands,
    drafts,
    inline,
    membership,
    newsroom,
    privacy,
    prompts,
    questions,
    roles,
    subscribing,
    suggestions,
    versions,
)

_FAMILIES = (
    membership,
    subscribing,
    privacy,
    commands,
    roles,
    drafts,
    versions,
    suggestions,
    buttons,
    inline,
    channels,
    prompts,
    newsroom,
    questions,
)


def register(application: Application) -> None:  # type: ignore[type-arg]
    """Give the application every handler, the more particular first."""
    for family in _FAMILIES:
        application.add_handlers(family.handlers())
