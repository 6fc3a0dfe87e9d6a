"""What people say to the bot: one file per family of updates; thin."""

from telegram.ext import Application

from bot.handlers import buttons, commands, inline, questions


def register(application: Application) -> None:  # type: ignore[type-arg]
    """Give the application every handler, the more particular first."""
    for family in (commands, buttons, inline, questions):
        application.add_handlers(family.handlers())
