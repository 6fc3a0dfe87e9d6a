"""One index of the shipped catalog, and a small vocabulary."""

import pytest

from bot.catalog.snapshot import Catalog
from bot.search.index import Index
from bot.search.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def index(catalog: Catalog) -> Index:
    return Index.build(catalog)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    words = (
        "visa visas border borders coalition brain drain foreign agent emigrants emigration exile "
        "виза визы граница границы коалиция коалиции мобилизация мобилизации оппозиция похищение похищения "
        "рассказывать рассказал вернуться экономика санкции россияне россиян беженец утечка мозгов"
    )
    return Vocabulary(words.split())
