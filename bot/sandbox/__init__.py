"""A Bot API server on loopback, in the shape of Telegram's own, with people to play; knows nothing of the rest."""

from bot.sandbox.acts import ActError, Acts
from bot.sandbox.limits import Limit, Limits
from bot.sandbox.server import Sandbox, SandboxError, serve

__all__ = ["ActError", "Acts", "Limit", "Limits", "Sandbox", "SandboxError", "serve"]
