"""What the tests of the catalog share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from bot.catalog.loading import Content, load, read_folder
from bot.settings import ROOT
from tests.catalog.house import House

settings.register_profile("patient", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("patient")

SOURCE_TEXTS = ROOT.parent / "shared" / "seeds"


@pytest.fixture
def house() -> House:
    """A small content without a fault."""
    house = House()
    assert house.check() == []
    return house


@pytest.fixture(scope="session")
def shipped() -> Content:
    """The content that the repository holds."""
    return load(read_folder(ROOT / "content"), read_folder(ROOT / "seeds"))


@pytest.fixture(scope="session")
def source_texts() -> dict[str, bytes]:
    """The texts that the shipped sources were read from; a test that needs them is skipped elsewhere."""
    if not SOURCE_TEXTS.is_dir():
        pytest.skip("the source texts are not at hand here")
    return {path.name: path.read_bytes() for path in Path(SOURCE_TEXTS).glob("*.txt")}
