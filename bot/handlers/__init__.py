"""What people say to the bot: one file per family of updates; thin."""

from telegram.ext import Application

from bot.handlers import buttons, channels, commands, inline, membership, privacy, prompts, questions, subscribing


def register(application: Application) -> None:  # type: ignore[type-arg]
    """Give the application every handler, the more particular first."""
    for family in (membership, subscribing, privacy, commands, buttons, inline, channels, prompts, questions):
        application.add_handlers(family.handlers())
