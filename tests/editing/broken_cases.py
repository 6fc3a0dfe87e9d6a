"""Broken uploads: each file of the folder with the name it is sent under, what is wrong with it, and where.

What would be harmful, or large, as a file is made here when it is needed: archives, and texts of many megabytes.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from bot.catalog.bundle import Bundle
from bot.editing.archives import ARCHIVE_BYTES, MAX_FILES, TOTAL_BYTES
from bot.editing.uploads import Upload
from tests.catalog.house import TOPIC, House

FOLDER = Path(__file__).parent / "broken"

CASES: dict[str, tuple[str, str, str]] = {
    "actor-of-no-type.yaml": ("actors.yaml", "not_one_of", "content/actors.yaml:4:11"),
    "address-without-https.yaml": ("numbers.yaml", "wrong_form", "content/topics/numbers.yaml:26:107"),
    "anchor-and-alias.yaml": ("numbers.yaml", "yaml_alias", "content/topics/numbers.yaml:19:11"),
    "begins-with-at.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:21:12"),
    "begins-with-percent.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:21:12"),
    "billion-laughs.yaml": ("numbers.yaml", "yaml_alias", "content/topics/numbers.yaml:1:7"),
    "blank-line-cited.yaml": ("numbers.yaml", "no_such_line", "content/topics/numbers.yaml:24:41"),
    "broken-utf8.yaml": ("numbers.yaml", "not_utf8", "content/topics/numbers.yaml:5:42"),
    "byte-order-mark.yaml": ("numbers.yaml", "unknown_key", "content/topics/numbers.yaml:2:1"),
    "card-does-not-fit-a-message.yaml": ("numbers.yaml", "card_does_not_fit", "content/topics/numbers.yaml:14:5"),
    "card-too-long.yaml": ("numbers.yaml", "card_too_long", "content/topics/numbers.yaml:14:5"),
    "colon-in-text.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:24:19"),
    "control-character.yaml": ("numbers.yaml", "yaml_character", "content/topics/numbers.yaml:20:30"),
    "date-not-on-its-line.yaml": ("numbers.yaml", "date_not_on_line", "content/topics/numbers.yaml:21:12"),
    "date-with-points.yaml": ("numbers.yaml", "date_form", "content/topics/numbers.yaml:21:12"),
    "dead-link.yaml": ("numbers.yaml", "unknown_card", "content/topics/numbers.yaml:17:20"),
    "deep-brackets.yaml": ("numbers.yaml", "too_deep", "content/topics/numbers.yaml:1:19"),
    "deep-levels.yaml": ("numbers.yaml", "too_deep", "content/topics/numbers.yaml:14:27"),
    "directive.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:1:1"),
    "empty-language.yaml": ("numbers.yaml", "empty_text", "content/topics/numbers.yaml:19:28"),
    "empty.yaml": ("numbers.yaml", "empty_file", "content/topics/numbers.yaml:1:1"),
    "endless-order.yaml": ("numbers.yaml", "wrong_type", "content/topics/numbers.yaml:2:8"),
    "entity-in-text.yaml": ("numbers.yaml", "markup", "content/topics/numbers.yaml:23:16"),
    "escaped-nul.yaml": ("numbers.yaml", "yaml_character", "content/topics/numbers.yaml:5:15"),
    "figure-differs-between-languages.yaml": ("numbers.yaml", "figures_differ", "content/topics/numbers.yaml:15:12"),
    "figure-in-text-not-on-its-line.yaml": ("numbers.yaml", "figure_not_on_line", "content/topics/numbers.yaml:23:16"),
    "figure-not-on-its-line.yaml": ("numbers.yaml", "figure_not_on_line", "content/topics/numbers.yaml:18:11"),
    "flag-in-words.yaml": ("numbers.yaml", "wrong_type", "content/topics/numbers.yaml:17:18"),
    "half-a-range.yaml": ("numbers.yaml", "value_or_range", "content/topics/numbers.yaml:14:5"),
    "html-in-text.yaml": ("numbers.yaml", "markup", "content/topics/numbers.yaml:23:16"),
    "huge-number.yaml": ("numbers.yaml", "text_too_long", "content/topics/numbers.yaml:17:10"),
    "huge-order.yaml": ("numbers.yaml", "wrong_type", "content/topics/numbers.yaml:2:8"),
    "id-clash-with-a-former-one.yaml": ("numbers.yaml", "repeated_id", "content/glossary.yaml:2:9"),
    "id-clash.yaml": ("numbers.yaml", "repeated_id", "content/glossary.yaml:2:9"),
    "id-is-not-the-file-name.yaml": ("numbers.yaml", "id_is_not_file_name", "content/topics/numbers.yaml:4:7"),
    "id-with-capitals.yaml": ("numbers.yaml", "wrong_form", "content/topics/numbers.yaml:14:9"),
    "indent-between-levels.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:18:4"),
    "json.json": ("package.json", "upload_extension", "package.json:1:1"),
    "key-is-a-list.yaml": ("numbers.yaml", "key_not_text", "content/topics/numbers.yaml:3:3"),
    "key-without-colon.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:18:5"),
    "languages-equal.yaml": ("numbers.yaml", "languages_equal", "content/topics/numbers.yaml:20:17"),
    "line-separator.yaml": ("numbers.yaml", "yaml_character", "content/topics/numbers.yaml:20:30"),
    "lines-backwards.yaml": ("numbers.yaml", "lines_form", "content/topics/numbers.yaml:24:41"),
    "lines-in-words.yaml": ("numbers.yaml", "lines_form", "content/topics/numbers.yaml:24:41"),
    "list-at-the-top.yaml": ("numbers.yaml", "not_a_mapping", "content/topics/numbers.yaml:1:1"),
    "list-on-the-line-of-its-key.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:6:11"),
    "lone-asterisk.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:21:13"),
    "long-icon.yaml": ("numbers.yaml", "text_too_long", "content/topics/numbers.yaml:1:7"),
    "long-id.yaml": ("numbers.yaml", "text_too_long", "content/topics/numbers.yaml:14:9"),
    "long-tag.yaml": ("numbers.yaml", "text_too_long", "content/topics/numbers.yaml:17:17"),
    "merge-key.yaml": ("numbers.yaml", "yaml_alias", "content/topics/numbers.yaml:3:9"),
    "missing-key.yaml": ("numbers.yaml", "missing_key", "content/topics/numbers.yaml:14:5"),
    "missing-language.yaml": ("numbers.yaml", "missing_key", "content/topics/numbers.yaml:19:11"),
    "name-not-on-its-line.yaml": ("actors.yaml", "name_not_on_line", "content/actors.yaml:3:12"),
    "negative-order.yaml": ("numbers.yaml", "wrong_type", "content/topics/numbers.yaml:2:8"),
    "no-citation.yaml": ("numbers.yaml", "list_too_short", "content/topics/numbers.yaml:24:12"),
    "no-such-day.yaml": ("numbers.yaml", "date_form", "content/topics/numbers.yaml:21:12"),
    "no-such-line.yaml": ("numbers.yaml", "no_such_line", "content/topics/numbers.yaml:24:41"),
    "nul.yaml": ("numbers.yaml", "yaml_character", "content/topics/numbers.yaml:5:23"),
    "number-in-words.yaml": ("numbers.yaml", "wrong_form", "content/topics/numbers.yaml:17:10"),
    "number-is-a-list.yaml": ("numbers.yaml", "wrong_type", "content/topics/numbers.yaml:17:10"),
    "number-with-commas.yaml": ("numbers.yaml", "wrong_form", "content/topics/numbers.yaml:17:10"),
    "one-word.yaml": ("numbers.yaml", "not_a_mapping", "content/topics/numbers.yaml:1:1"),
    "only-comments.yaml": ("numbers.yaml", "empty_file", "content/topics/numbers.yaml:1:1"),
    "open-brace.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:19:11"),
    "open-bracket.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:24:12"),
    "open-quote.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:15:12"),
    "python-object.yaml": ("numbers.yaml", "yaml_tag", "content/topics/numbers.yaml:2:8"),
    "repeated-key-in-braces.yaml": ("numbers.yaml", "repeated_key", "content/topics/numbers.yaml:19:37"),
    "repeated-key.yaml": ("numbers.yaml", "repeated_key", "content/topics/numbers.yaml:19:5"),
    "script-in-text.yaml": ("numbers.yaml", "markup", "content/topics/numbers.yaml:23:49"),
    "second-document.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:10:1"),
    "seed-left-out-but-cited.yaml": ("count-2023.yaml", "left_out_but_cited", "seeds/count-2023.yaml:20:3"),
    "seed-line-not-covered.yaml": ("count-2023.yaml", "line_not_covered", "seeds/count-2023.yaml:23:3"),
    "seed-of-another-name.yaml": ("count-2023.yaml", "id_is_not_file_name", "seeds/count-2023.yaml:1:5"),
    "seed-unknown-reason.yaml": ("count-2023.yaml", "not_one_of", "seeds/count-2023.yaml:20:26"),
    "seed-wrong-address.yaml": ("count-2023.yaml", "wrong_form", "seeds/count-2023.yaml:16:6"),
    "someone-elses-schema.yaml": ("numbers.yaml", "unknown_key", "content/topics/numbers.yaml:1:1"),
    "stray-comma.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:24:49"),
    "synonyms-not-nested.yaml": ("synonyms.yaml", "wrong_type", "content/synonyms.yaml:1:10"),
    "synonyms-without-groups.yaml": ("synonyms.yaml", "unknown_key", "content/synonyms.yaml:1:1"),
    "tab-after-indent.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:16:3"),
    "tab-for-indent.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:4:1"),
    "text-behind-quotes.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:24:18"),
    "text-under-a-wrong-name.yml": ("numbers.yml", "upload_yml", "numbers.yml:1:1"),
    "text-without-languages.yaml": ("numbers.yaml", "wrong_type", "content/topics/numbers.yaml:19:11"),
    "third-language.yaml": ("numbers.yaml", "unknown_key", "content/topics/numbers.yaml:19:37"),
    "title-too-long.yaml": ("numbers.yaml", "title_too_long", "content/topics/numbers.yaml:15:17"),
    "too-many-points.yaml": ("numbers.yaml", "list_too_long", "content/topics/numbers.yaml:7:5"),
    "unknown-actor.yaml": ("numbers.yaml", "unknown_actor", "content/topics/numbers.yaml:22:20"),
    "unknown-audience.yaml": ("numbers.yaml", "not_one_of", "content/topics/numbers.yaml:28:16"),
    "unknown-bound.yaml": ("numbers.yaml", "not_one_of", "content/topics/numbers.yaml:17:12"),
    "unknown-escape.yaml": ("numbers.yaml", "yaml_syntax", "content/topics/numbers.yaml:12:24"),
    "unknown-key.yaml": ("numbers.yaml", "unknown_key", "content/topics/numbers.yaml:20:5"),
    "unknown-measure.yaml": ("numbers.yaml", "unknown_measure", "content/topics/numbers.yaml:16:14"),
    "unknown-source.yaml": ("numbers.yaml", "unknown_source", "content/topics/numbers.yaml:24:22"),
    "unknown-topic.yaml": ("numbers.yaml", "unknown_topic", "content/topics/numbers.yaml:17:15"),
    "unplaced-schema.yaml": ("petstore.yaml", "upload_place", "petstore.yaml:1:1"),
    "utf-16.yaml": ("numbers.yaml", "not_utf8", "content/topics/numbers.yaml:1:1"),
    "value-and-range.yaml": ("numbers.yaml", "value_or_range", "content/topics/numbers.yaml:14:5"),
    "windows-1251.yaml": ("numbers.yaml", "not_utf8", "content/topics/numbers.yaml:5:34"),
    "windows-line-ends.yaml": ("numbers.yaml", "unknown_key", "content/topics/numbers.yaml:18:5"),
}
"""File → the name it is sent under, the code of the problem, its place."""

MB = 1_000_000
Entry = tuple[str | zipfile.ZipInfo, bytes]


def base() -> Bundle:
    """The small content of the catalog's tests, as it is published."""
    house = House()
    files = {f"content/{name}": text.encode() for name, text in house.content.items()}
    return Bundle({**files, **{f"seeds/{name}": text.encode() for name, text in house.seeds.items()}})


def packed(*entries: Entry, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in entries:
            if isinstance(name, zipfile.ZipInfo):
                name.compress_type = method
            archive.writestr(name, data)
    return stream.getvalue()


def one(name: str) -> bytes:
    """A zip with the good topic under this name."""
    return packed((name, TOPIC.encode()))


def link() -> bytes:
    """A zip with a symbolic link that leads out of it."""
    entry = zipfile.ZipInfo("topics/numbers.yaml")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return packed((entry, b"/etc/passwd"))


def marked(data: bytes, offset: int, value: int, size: str) -> bytes:
    """A zip whose directory says something else: the fields of each entry in it, by offset (APPNOTE 4.3.12)."""
    changed = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into(size, changed, at + offset, value)
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(changed)


def damaged() -> bytes:
    """A zip with a wrong byte in the middle of what it packs."""
    data = bytearray(packed(("topics/numbers.yaml", TOPIC.encode()), method=zipfile.ZIP_STORED))
    data[200] ^= 0xFF
    return bytes(data)


def many_values() -> bytes:
    """Just below the largest file, all of it keys."""
    return b"".join(b"k%d: 1\n" % number for number in range(95_000))


def many_problems() -> bytes:
    """As many entries as lists may have, each of them wrong in every key that it lacks."""
    empty = "[" + "{}," * 999 + "{}]"
    cites = "[" + ", ".join("{cites: [" + "{}," * 999 + "{}]}" for _ in range(20)) + "]"
    sections = ("statistics", "recommendations", "arguments", "debates")
    return "".join(f"{section}: {empty}\n" for section in sections).encode() + f"events: {cites}\n".encode()


def long_list() -> bytes:
    """Just below the largest file, all of it entries of one list."""
    return b"icon: x\norder: 1\nstatistics: [" + b"1," * 490_000 + b"1]\n"


def crowd(count: int, size: int) -> bytes:
    """A zip of so many topics of so many bytes each, that do not pack well."""
    letters = Random(count).choices(b"abcdefghijklmnopqrstuvwxyz \n", k=6_000)
    return packed(*((f"topics/t{n}.yaml", (bytes(letters) * (size // 6_000 + 1))[:size]) for n in range(count)))


ZIP = "content.zip"
MADE: dict[str, tuple[Callable[[], Iterable[Upload]], str, str]] = {
    name: ((lambda sent=sent, make=make: [Upload(sent, make())]), code, place)  # type: ignore[misc]
    for name, sent, make, code, place in [
        ("1 MB and more", "numbers.yaml", lambda: b"#" * (MB + 1), "upload_too_large", "numbers.yaml:1:1"),
        ("20 MB", "numbers.yaml", lambda: TOPIC.encode() * 20_000, "upload_too_large", "numbers.yaml:1:1"),
        ("20 MB zip", ZIP, lambda: b"PK\x03\x04" + bytes(20 * MB), "upload_too_large", f"{ZIP}:1:1"),
        ("many values", "numbers.yaml", many_values, "too_many_values", "content/topics/numbers.yaml:30000:9"),
        ("a long list", "numbers.yaml", long_list, "too_many_values", "content/topics/numbers.yaml:3:13"),
        ("many problems", "numbers.yaml", many_problems, "too_many_problems", "content/topics/numbers.yaml:1:1"),
        ("a long key", "numbers.yaml", lambda: b"k" * 1000 + b": 1\n", "unknown_key", "content/topics/numbers.yaml:1:1"),
        ("one long line", "numbers.yaml", lambda: b"icon: " + b"x " * 400_000, "missing_key", "content/topics/numbers.yaml:1:1"),
        ("out by dots", ZIP, lambda: one("content/../../evil.yaml"), "upload_path", f"{ZIP}/content/../../evil.yaml:1:1"),
        ("absolute", ZIP, lambda: one("/etc/cron.d/evil.yaml"), "upload_path", f"{ZIP}//etc/cron.d/evil.yaml:1:1"),
        ("a drive", ZIP, lambda: one("C:/content/topics/numbers.yaml"), "upload_path", f"{ZIP}/C:/content/topics/numbers.yaml:1:1"),
        ("backslashes", ZIP, lambda: one("..\\..\\evil.yaml"), "upload_path", f"{ZIP}/..\\..\\evil.yaml:1:1"),
        ("a path as name", "../../etc/evil.yaml", lambda: TOPIC.encode(), "upload_path", "evil.yaml:1:1"),
        ("a link", ZIP, link, "zip_link", f"{ZIP}/topics/numbers.yaml:1:1"),
        ("a password", ZIP, lambda: marked(one("topics/numbers.yaml"), 8, 1, "<H"), "zip_encrypted", f"{ZIP}/topics/numbers.yaml:1:1"),
        ("a zip in the zip", ZIP, lambda: packed(("topics/more.zip", one("x.yaml"))), "zip_nested", f"{ZIP}/topics/more.zip:1:1"),
        ("a zip under another name in the zip", ZIP, lambda: packed(("topics/more.yaml", one("x.yaml"))), "zip_nested", f"{ZIP}/topics/more.yaml:1:1"),
        ("a bomb", ZIP, lambda: packed(("topics/numbers.yaml", bytes(50 * MB))), "zip_bomb", f"{ZIP}/topics/numbers.yaml:1:1"),
        ("a bomb that lies about its size", ZIP, lambda: marked(packed(("topics/numbers.yaml", bytes(50 * MB))), 24, 4000, "<L"), "zip_broken", f"{ZIP}/topics/numbers.yaml:1:1"),
        ("many bombs", ZIP, lambda: packed(*((f"topics/t{n}.yaml", bytes(64_000)) for n in range(250))), "upload_total", f"{ZIP}:1:1"),
        ("more than all files may have", ZIP, lambda: crowd(40, TOTAL_BYTES // 38), "upload_total", f"{ZIP}:1:1"),
        ("a file of 1 MB and more in it", ZIP, lambda: crowd(1, MB + 1), "file_too_large", f"{ZIP}/topics/t0.yaml:1:1"),
        ("many files", ZIP, lambda: packed(*((f"topics/t{n}.yaml", b"") for n in range(MAX_FILES + 1))), "upload_too_many", f"{ZIP}:1:1"),
        ("a crowd of files", ZIP, lambda: packed(*((f"topics/t{n}.yaml", b"") for n in range(30_000))), "upload_too_many", f"{ZIP}:1:1"),
        ("damaged", ZIP, damaged, "zip_broken", f"{ZIP}/topics/numbers.yaml:1:1"),
        ("cut off", ZIP, lambda: one("topics/numbers.yaml")[:-30], "zip_broken", f"{ZIP}:1:1"),
        ("no zip", ZIP, lambda: TOPIC.encode(), "zip_broken", f"{ZIP}:1:1"),
        ("an empty file as zip", ZIP, lambda: b"", "zip_broken", f"{ZIP}:1:1"),
        ("an empty zip", ZIP, lambda: packed(), "zip_empty", f"{ZIP}:1:1"),
        ("only hidden files", ZIP, lambda: packed(("__MACOSX/x.yaml", b""), (".git/a.yaml", b"")), "zip_empty", f"{ZIP}:1:1"),
        ("an unusual method", ZIP, lambda: packed(("topics/numbers.yaml", TOPIC.encode()), method=zipfile.ZIP_LZMA), "zip_method", f"{ZIP}/topics/numbers.yaml:1:1"),
        ("an unknown method", ZIP, lambda: marked(one("topics/numbers.yaml"), 10, 97, "<H"), "zip_method", f"{ZIP}/topics/numbers.yaml:1:1"),
        ("a program in the zip", ZIP, lambda: packed(("content/run.exe", b"MZ")), "upload_extension", f"{ZIP}/content/run.exe:1:1"),
        ("yml in the zip", ZIP, lambda: one("topics/numbers.yml"), "upload_yml", f"{ZIP}/topics/numbers.yml:1:1"),
        ("a file that the format does not know", ZIP, lambda: one("content/pages/about.yaml"), "unknown_file", "content/pages/about.yaml:1:1"),
        ("one place twice in a zip", ZIP, lambda: packed(("a/topics/numbers.yaml", b""), ("b/topics/numbers.yaml", b"")), "upload_twice", f"{ZIP}/b/topics/numbers.yaml:1:1"),
        ("a zip as yaml", "numbers.yaml", lambda: one("topics/numbers.yaml"), "upload_is_zip", "numbers.yaml:1:1"),
        ("a tar", "content.tar.gz", lambda: b"\x1f\x8b", "upload_extension", "content.tar.gz:1:1"),
        ("a document", "numbers.docx", lambda: b"PK\x03\x04", "upload_extension", "numbers.docx:1:1"),
        ("a text that is none", "essay.txt", lambda: b"one\n\xff", "not_utf8", "essay.txt:2:1"),
        ("an empty text", "essay.txt", lambda: b"", "empty_file", "essay.txt:1:1"),
        ("no name", "", lambda: TOPIC.encode(), "upload_extension", "?:1:1"),
        ("a name of control characters", "a\x1b[31m\nb.exe", lambda: b"", "upload_extension", "a?[31m?b.exe:1:1"),
    ]
}  # fmt: skip
"""Case → how it is made, the code of the problem, its place."""


def _sent_twice() -> list[Upload]:
    return [Upload("numbers.yaml", TOPIC.encode()), Upload("numbers (1).yaml", TOPIC.encode())]


MADE["one file sent twice"] = (_sent_twice, "upload_twice", "numbers (1).yaml:1:1")
assert ARCHIVE_BYTES < 20 * MB


def uploads(case: str) -> list[Upload]:
    """What is sent in a case."""
    if case in CASES:
        return [Upload(CASES[case][0], (FOLDER / case).read_bytes())]
    return list(MADE[case][0]())


def expected(case: str) -> tuple[str, str]:
    """Code and place of what is wrong in a case."""
    found = CASES.get(case) or MADE[case]
    return str(found[1]), str(found[2])
