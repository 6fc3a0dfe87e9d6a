"""JSON Schemas of the content files, made from the card types, so that editors' programs complete and check them."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from bot.catalog.files import ActorsFile, GlossaryFile, SourceFile, SynonymsFile, TopicFile
from bot.catalog.sources import Source

_MODELS: dict[str, type[BaseModel]] = {
    "topic": TopicFile,
    "source": SourceFile,
    "actors": ActorsFile,
    "glossary": GlossaryFile,
    "synonyms": SynonymsFile,
    "seed": Source,
}


def schemas() -> dict[str, str]:
    """File name → JSON text of every schema (draft 2020-12, as pydantic writes it)."""
    return {f"{name}.json": _written(model) for name, model in _MODELS.items()}


def _written(model: type[BaseModel]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_plain(model.model_json_schema())}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _plain(schema: Any) -> Any:
    """The schema without the titles that repeat each name in capitals."""
    if isinstance(schema, dict):
        return {key: _plain(value) for key, value in schema.items() if key != "title" or not isinstance(value, str)}
    return [_plain(each) for each in schema] if isinstance(schema, list) else schema
