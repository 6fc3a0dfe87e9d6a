"""The demo: sandbox, chat page and the real bot in one process, with real HTTP between them."""

from __future__ import annotations

import asyncio
import shutil
import socket
import tempfile
from pathlib import Path

from bot.app import open_bot
from bot.clock import MovableClock
from bot.content import CHECKED, read_library
from bot.loop import keep_what_start_made
from bot.sandbox import Sandbox
from bot.settings import Settings, load_settings


async def run_demo(port: int) -> None:
    """Run until cancelled, on this port or another free one.

    What chats choose and editors publish goes with the demo: it works on a copy of the content.
    """
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
            settings = _on_a_copy(settings, Path(folder))
            async with open_bot(settings, read_library(settings, checked=CHECKED), clock=clock) as bot:
                keep_what_start_made()
                sandbox.time.next_due = bot.ringing.next_due
                running = asyncio.create_task(bot.run())
                following = asyncio.create_task(bot.follow_folder())
                print(f"Kolokol is here: {sandbox.url}  (Ctrl-C stops it)", flush=True)
                print(f"Its content, to be edited on disk: {settings.content_dir}", flush=True)
                try:
                    await running
                finally:
                    following.cancel()
                    bot.stop()


def _on_a_copy(settings: Settings, folder: Path) -> Settings:
    """The settings with copies of the content folders: who tries out publishing changes no file of the checkout."""
    copies = {"content_dir": folder / "content", "seeds_dir": folder / "seeds"}
    for name, copy in copies.items():
        shutil.copytree(getattr(settings, name), copy)
    return settings.model_copy(update=copies)


def _free(port: int) -> int:
    """The port, or 0 (any free one) where somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port
