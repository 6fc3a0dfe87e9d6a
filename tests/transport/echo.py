"""A small bot to be killed: `python -m tests.transport.echo URL TOKEN [SPOOL]` answers each message with its text."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import uvloop
from telegram.ext import ExtBot

from bot.transport.intake import Intake
from bot.transport.request import AiohttpRequest
from tests.transport.queue import FileSpool


async def main(url: str, token: str, spool: str | None = None) -> None:
    bot: ExtBot[Any] = ExtBot(
        token, base_url=f"{url}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest(pool_size=2)
    )

    async def answer(update: dict[str, Any]) -> None:
        await asyncio.sleep(0.01)
        await bot.send_message(update["message"]["chat"]["id"], update["message"]["text"])

    async with bot, AiohttpRequest(pool_size=2) as request:
        await Intake(request, bot.base_url, answer, spool=FileSpool(spool) if spool else None).run()


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
