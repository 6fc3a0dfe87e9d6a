"""Whatever a bot sends, it gets a result or a refusal: the sandbox itself never fails."""

import asyncio
import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.http import BotApi
from bot.sandbox.limits import Limits
from bot.sandbox.methods import METHODS
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.server import TOKEN, default_world
from tests.sandbox.conftest import CHANNEL, GROUP, YOU, png

NAMES = """
chat_id from_chat_id message_id message_ids user_id text caption parse_mode entities caption_entities reply_markup
reply_parameters link_preview_options message_thread_id photo document media latitude longitude title address
phone_number first_name question options type correct_option_ids explanation name icon_color callback_query_id
inline_query_id results button inline_message_id commands scope language_code rights menu_button permissions
until_date reaction action file_id offset limit emoji url
""".split()  # noqa: SIM905 - a list of names reads better so
WAITING = ("getUpdates", "setWebhook")

PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.floats(allow_nan=False), st.text(max_size=8),
    st.sampled_from([YOU, GROUP, CHANNEL, str(YOU), "@news_from_exile", "HTML", "attach://file", "{}", "[]", "[[1]]",
                     "article", "photo", "emoji", "chat", "quiz", "tg://user?id=1", "https://e.org", "²", "9" * 30]),
)  # fmt: skip
KEYS = st.sampled_from(
    ["type", "text", "id", "offset", "length", "url", "user", "inline_keyboard", "keyboard", "callback_data", "media",
     "message_id", "chat_id", "title", "input_message_content", "message_text", "command", "description", "emoji",
     "copy_text", "request_chat", "quote", "reply_markup"]
)  # fmt: skip
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted({name for name, _ in METHODS.values()} - set(WAITING))),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=7),
    st.sampled_from([YOU, GROUP, CHANNEL]),
)
def test_no_request_makes_the_sandbox_fail(method: str, values: dict[str, Any], chat_id: int) -> None:
    ticks = itertools.count(1_800_000_000)
    world = default_world(
        lambda: float(next(ticks)), Limits.preset("off"), username="b_bot", name="B", seed=0, exchanges=10
    )
    world.people[YOU].started = True
    api = BotApi(world, TOKEN)
    uploads = {"file": Upload("a.png", "image/png", png()), "photo": Upload("", "", b"")}

    async def run() -> tuple[int, dict[str, Any]]:
        await api.carry_out(TOKEN, "sendMessage", Parameters({"chat_id": chat_id, "text": "a"}))
        return await api.carry_out(TOKEN, method, Parameters({"chat_id": chat_id, "message_id": 2, **values}, uploads))

    status, answer = asyncio.run(run())
    assert status != 500
    assert answer["ok"] == (status == 200)
