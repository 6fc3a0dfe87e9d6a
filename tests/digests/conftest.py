"""What the tests of the digests share: databases of both systems, chats with subscriptions, a clock that is told."""

from __future__ import annotations

from tests.store.conftest import database, postgresql, postgresql_url, seal, sqlite_url, url

__all__ = ["database", "postgresql", "postgresql_url", "seal", "sqlite_url", "url"]
