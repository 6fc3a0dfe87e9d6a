"""Addresses as Telegram takes and writes them."""

import pytest

from bot.sandbox.links import LinkError, checked_link, link, mentioned_user


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("https://Example.org", "https://example.org/"),
        ("example.org/A?b#c", "http://example.org/A?b#c"),
        ("example.org?x=1", "http://example.org/?x=1"),
        (" https://e.org:8080/x ", "https://e.org:8080/x"),
        ("https://t.me/some_bot?start=a-b_c", "https://t.me/some_bot?start=a-b_c"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("tg:resolve?domain=x", "tg://resolve?domain=x"),
        ("https://пример.рф/путь", "https://пример.рф/путь"),
    ],
)
def test_an_address_is_written_in_full(given: str, written: str) -> None:
    assert link(given) == written


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", "URL host is empty"),
        ("http://", "URL host is empty"),
        ("localhost:8081", "Wrong HTTP URL"),
        ("javascript:alert(1)", "Disallowed character in URL host"),
        ("ftp://e.org", "Unsupported URL protocol"),
        ("http://e..org", "Disallowed character in URL host"),
        ("http://e.org:99999/", "Wrong port number specified in the URL"),
        ("tg://a b", "Unallowed characters in URL host"),
    ],
)
def test_what_is_no_address_is_refused(given: str, words: str) -> None:
    with pytest.raises(LinkError, match=f"^{words}$"):
        link(given)
    assert checked_link(given) is None


def test_a_link_to_a_user_names_its_number() -> None:
    assert mentioned_user("tg://user?id=42") == 42
    assert mentioned_user("https://e.org/?id=42") is None
