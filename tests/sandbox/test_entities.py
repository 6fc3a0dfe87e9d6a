"""What Telegram marks by itself, and how it orders and nests what a bot marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import found_in, tidied, trimmed, with_found
from bot.sandbox.shapes import Entity, utf16_slice


def span(kind: str, offset: int, length: int, **more: object) -> Entity:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start payload", [("bot_command", "/start")]),
        ("see /help@some_bot, please", [("bot_command", "/help@some_bot")]),
        ("a/b and //c", []),
        ("ask @durov or x@y", [("mention", "@durov")]),
        ("mail a.b+c@example.org now", [("email", "a.b+c@example.org")]),
        ("#визы #123 #a1", [("hashtag", "#визы"), ("hashtag", "#a1")]),
        ("$USD and $usd", [("cashtag", "$USD")]),
        ("go to https://example.org/a?b=1#c.", [("url", "https://example.org/a?b=1#c")]),
        ("(see example.org/x)", [("url", "example.org/x")]),
        ("t.me/some_bot?start=abc", [("url", "t.me/some_bot?start=abc")]),
        ("end.Begin 3.5 file.txt", []),
        ("𝔸 /go 𝔸 @abc", [("bot_command", "/go"), ("mention", "@abc")]),
        ("https://t.me/@abc", [("url", "https://t.me/@abc")]),
    ],
)
def test_commands_names_tags_and_addresses_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(e["type"], utf16_slice(text, e["offset"], e["length"])) for e in found_in(text)] == found


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([span("italic", 2, 2), span("bold", 0, 6)],
         [span("bold", 0, 2), span("bold", 2, 4), span("italic", 2, 2)]),
        ([span("bold", 0, 3), span("bold", 3, 2)], [span("bold", 0, 5)]),
        ([span("bold", 0, 4), span("bold", 1, 2)], [span("bold", 0, 4)]),
        ([span("bold", 0, 6), span("code", 2, 2)], [span("bold", 0, 2), span("code", 2, 2), span("bold", 4, 2)]),
        ([span("text_link", 0, 6, url="u"), span("text_link", 2, 2, url="v")], [span("text_link", 0, 6, url="u")]),
        ([span("blockquote", 0, 6), span("blockquote", 2, 2)], [span("blockquote", 0, 6)]),
        ([span("blockquote", 0, 6), span("code", 2, 2)], [span("blockquote", 0, 6), span("code", 2, 2)]),
        ([span("text_link", 0, 4, url="u"), span("bold", 0, 4)],
         [span("text_link", 0, 4, url="u"), span("bold", 0, 4)]),
        ([span("bold", 1, 0)], []),
    ],
)  # fmt: skip
def test_entities_are_cut_joined_and_ordered(given: list[Entity], kept: list[Entity]) -> None:
    assert tidied(given) == kept


def test_what_is_found_stays_out_of_links_and_code_but_goes_into_styles() -> None:
    text = "/one /two /three"
    entities = with_found(text, tidied([span("code", 0, 4), span("bold", 5, 4)]))
    assert entities == [span("code", 0, 4), span("bot_command", 5, 4), span("bold", 5, 4), span("bot_command", 10, 6)]


def test_white_space_is_cut_at_both_ends_and_entities_follow() -> None:
    assert trimmed("\n  a b  \n", [span("bold", 3, 1), span("italic", 5, 3)]) == (
        "a b",
        [span("bold", 0, 1), span("italic", 2, 1)],
    )
    assert trimmed("  a", [span("bold", 1, 2)]) == (" a", [span("bold", 0, 2)])


@given(st.text(st.sampled_from("/@#$. :a1_ыz-\n"), max_size=40))
def test_what_is_found_lies_in_order_and_apart(text: str) -> None:
    end = 0
    for entity in found_in(text):
        assert entity["offset"] >= end
        assert entity["length"] > 0
        end = entity["offset"] + entity["length"]
    assert end <= len(text)
