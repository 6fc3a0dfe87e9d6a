"""Every problem has its words in both languages: the codes are read from the code itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import bot
from bot.catalog.problems import Place, Problem
from bot.catalog.reading import CODES
from bot.i18n import Language, keys, text

SOURCES = [path for path in sorted(Path(bot.__file__).parent.rglob("*.py")) if "sandbox" not in path.parts]


GIVERS = {"Problem.at": 1, "self.refuse": 1, "_problem": 2}
"""Functions that make a problem, and which of their arguments is its code."""


def codes_and_words() -> dict[str, set[str]]:
    """Each code that the program gives, with the words that stand beside it where it is given."""
    found: dict[str, set[str]] = {code: set() for code in ("invalid", *CODES.values())}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            code = node.args[GIVERS[name]] if name in GIVERS and len(node.args) > GIVERS[name] else None
            if isinstance(code, ast.Constant):
                found.setdefault(str(code.value), set()).update(each.arg for each in node.keywords if each.arg)
            elif name == "_unknown" and isinstance(node.args[2], ast.Constant):
                found.setdefault(str(node.args[2].value), set()).update({"id", "near"})
            elif name == "ValueError" and path.match("catalog/*.py") and path.name in ("values.py", "cards.py"):
                found.setdefault(ast.literal_eval(node.args[0]), set()).add("key")
    return found


FOUND = codes_and_words()
READER_WORDS = {"key", "near", "expected", "form", "wanted", "limit", "what"}
"""What `reading` gives with the errors of pydantic, each with some of them."""


def test_codes_are_found_in_the_code() -> None:
    assert {"repeated_key", "unknown_actor", "lines_form", "value_or_range", "figure_not_on_line"} <= FOUND.keys()
    assert len(FOUND) > 35


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", sorted(FOUND))
def test_every_code_has_a_message_that_its_words_fill(code: str, language: Language) -> None:
    names = FOUND[code] | (READER_WORDS if code in {"invalid", *CODES.values()} else set())
    problem = Problem.at(Place("content/a.yaml", 3, 7), code, **{name: f"<{name}>" for name in names})
    message = text(language, problem.message_key, **problem.said())
    assert message.endswith((".", "?", "too.")) or "<" in message
    assert not re.search(r"\{|\}(?!\.|,)", message.replace("{en: …, ru: …}", "").replace("{date: …, inferred: …}", ""))


@pytest.mark.parametrize("language", Language)
def test_no_message_is_left_from_a_code_that_is_gone(language: Language) -> None:
    known = {"problem-" + code.replace("_", "-") for code in FOUND}
    assert {key for key in keys(language) if key.startswith("problem-")} == known


def test_the_two_languages_say_it_differently() -> None:
    for code, names in FOUND.items():
        words = {**dict.fromkeys(names | READER_WORDS, "1"), "of": "file"}
        key = "problem-" + code.replace("_", "-")
        assert text(Language.EN, key, **words) != text(Language.RU, key, **words), key


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", ["name_not_on_line", "lines_form", "no_such_line"])
def test_of_an_answer_in_the_chat_nothing_is_said_of_files_or_the_terminal(code: str, language: Language) -> None:
    problem = Problem.at(Place(""), code, **dict.fromkeys(FOUND[code], "x"))
    of_a_file, of_an_answer = (
        text(language, problem.message_key, **problem.said(answer=answer)) for answer in (False, True)
    )
    elsewhere = re.compile("aliases|kolokol seeds|In a file|В файле")
    assert elsewhere.search(of_a_file)
    assert not elsewhere.search(of_an_answer)


def test_a_problem_sorts_by_place_and_prints_it_as_editors_jump_to_it() -> None:
    late, early = Problem.at(Place("b", 10, 1), "a"), Problem.at(Place("b", 9, 30), "z")
    assert sorted([late, early]) == [early, late]
    assert str(early.place) == "b:9:30"


def test_words_of_a_problem_become_texts_in_a_fixed_order() -> None:
    problem = Problem.at(Place("a"), "x", limit=3, key=Place("b"))
    assert problem.words == (("key", "b:1:1"), ("limit", "3"))
