"""The sandbox in a process of its own: `python -m bot.sandbox --port 0 --limits strict --seed 7`."""

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Callable

from bot.sandbox.limits import PRESETS
from bot.sandbox.server import TOKEN, Sandbox, SandboxError


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 is any free one")
    parser.add_argument("--host", default="127.0.0.1", help="an address on loopback")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--limits", choices=PRESETS, default="strict")
    parser.add_argument("--seed", type=int, default=0, help="of the chance in faults")
    return parser.parse_args()


async def run(arguments: argparse.Namespace) -> None:
    """Serve until told to stop; one line of JSON with `url` and `token` says that it listens."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C raises there
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Sandbox(**vars(arguments)) as sandbox:
        sys.stdout.write(json.dumps({"url": sandbox.url, "token": sandbox.token}) + "\n")
        sys.stdout.flush()
        await stop.wait()


def fastest_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """What makes uvloop's event loop, None where it is not installed."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    return new_event_loop


def main() -> None:
    """Run it."""
    try:
        with asyncio.Runner(loop_factory=fastest_loop()) as runner:
            runner.run(run(read_arguments()))
    except SandboxError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
