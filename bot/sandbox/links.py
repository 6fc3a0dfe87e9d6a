"""Addresses inside texts and buttons: which ones Telegram takes, and how it writes them afterwards."""

import re

_USER = re.compile(r"^tg://user/?\?id=(\d+)$", re.IGNORECASE)
_EMOJI = re.compile(r"^tg://emoji/?\?(?:.*&)?id=(\d+)", re.IGNORECASE)
_OWN_SCHEME = re.compile(r"^(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*)://")
_HOST = re.compile(r"^(?:[^\s@/]+@)?([\w.-]+|\[[0-9a-fA-F:]+\])(?::(\d{1,5}))?$")


class LinkError(ValueError):
    """The address is none; the message says why, as Telegram does."""


def mentioned_user(url: str) -> int | None:
    """The user id of a `tg://user?id=…` link, else None."""
    match = _USER.match(url.strip())
    return int(match.group(1)) if match else None


def custom_emoji(url: str) -> str | None:
    """The identifier of a `tg://emoji?id=…` link, else None."""
    match = _EMOJI.match(url.strip())
    return match.group(1) if match else None


def link(url: str) -> str:
    """The address as Telegram writes it: a scheme in front, the host in lower case, a slash after a bare host.

    Raises LinkError where it is no address (tdlib/td, LinkManager::check_link_impl and HttpUrl.cpp). A host
    without a dot, `localhost` among them, is none.
    """
    raw = url.strip()
    own = _OWN_SCHEME.match(raw)
    if own:
        host, path = _split(raw[own.end() :])
        if not re.fullmatch(r"[\w-]+", host, re.ASCII):
            raise LinkError("Unallowed characters in URL host")
        return f"{own.group(1).lower()}://{host}{path}"
    scheme = _SCHEME.match(raw)
    protocol = scheme.group(1).lower() if scheme else "http"
    if protocol not in ("http", "https"):
        raise LinkError("Unsupported URL protocol")
    host, path = _split(raw[scheme.end() :] if scheme else raw)
    _check_host(host)
    return f"{protocol}://{host.lower()}{path if path.startswith('/') else '/' + path}"


def _split(rest: str) -> tuple[str, str]:
    end = min((i for i in (rest.find(c) for c in "/?#") if i >= 0), default=len(rest))
    return rest[:end], rest[end:]


def _check_host(host: str) -> None:
    match = _HOST.match(host)
    if not host:
        raise LinkError("URL host is empty")
    if not match or not all(match.group(1).strip("[]").split(".")):
        raise LinkError("Disallowed character in URL host")
    if match.group(2) and int(match.group(2)) > 65535:
        raise LinkError("Wrong port number specified in the URL")
    if "." not in match.group(1) and not match.group(1).startswith("["):
        raise LinkError("Wrong HTTP URL")


def checked_link(url: str) -> str | None:
    """The address as Telegram writes it, or None where it is none: such a link is dropped, not refused."""
    try:
        return link(url)
    except LinkError:
        return None
