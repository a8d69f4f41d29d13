"""All settings, typed, from the environment and ``.env``; nothing else reads the environment."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsInvalid

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an operator may choose; every field has a safe default."""

    model_config = SettingsConfigDict(
        env_prefix="BORROWER_AID_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    data_dir: Path = Field(
        default=Path("data"), description="Folder for the database and the index"
    )
    knowledge_dir: Path = Field(
        default=ROOT / "knowledge_base", description="Folder with the reviewed knowledge"
    )
    prompts_dir: Path = Field(
        default=ROOT / "prompts", description="Folder with every word sent to a language model"
    )
    database_url: str | None = Field(
        default=None,
        description="SQLAlchemy URL; without it a SQLite file in the data folder is used",
    )
    encryption_keys: SecretStr | None = Field(
        default=None,
        description="Keys that seal what people wrote, newest first, separated by commas "
        "(`borrower-aid keys new` prints one); without it a key file beside the "
        "SQLite file, or in the data folder, is used",
    )
    embedding_model: str = Field(
        default=str(ROOT / "models" / "static-zh"),
        description="Embedding model: a folder, a hub name, or openai:NAME for an endpoint",
    )
    embedding_base_url: str | None = Field(
        default=None, description="OpenAI-compatible server of an openai:NAME embedding model"
    )
    embedding_api_key: SecretStr | None = Field(default=None, description="Key of that server")
    chroma_url: str | None = Field(
        default=None,
        description="Chroma server that replicas share, for example http://127.0.0.1:8001; "
        "without it vectors are looked up in this process",
    )
    web_host: str = Field(default="127.0.0.1", description="Address the web chat listens on")
    web_port: int = Field(default=8000, ge=1, le=65535, description="Port of the web chat")
    web_address_at_once: int = Field(
        default=120,
        ge=1,
        description="Requests outside conversations that an address may send at once",
    )
    web_address_per_second: float = Field(
        default=4.0, gt=0, description="And each second after that, counted by each process"
    )
    health_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Port on which `telegram` and `worker` answer /healthz, /readyz and /metrics; "
        "`serve` answers them on the web chat's",
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="How the log is written: `text` for people, or `json`"
    )
    keep_messages_days: int = Field(
        default=90, ge=1, description="Days before what was said is deleted"
    )
    telegram_token: SecretStr | None = Field(
        default=None, description="Bot token from @BotFather; switches Telegram on"
    )
    telegram_api: str = Field(
        default="https://api.telegram.org",
        description="Bot API server, for those who run their own",
    )
    telegram_webhook_url: str | None = Field(
        default=None,
        description="Public address Telegram posts to; without it the bot polls. It is served on "
        "the web chat's host and port",
    )
    telegram_webhook_secret: SecretStr | None = Field(
        default=None, description="Secret that Telegram sends with each post; a webhook needs one"
    )
    telegram_per_minute: int = Field(
        default=60, ge=1, description="Messages of one chat a minute before it is asked to wait"
    )
    telegram_volunteers_chat: int | None = Field(
        default=None,
        description="Chat of the volunteers (a group's id is negative); people who ask for a human "
        "are handed over there",
    )
    volunteer_hours: str | None = Field(
        default=None,
        description="When volunteers are there, Beijing time, for example `Mon-Fri 19:00-21:30; "
        "Sat 10:00-12:00`; switches the hand-off to volunteers on",
    )
    oidc_issuer: str | None = Field(
        default=None,
        pattern=r"^https://|^http://(localhost|127\.0\.0\.1)[:/]",
        description="OpenID Connect provider of the workspace, as its discovery document names it; "
        "switches a second way to sign in on, for people whose mail address an administrator noted",
    )
    oidc_client_id: str | None = Field(
        default=None, description="What that provider calls this workspace"
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="Secret that the provider gave for it"
    )
    oidc_name: str = Field(
        default="OpenID", max_length=30, description="What the sign-in page calls the provider"
    )
    oidc_second_factor: bool = Field(
        default=False,
        description="`true` where the provider asks everybody for a second factor, so that the "
        "workspace need not; otherwise the code is asked for as after a password",
    )
    volunteer_quiet_minutes: int = Field(
        default=30,
        ge=5,
        description="Minutes without a word of the volunteer after which a person gets the assistant "
        "back and waits in the queue again",
    )
    llm_model: str | None = Field(
        default=None, description="Model name; switches the language model on"
    )
    llm_base_url: str | None = Field(
        default=None, description="OpenAI-compatible server, for example http://127.0.0.1:11434/v1"
    )
    llm_api_key: SecretStr | None = Field(default=None, description="Key of that server")
    llm_deadline_seconds: float = Field(
        default=20.0, gt=0, le=120, description="Longest wait for a worded answer"
    )

    @property
    def index_dir(self) -> Path:
        """Where index versions lie."""
        return self.data_dir / "index"

    @property
    def embedding(self) -> tuple[str, str | None, str | None]:
        """The embedding model, and the server and key of one behind an endpoint."""
        key = self.embedding_api_key.get_secret_value() if self.embedding_api_key else None
        return self.embedding_model, self.embedding_base_url, key

    @property
    def store_url(self) -> str:
        """The database to use."""
        return self.database_url or f"sqlite:///{self.data_dir / 'borrower_aid.sqlite3'}"

    @property
    def key_folder(self) -> Path:
        """Where the key file lies: beside a SQLite file, else in the data folder."""
        kind, _, path = self.store_url.partition(":///")
        return Path(path).parent if kind.startswith("sqlite") and path else self.data_dir


def read_settings() -> Settings:
    """The settings of this process; a value that cannot be used is named in one line."""
    try:
        return Settings()
    except ValidationError as fault:
        first = fault.errors()[0]
        name = "BORROWER_AID_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsInvalid(f"{name}: {first['msg']}") from fault


def settings_table() -> str:
    """The settings as the Markdown table that README shows."""
    rows = ["| setting | default | what it does |", "| --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        rows.append(
            f"| `BORROWER_AID_{name.upper()}` | {_shown(field.default)} | {field.description} |"
        )
    return "\n".join(rows)


def _shown(default: object) -> str:
    if default is None:
        return "–"
    text = str(default).replace(f"{ROOT}/", "")
    return f"`{text}`"


FOR_COMPOSE = """\
# What docker-compose.yml asks for.
POSTGRES_PASSWORD=
AID_DOMAIN=localhost
AID_TELEGRAM_PATH=/telegram
"""


def env_example() -> str:
    """The file ``.env.example``: every setting, its description and its default."""
    parts = ["# Copy this file to .env and change what you need.\n", FOR_COMPOSE]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else str(field.default).replace(f"{ROOT}/", "")
        parts.append(f"# {field.description}\n#BORROWER_AID_{name.upper()}={default}\n")
    return "\n".join(parts)
