"""The demo: sandbox, chat page and the real bot in one process, with real HTTP between them."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from pathlib import Path

from bot.app import CHECKED, open_bot, read_library
from bot.clock import MovableClock
from bot.loop import keep_what_start_made
from bot.sandbox import Sandbox
from bot.settings import load_settings


async def run_demo(port: int) -> None:
    """Run until cancelled, on this port or another free one. What chats choose goes with the demo."""
    clock = MovableClock()
    with tempfile.TemporaryDirectory(prefix="kolokol-demo-") as folder:
        async with Sandbox(
            port=_free(port),
            limits="demo",
            clock=lambda: clock.now().timestamp(),
            move=clock.advance,
        ) as sandbox:
            settings = load_settings(
                token=sandbox.token,
                bot_api_url=sandbox.url,
                database_url=f"sqlite+aiosqlite:///{folder}/demo.db",
                key_file=Path(folder) / "keys" / "seal.key",
                seal_key=None,
                proxy_url=None,
                admins=tuple(person.id for person in sandbox.world.people.values() if person.role == "editor"),
            )
            async with open_bot(settings, read_library(settings, checked=CHECKED), clock=clock) as bot:
                keep_what_start_made()
                sandbox.time.next_due = bot.ringing.next_due
                running = asyncio.create_task(bot.run())
                following = asyncio.create_task(bot.follow_folder())
                print(f"Kolokol is here: {sandbox.url}  (Ctrl-C stops it)", flush=True)
                try:
                    await running
                finally:
                    following.cancel()
                    bot.stop()


def _free(port: int) -> int:
    """The port, or 0 (any free one) where somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port
