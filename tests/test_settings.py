from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import PREFIX, Settings, SettingsError, describe, load_settings

SECRETS = {
    "token": "123456:geheim-token",
    "database_url": "postgresql+asyncpg://u:geheim@127.0.0.1/x",
    "proxy_url": "http://u:geheim@127.0.0.1:3128",
    "seal_key": "geheim-key",
}


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default_and_a_meaning() -> None:
    assert load_settings().token is None
    assert load_settings().database_url.get_secret_value() == "sqlite+aiosqlite:///var/kolokol.db"
    assert all(field.description for field in Settings.model_fields.values())


def test_the_default_folders_are_those_of_the_checkout() -> None:
    assert (load_settings().content_dir / "actors.yaml").is_file()
    assert list(load_settings().seeds_dir.glob("*.yaml"))


def test_settings_come_from_the_environment_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("KOLOKOL_TOKEN=from-file\nKOLOKOL_LOG_FORMAT=json\nOTHER=1\n")
    monkeypatch.setenv("KOLOKOL_TOKEN", "from-environment")
    assert (load_settings().needed_token, load_settings().log_format) == ("from-environment", "json")


def test_a_setting_left_empty_has_its_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("KOLOKOL_PROXY_URL=\nKOLOKOL_LOG_LEVEL=\n")
    monkeypatch.setenv("KOLOKOL_TOKEN", "")
    assert (load_settings().token, load_settings().proxy_url, load_settings().log_level) == (None, None, "INFO")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("bot_api_url", "geheim"),
        ("bot_api_url", "ftp://geheim.example"),
        ("proxy_url", "geheim:3128"),
        ("log_format", "geheim"),
        ("log_level", "geheim"),
        ("concurrency", "geheim"),
        ("concurrency", "99999123"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(
    name: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PREFIX + name.upper(), wrong)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    head, line = str(caught.value).split("\n")
    assert head == "Wrong settings:"
    assert line.startswith(f"{PREFIX}{name.upper()}: ")
    assert "geheim" not in line
    assert "99999123" not in line
    assert caught.value.__suppress_context__


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONCURRENCY", "LOG_LEVEL", "BOT_API_URL"):
        monkeypatch.setenv(PREFIX + name, "-")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert all(PREFIX + name in str(caught.value) for name in ("CONCURRENCY", "LOG_LEVEL", "BOT_API_URL"))


def test_a_settings_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("KOLOKOL_TOKEN=ключ".encode("cp1251"))
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8"):
        load_settings()


def test_an_address_loses_the_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOLOKOL_BOT_API_URL", "http://127.0.0.1:8081/")
    assert load_settings().bot_api_url == "http://127.0.0.1:8081"


@pytest.mark.parametrize("token", [None, ""])
def test_a_missing_token_says_where_to_get_one_and_what_works_without(token: str | None) -> None:
    settings = load_settings(token=token)
    with pytest.raises(SettingsError, match=r"KOLOKOL_TOKEN is not set.+BotFather.+make demo"):
        _ = settings.needed_token


def test_the_description_names_every_setting_and_masks_the_secret_ones() -> None:
    shown = describe(load_settings(**SECRETS))
    assert all(f"{PREFIX}{name.upper()} = " in shown for name in Settings.model_fields)
    assert all(f"{PREFIX}{name.upper()} = (set)" in shown for name in SECRETS)
    assert "geheim" not in shown
    assert "KOLOKOL_TOKEN = (not set)" in describe(load_settings())


def test_secrets_are_known_as_such_and_do_not_show_in_a_representation() -> None:
    settings = load_settings(**SECRETS)
    assert set(settings.secrets) == set(SECRETS.values())
    assert "geheim" not in f"{settings!r} {settings}"
    secret = {name for name, _ in settings if isinstance(getattr(settings, name), SecretStr)}
    assert secret == set(SECRETS)
