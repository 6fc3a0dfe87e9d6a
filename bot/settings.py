"""Every setting, its default and its meaning. From the environment or `.env`, with the prefix `KOLOKOL_`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds `content/` and `seeds/` in a checkout."""

PREFIX = "KOLOKOL_"


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and says what would be right."""


class Settings(BaseSettings):
    """The settings. Field descriptions are what `kolokol settings` and the README show."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    token: SecretStr | None = Field(None, description="The bot's token from @BotFather. Needed by `kolokol run`.")
    admins: Annotated[tuple[int, ...], NoDecode] = Field(
        (),
        description="Telegram user ids of the administrators, separated by commas; told of broken content.",
    )
    database_url: SecretStr = Field(
        SecretStr("sqlite+aiosqlite:///var/kolokol.db"),
        description="Where the store is: SQLite (the default, under var/) or postgresql+asyncpg://….",
    )
    bot_api_url: str = Field(
        "https://api.telegram.org", description="The Bot API server. Another one for a local server or the sandbox."
    )
    proxy_url: SecretStr | None = Field(
        None, description="HTTP proxy for requests to Telegram, such as http://user:password@host:port."
    )
    content_dir: Path = Field(ROOT / "content", description="The folder of the content files.")
    seeds_dir: Path = Field(ROOT / "seeds", description="The folder of the source cards.")
    seal_key: SecretStr | None = Field(
        None, description="Key that seals chat ids, 64 bytes as base64. Without it the key file is used."
    )
    key_file: Path = Field(
        Path("var/keys/seal.key"),
        description="The key file, made for an empty database. Keep it apart from backups of the database.",
    )
    log_format: Literal["text", "json"] = Field("text", description="How log lines look: text or json.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level that is logged.")
    timezone: str = Field("UTC", description="The timezone that a new subscription starts with, an IANA name.")
    late_hours: int = Field(
        12, ge=1, le=168, description="A digest that is later than this many hours expires instead of being sent."
    )
    unconfirmed: int = Field(
        64, ge=1, le=1024, description="Most messages of digests under way at a time: what a crash can double or miss."
    )
    outbox_days: int = Field(30, ge=2, le=365, description="Days after which the rows of deliveries are deleted.")
    messages_per_second: int = Field(
        30, ge=5, le=1000, description="Messages a second in all. 30 is Telegram's limit, 1000 its paid one."
    )
    publish_from_disk: Literal["publish", "offer", "off"] = Field(
        "publish",
        description="What becomes of a change of the content files on disk: publish it, offer it to the "
        "administrators, or off.",
    )
    concurrency: int = Field(64, ge=1, le=1024, description="Most updates handled at the same time.")

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part for part in value.replace(" ", "").split(",") if part] if isinstance(value, str) else value

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("must be an IANA timezone such as Europe/Vilnius")
        return value

    @field_validator("bot_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not _is_address(value):
            raise ValueError("must be an address such as https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("proxy_url")
    @classmethod
    def _proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _is_address(value.get_secret_value()):
            raise ValueError("must be an address such as http://user:password@host:port")
        return value

    @property
    def needed_token(self) -> str:
        """The token. Raises SettingsError where it is missing."""
        if self.token is None or not self.token.get_secret_value():
            raise SettingsError(
                f"{PREFIX}TOKEN is not set. Get a token from @BotFather in Telegram and put it into .env as "
                f"{PREFIX}TOKEN=…; to try the bot without one: make demo"
            )
        return self.token.get_secret_value()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed: of the settings, those that are secret."""
        return tuple(value.get_secret_value() for _, value in self if isinstance(value, SecretStr))


def _is_address(value: str) -> bool:
    try:
        AnyHttpUrl(value)
    except ValidationError:
        return False
    return True


def describe(settings: Settings) -> str:
    """Every setting with its value and meaning, secrets masked."""
    lines = []
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        shown = ("(set)" if isinstance(value, SecretStr) else str(value)) if value not in (None, ()) else "(not set)"
        lines.append(f"{PREFIX}{name.upper()} = {shown}\n    {field.description}")
    return "\n".join(lines)


def load_settings(**overrides: object) -> Settings:
    """Read the settings. Raises SettingsError that names every wrong one, and never shows a value."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [
            f"{PREFIX}{str(each['loc'][0]).upper()}: {each['msg'].removeprefix('Value error, ')}"
            for each in error.errors(include_input=False)
        ]
        raise SettingsError("Wrong settings:\n" + "\n".join(lines)) from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not UTF-8. Save it as UTF-8.") from None
