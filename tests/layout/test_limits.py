"""The limits are those that the client library knows."""

import ast
from pathlib import Path

import pytest
from telegram.constants import (
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    InlineQueryLimit,
    MessageLimit,
)

from bot import layout
from bot.layout import limits


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (limits.MESSAGE_TEXT, MessageLimit.MAX_TEXT_LENGTH),
        (limits.CAPTION, MessageLimit.CAPTION_LENGTH),
        (limits.ENTITIES, MessageLimit.MESSAGE_ENTITIES),
        (limits.CALLBACK_DATA, InlineKeyboardButtonLimit.MAX_CALLBACK_DATA),
        (limits.BUTTONS, InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER),
        (limits.BUTTONS_PER_ROW, InlineKeyboardMarkupLimit.BUTTONS_PER_ROW),
        (limits.INLINE_QUERY, InlineQueryLimit.MAX_QUERY_LENGTH),
    ],
)
def test_a_limit_is_that_of_the_client_library(ours: int, theirs: int) -> None:
    assert ours == int(theirs)


def test_every_limit_says_where_it_comes_from() -> None:
    body = ast.parse(Path(limits.__file__).read_text(encoding="utf-8")).body
    for number, node in enumerate(body):
        if isinstance(node, ast.AnnAssign):
            after = body[number + 1]
            assert isinstance(after, ast.Expr), ast.unparse(node)
            assert "(" in ast.unparse(after), ast.unparse(node)


def test_no_printer_writes_a_limit_as_a_bare_number() -> None:
    values = {v for k, v in vars(limits).items() if k.isupper()} - {limits.BUTTONS_PER_ROW}
    for path in Path(layout.__file__).parent.glob("*.py"):
        if path.name == "limits.py":
            continue
        numbers = {
            n.value for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Constant)
        }
        assert not {n for n in numbers if type(n) is int} & values, path.name
