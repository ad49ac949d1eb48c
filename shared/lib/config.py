"""Settings of this installation, read once from the environment (`DESK_…`)."""

import os
import secrets
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from shared.lib import ami


class Settings(BaseSettings):
    """What an operator decides outside the product; facts about the company are rows, edited in Settings."""

    model_config = SettingsConfigDict(env_prefix="DESK_", frozen=True, extra="ignore")

    data: Path = Field(Path("data"), description="folder of the database, keys and printed badges")
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on")
    public_url: str = Field("", description="address people use, for links and codes; default http(s)://HOST:PORT")
    tls_cert: Path | None = Field(None, description="certificate file (PEM)")
    tls_key: Path | None = Field(None, description="private key file (PEM)")
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field((), description="addresses of proxies to believe")
    database_url: str = Field("", description="postgresql://… when SQLite is outgrown")
    smtp_url: str = Field("", description="smtp://user:pass@host:port?tls=starttls|tls|none")
    mail_from: str = Field("", description="sender of e-mail, e.g. Reception <reception@example.com>")
    printer: str = Field("folder:", description="none:, folder:, folder:PATH or ipp://…")
    exchange_url: str = Field("", repr=False, description="ami://name:secret@host:port?lines=… of an Asterisk exchange")
    timezone: str = Field("Asia/Shanghai", description="zone of the site")
    locale: str = Field("zh_Hans", description="first language of the site: zh_Hans or en")
    secret_key: str = Field("", repr=False, description="signs links; made in the data folder when absent")
    secret_key_file: Path | None = Field(None, description="file that holds DESK_SECRET_KEY")
    data_key: str = Field("", repr=False, description="encrypts columns; made in the data folder when absent")
    data_key_file: Path | None = Field(None, description="file that holds DESK_DATA_KEY")
    backup_folder: Path | None = Field(None, description="second place: what is entered is there within a minute")
    backup_key: str = Field("", repr=False, description="passphrase that opens back-ups")
    backup_key_file: Path | None = Field(None, description="file that holds DESK_BACKUP_KEY")
    rate_limits: str = Field("default", pattern="^(default|relaxed)$", description="relaxed only for load tests")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="least important log line kept")

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except Exception as error:
            raise ValueError(f"{value} is not a time zone") from error
        return value

    @field_validator("locale")
    @classmethod
    def _known_locale(cls, value: str) -> str:
        if value not in ("zh_Hans", "en"):
            raise ValueError("zh_Hans or en")
        return value

    @field_validator("exchange_url")
    @classmethod
    def _known_exchange(cls, value: str) -> str:
        if value:
            ami.exchange(value)
        return value

    @field_validator("printer")
    @classmethod
    def _known_printer(cls, value: str) -> str:
        if not value.startswith(("none:", "folder:", "ipp://", "ipps://")):
            raise ValueError("none:, folder:, folder:PATH, ipp://… or ipps://…")
        return value

    @model_validator(mode="after")
    def _both_halves_of_tls(self) -> "Settings":
        if bool(self.tls_cert) != bool(self.tls_key):
            raise ValueError("DESK_TLS_CERT and DESK_TLS_KEY go together")
        return self

    @model_validator(mode="after")
    def _second_place_is_sealed(self) -> "Settings":
        if self.backup_folder and not (self.backup_key or self.backup_key_file):
            raise ValueError("DESK_BACKUP_FOLDER wants DESK_BACKUP_KEY or DESK_BACKUP_KEY_FILE as well")
        return self

    @property
    def url(self) -> str:
        """Address that people use, without a slash at the end."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls_cert else 'http'}://{host}:{self.port}"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data.absolute() / 'desk.db'}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def loopback(self) -> bool:
        return self.host in ("127.0.0.1", "::1", "localhost")

    def key(self, name: str) -> bytes:
        """Secret `secret_key` or `data_key`: from the environment, a named file, or made once in the data folder."""
        given: str = getattr(self, name)
        named: Path | None = getattr(self, f"{name}_file")
        if given:
            return given.encode()
        path = named or self.data / f"{name}.txt"
        if not path.exists():
            if named:
                raise SettingsError(f"DESK_{name.upper()}_FILE: {path} is not there")
            _write_new_secret(path)
        return path.read_text().strip().encode()

    def passphrase(self) -> str:
        """What opens back-ups: from the environment or a named file, never made up; empty when none is set."""
        if self.backup_key or not self.backup_key_file:
            return self.backup_key
        if not self.backup_key_file.is_file():
            raise SettingsError(f"DESK_BACKUP_KEY_FILE: {self.backup_key_file} is not there")
        return self.backup_key_file.read_text().strip()


class SettingsError(Exception):
    """One clear sentence about a setting that does not fit."""


def _write_new_secret(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))


@cache
def settings() -> Settings:
    """The settings of this process; SettingsError with one sentence when one does not fit."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{'DESK_' + name if name else 'Settings'}: {first['msg']}") from None
