"""Readers of the shipped catalog."""

from __future__ import annotations

import pytest

from bot.catalog.snapshot import Catalog
from bot.i18n import Language
from bot.views.reading import Reading


@pytest.fixture
def english(catalog: Catalog) -> Reading:
    return Reading(catalog, Language.EN, "kolokol_bot")


@pytest.fixture
def russian(catalog: Catalog) -> Reading:
    return Reading(catalog, Language.RU, "kolokol_bot")


@pytest.fixture(params=list(Language))
def reading(catalog: Catalog, request: pytest.FixtureRequest) -> Reading:
    """The same catalog read in each language."""
    return Reading(catalog, request.param, "kolokol_bot")
