"""What the tests of the handlers share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.office import Office, open_office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """An administrator, an editor, a reader."""
    async with open_office(tmp_path) as office:
        yield office
