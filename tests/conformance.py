"""Holds requests to a Bot API server, and its answers, against the Bot API as data.

The data is `api.json` of PaulSonOfLars/telegram-bot-api-spec: beside the checkout in `../shared/botapi/`, or where
KOLOKOL_BOTAPI_JSON says. It is no part of this project; `specification()` is None where it is absent.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "botapi" / "api.json"

# What is newer than Bot API 10.1, by the type or method that has it; seen in aiogram's models.
NEWER: dict[str, set[str]] = {
    "InputRichMessage": {"blocks", "media"},
    "Message": {"ephemeral_message_id", "receiver_user"},
    "ReplyParameters": {"ephemeral_message_id"},
    "InlineKeyboardButton": {"disabled"},
    "ChatMemberAdministrator": {"can_send_welcome_messages"},
    "ChatAdministratorRights": {"can_send_welcome_messages"},
    "sendMessage": {"receiver_user_id", "callback_query_id", "ephemeral_message_parameters"},
    "sendRichMessage": {"ephemeral_message_parameters"},
}

_PLAIN: dict[str, type | tuple[type, ...]] = {
    "String": str,
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "True": bool,
}


class Specification:
    """All methods and types; each check answers a list of what is wrong, empty where nothing is."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.types: dict[str, Any] = data["types"]
        self.methods: dict[str, Any] = data["methods"]
        self._by_name = {name.lower(): name for name in self.methods}

    def check_request(self, method: str, parameters: dict[str, Any], uploads: tuple[str, ...] = ()) -> list[str]:
        """A request by the method's name and its parameters, as JSON values or as the texts of a form."""
        name = self._by_name.get(method.lower())
        if name is None:
            return [f"{method}: there is no such method"]
        fields = {field["name"]: field for field in self.methods[name].get("fields", [])}
        problems = [
            f"{name}: unknown parameter {p}" for p in parameters if p not in fields and p not in self._new(name)
        ]
        for key, field in fields.items():
            given = parameters.get(key)
            if given is None or given == "":
                if field["required"] and key not in uploads and given is None:
                    problems.append(f"{name}: required parameter {key} is absent")
                continue
            problems += self.check(field["types"], _unpacked(given, field["types"]), f"{name}.{key}")
        return problems

    def check_answer(self, method: str, answer: dict[str, Any]) -> list[str]:
        """The whole body that came back: the result of the method's type, or a refusal of the right shape."""
        if answer.get("ok") is True:
            returns = self.methods[self._by_name[method.lower()]]["returns"]
            return self.check(returns, answer.get("result"), method)
        problems = [] if answer.get("ok") is False else [f"{method}: ok is neither true nor false"]
        if not isinstance(answer.get("error_code"), int) or not isinstance(answer.get("description"), str):
            problems.append(f"{method}: a refusal without error_code or description")
        if "parameters" in answer:
            problems += self.check(["ResponseParameters"], answer["parameters"], f"{method}.parameters")
        return problems

    def check(self, types: list[str], value: Any, where: str) -> list[str]:
        """A value that may be of any of these types: what is wrong by the type that it fits best."""
        found = [self._check_one(kind, value, where) for kind in types]
        return min(found, key=len) if found else [f"{where}: no type fits"]

    def _check_one(self, kind: str, value: Any, where: str) -> list[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: expected an array, got {value!r:.80}"]
            inner = kind.removeprefix("Array of ")
            return [p for i, item in enumerate(value) for p in self._check_one(inner, item, f"{where}[{i}]")]
        if kind in _PLAIN:
            is_bool = isinstance(value, bool)
            fits = isinstance(value, _PLAIN[kind]) and is_bool == (kind in ("Boolean", "True"))
            return [] if fits else [f"{where}: expected {kind}, got {value!r:.80}"]
        if kind == "InputFile":
            return [] if isinstance(value, str) else [f"{where}: expected a file, got {value!r:.80}"]
        return self._check_object(kind, value, where)

    def _check_object(self, kind: str, value: Any, where: str) -> list[str]:
        shape = self.types[kind]
        if shape.get("subtypes"):
            return self.check(shape["subtypes"], value, where)
        if not isinstance(value, dict):
            return [f"{where}: expected {kind}, got {value!r:.80}"]
        fields = {field["name"]: field for field in shape.get("fields", [])}
        problems = [f"{where}: {kind} has no field {n}" for n in value if n not in fields and n not in self._new(kind)]
        for name, field in fields.items():
            if name in value:
                problems += self.check(field["types"], value[name], f"{where}.{name}")
            elif field["required"]:
                problems.append(f"{where}: {kind} without its {name}")
        return problems

    @staticmethod
    def _new(name: str) -> set[str]:
        return NEWER.get(name, set())


def _unpacked(given: Any, types: list[str]) -> Any:
    """A form's text as the value that it stands for."""
    if not isinstance(given, str) or "String" in types or "InputFile" in types:
        return int(given) if isinstance(given, str) and "Integer" in types and given.lstrip("-").isdigit() else given
    try:
        return json.loads(given)
    except ValueError:
        return given


@cache
def specification() -> Specification | None:
    """The Bot API as data, None where it is absent."""
    path = Path(os.environ.get("KOLOKOL_BOTAPI_JSON") or BESIDE)
    return Specification(json.loads(path.read_text("utf-8"))) if path.is_file() else None


def required_specification() -> Specification:
    """The same for a test or a whole module: skips it where the data is absent, but fails in CI."""
    found = specification()
    if found is not None:
        return found
    reason = f"the Bot API as data is not at {os.environ.get('KOLOKOL_BOTAPI_JSON') or BESIDE}"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}, and in CI it must be")
    pytest.skip(reason, allow_module_level=True)
