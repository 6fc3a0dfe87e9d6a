"""Starting and stopping, where it listens, and the page's files."""

import asyncio
import time
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import Sandbox, SandboxError, serve
from tests.sandbox.conftest import YOU


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "example.org", ""])
def test_it_listens_on_loopback_only(host: str) -> None:
    with pytest.raises(SandboxError, match="the sandbox listens on loopback only"):
        Sandbox(host=host)


async def test_a_port_that_is_taken_is_named() -> None:
    async with serve() as first:
        with pytest.raises(SandboxError, match=f"cannot listen on 127.0.0.1:{first.port}"):
            await Sandbox(port=first.port).start()


async def test_a_port_is_free_again_after_stopping() -> None:
    async with serve() as first:
        port = first.port
    async with serve(port) as second:
        assert second.url == f"http://127.0.0.1:{port}"


async def test_it_starts_fast() -> None:
    began = time.monotonic()
    async with serve():
        assert time.monotonic() - began < 0.3


async def test_it_stops_within_a_second_whatever_is_open(caplog: pytest.LogCaptureFixture) -> None:
    sandbox = Sandbox()
    await sandbox.start()
    sandbox.faults.add("slow", method="getMe", delay_ms=60_000)
    async with aiohttp.ClientSession() as http:
        api = f"{sandbox.url}/bot{sandbox.token}"
        events = await http.get(f"{sandbox.url}/sandbox/events")
        polling = asyncio.create_task(
            http.get(f"{api}/getUpdates", params={"timeout": 50, "allowed_updates": '["message"]'})
        )
        slow = asyncio.create_task(http.get(f"{api}/getMe"))
        inline = asyncio.create_task(http.post(f"{sandbox.url}/sandbox/inline", json={"viewer": YOU, "query": "x"}))
        await asyncio.sleep(0.1)
        began = time.monotonic()
        await sandbox.stop()
        assert time.monotonic() - began < 1
        assert (await (await polling).json())["result"] == []
        outcomes = await asyncio.gather(slow, inline, events.read(), return_exceptions=True)
        assert isinstance(outcomes[0], aiohttp.ClientError)
        assert outcomes[2] == b": hello\n\n"
        events.close()
    assert caplog.records == [], "and without a word in the log"


async def test_it_stops_cleanly_when_its_task_is_cancelled() -> None:
    started = asyncio.Event()

    async def run() -> None:
        async with serve():
            started.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(run())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)


async def test_the_page_is_served_fresh_and_shut_off_from_elsewhere(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    page = tmp_path / "page"
    page.mkdir()
    (page / "index.html").write_text("<p>the page</p>")
    (page / "style.css").write_text("p {}")
    (tmp_path / "secret.txt").write_text("not served")
    async with serve(page=page) as sandbox:
        async with http.get(sandbox.url) as response:
            assert (response.status, await response.text()) == (200, "<p>the page</p>")
            assert response.headers["Cache-Control"] == "no-store"
            assert "default-src 'self'; img-src 'self' data: blob:" in response.headers["Content-Security-Policy"]
        async with http.get(f"{sandbox.url}/page/style.css") as response:
            assert (response.status, response.content_type) == (200, "text/css")
        for path in ("/page/none.js", "/page/%2e%2e/secret.txt", "/page/..%2fsecret.txt", "/nothing"):
            async with http.get(sandbox.url + path) as response:
                assert response.status == 404
                assert "error" in await response.json()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "{url}"}, 200),
        ({"Host": "localhost:{port}"}, 200),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "example.org:{port}"}, 403),
    ],
)
async def test_pages_from_elsewhere_cannot_play_with_it(
    http: aiohttp.ClientSession, headers: dict[str, str], status: int
) -> None:
    async with serve() as sandbox:
        filled = {name: value.format(url=sandbox.url, port=sandbox.port) for name, value in headers.items()}
        async with http.get(f"{sandbox.url}/sandbox/state", headers=filled) as response:
            assert response.status == status
