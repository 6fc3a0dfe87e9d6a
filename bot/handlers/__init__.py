"""What people say to the bot: one file per family of updates; thin."""

from telegram.ext import Application

from bot.handlers import (
    announcing,
    buttons,
    channels,
    commands,
    deliveries,
    editions,
    editorial,
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
    administration = (announcing, deliveries, recalling, editorial)
    for family in (
        membership,
        subscribing,
        privacy,
        *administration,
        editions,
        commands,
        buttons,
        inline,
        channels,
        prompts,
        questions,
    ):
        application.add_handlers(family.handlers())
