"""How updates reach the bot: polling, webhooks, and what a bot learns about itself and files."""

import re
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox import refusals
from bot.sandbox.methods.call import Call, method
from bot.sandbox.shapes import Json
from bot.sandbox.updates import AT_MOST, LONGEST_POLL

SECRET_LIMIT = 256  # Bot API, setWebhook


@method("getMe")
def get_me(call: Call) -> Json:
    """The bot as a user, with what it can do."""
    return {
        **call.world.bot.as_user(),
        "can_join_groups": True,
        "can_read_all_group_messages": call.world.sees_all_group_messages,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
        "supports_join_request_queries": False,
    }


@method("logOut", "close")
def log_out(_: Call) -> bool:
    """Nothing to leave here: the sandbox is the bot's only server."""
    return True


def _kinds(call: Call) -> list[str] | None:
    kinds = call.parameters.json("allowed_updates", "allowed updates")
    return [str(kind) for kind in kinds] if isinstance(kinds, list) else None


@method("getUpdates")
async def get_updates(call: Call) -> list[Json]:
    """The updates that wait; see Updates.poll."""
    updates = call.world.updates
    if updates.webhook_set:
        raise refusals.WEBHOOK_ACTIVE.refusal()
    offset = call.parameters.integer("offset")
    limit = call.parameters.integer("limit", AT_MOST, 1, AT_MOST)
    timeout = call.parameters.integer("timeout", 0, 0, LONGEST_POLL)
    updates.allow(_kinds(call))
    return await updates.poll(offset, limit, timeout)


@method("setWebhook")
def set_webhook(call: Call) -> bool:
    """Has updates delivered to an address on loopback; an empty one goes back to polling."""
    world, parameters = call.world, call.parameters
    url, secret = parameters.text("url"), parameters.text("secret_token")
    if url:
        _check_address(url)
    if len(secret) > SECRET_LIMIT:
        raise refusals.SECRET_TOO_LONG.refusal()
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise refusals.SECRET_CHARACTERS.refusal()
    world.updates.allow(_kinds(call))
    if parameters.flag("drop_pending_updates"):
        world.updates.drop()
    world.webhook.set(url, secret if url else "", parameters.integer("max_connections", 40, 1, 100))
    return True


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise refusals.WEBHOOK_URL_INVALID.refusal()
    host = parts.hostname
    try:
        is_near = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        is_near = False
    if not is_near:
        raise refusals.WEBHOOK_ADDRESS.refusal(host=host)


@method("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    """Goes back to polling."""
    if call.parameters.flag("drop_pending_updates"):
        call.world.updates.drop()
    call.world.webhook.set("", "", 40)
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    """Where updates are delivered, how many wait, and the last thing that went wrong."""
    return call.world.webhook.info()


@method("getFile")
def get_file(call: Call) -> Json:
    """Where a file can be downloaded."""
    return call.world.files.to_download(call.parameters.text("file_id")).as_file()


@method("getUserProfilePhotos")
def get_user_profile_photos(call: Call) -> Json:
    """A person's pictures."""
    person = call.world.people.get(call.user_id())
    if person is None:
        raise refusals.USER_NOT_FOUND.refusal()
    offset = call.parameters.integer("offset", 0, 0)
    limit = call.parameters.integer("limit", 100, 1, 100)
    photos: list[Any] = person.photos
    return {"total_count": len(photos), "photos": photos[offset : offset + limit]}
