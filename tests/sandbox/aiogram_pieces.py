"""What the tests through aiogram share: a picture, a keyboard, models as plain data, a bot that polls."""

import asyncio
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from pydantic import BaseModel

from tests.sandbox.conftest import png

PHOTO = BufferedInputFile(png(640, 480), "photo.png")


def buttons(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=d, callback_data=d) for d in data]])


def plain(*models: BaseModel | None) -> list[dict[str, Any]]:
    """Models as plain data: aiogram's own are equal only within one bot."""
    return [model.model_dump() for model in models if model is not None]


async def run_for(dispatcher: Dispatcher, bot: Bot, done: asyncio.Event) -> None:
    """Poll as a bot does until something has happened."""
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5))
    try:
        await asyncio.wait_for(done.wait(), 20)
    finally:
        await dispatcher.stop_polling()
        await polling
