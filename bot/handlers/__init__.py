"""What people say to the bot: one file per family of updates; thin."""

from telegram import Update
from telegram.ext import Application, TypeHandler

from bot.handlers import (
    announcing,
    buttons,
    channels,
    commands,
    deliveries,
    drafts,
    editions,
    editorial,
    inline,
    membership,
    moments,
    newsroom,
    privacy,
    prompts,
    questions,
    recalling,
    roles,
    subscribing,
    suggestions,
    versions,
)


def register(application: Application) -> None:  # type: ignore[type-arg]
    """Give the application every handler, the more particular first; the last one comes after whichever it was."""
    administration = (announcing, deliveries, recalling, editorial)
    publishing = (roles, drafts, versions, newsroom)
    for family in (
        membership,
        subscribing,
        privacy,
        *administration,
        *publishing,
        suggestions,
        editions,
        commands,
        buttons,
        inline,
        channels,
        prompts,
        questions,
    ):
        application.add_handlers(family.handlers())
    application.add_handler(TypeHandler(Update, moments.tell_dropped), group=1)
