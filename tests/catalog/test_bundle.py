from __future__ import annotations

import pytest

from bot.catalog.bundle import Bundle, digest_of
from tests.catalog.house import House

FILES = {"content/actors.yaml": b"actors: []\n", "content/topics/visas.yaml": b"order: 1\n", "seeds/a.yaml": b"id: a\n"}


@pytest.mark.parametrize(
    "other",
    [
        {**FILES, "seeds/a.yaml": b"id: b\n"},
        {**FILES, "seeds/b.yaml": b""},
        {path: data for path, data in FILES.items() if path != "seeds/a.yaml"},
        {path.replace("seeds/a.yaml", "content/a.yaml"): data for path, data in FILES.items()},
        {"content/actors.yaml": b"actors: []\ncontent/topics/visas.yaml", "seeds/a.yaml": b"id: a\n"},
    ],
)
def test_any_other_name_or_byte_makes_another_digest(other: dict[str, bytes]) -> None:
    assert Bundle(other).digest != Bundle(FILES).digest


def test_the_order_of_the_files_makes_no_difference() -> None:
    turned = Bundle(dict(reversed(FILES.items())))
    assert turned.digest == Bundle(FILES).digest
    assert digest_of(turned.hashes.items()) == turned.digest


def test_changes_lead_from_one_to_the_other() -> None:
    other = Bundle({"content/actors.yaml": b"actors: [x]\n", "seeds/a.yaml": b"id: a\n", "seeds/b.yaml": b"id: b\n"})
    changes = Bundle(FILES).changes_to(other)
    assert changes == {
        "content/actors.yaml": b"actors: [x]\n",
        "seeds/b.yaml": b"id: b\n",
        "content/topics/visas.yaml": None,
    }
    assert Bundle(FILES).with_files(changes).digest == other.digest
    assert other.changes_to(other) == {}


def test_it_loads_content_and_seeds_each_by_its_own_rules(house: House) -> None:
    files = {f"content/{name}": text.encode() for name, text in house.content.items()}
    files |= {f"seeds/{name}": text.encode() for name, text in house.seeds.items()}
    content = Bundle(files).load()
    assert content.problems == []
    assert {card.id for card in content.catalog().cards} == {card.id for card in house.load().catalog().cards}
    assert list(content.sources) == ["count-2023"]
