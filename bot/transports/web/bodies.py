"""What the API of conversations takes and gives, as the description for programs tells it."""

from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, Field, ValidationError

from bot.answering.clean import readable
from bot.dialogue.message import Kind
from bot.knowledge.site import SITE_KEY
from bot.knowledge.vocabulary import Language

LONGEST_TEXT = 100_000
ID_PATTERN = r"^[A-Za-z0-9_-]{43}$"
Body = TypeVar("Body", bound=BaseModel)


class Beginning(BaseModel):
    """What a page sends to begin a conversation."""

    model_config = {"json_schema_extra": {"examples": [{}, {"site": "beijing-consumers"}]}}

    site: str | None = Field(
        default=None, pattern=SITE_KEY, description="The key of the site that embeds the chat."
    )


class Entry(BaseModel):
    """A conversation and the token that alone opens it."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "id": "nQe0b1-3VbTt6iAc3XG5ZB6y0gE9yZ3N6G6Jm6pM4xo",
                    "token": "Zp1yq2g0p0b8sVtQm2m7n4b9GmV9b4d1b2qkqkqkqkq",
                    "expires_at": "2026-11-24T10:00:00Z",
                }
            ]
        }
    }

    id: str
    token: str = Field(description="Told this once; only its hash is kept.")
    expires_at: datetime


class Question(BaseModel):
    """One message."""

    model_config = {
        "json_schema_extra": {
            "examples": [{"text": "催收说今天上门，我该怎么办"}, {"text": "", "kind": "start"}]
        }
    }

    text: str = Field(max_length=LONGEST_TEXT, description="The message, or empty to begin.")
    language: Language | None = Field(
        default=None, description="Language of the answer; without it, the message's own."
    )
    kind: Kind = Field(default=Kind.TEXT, description="`start` asks for the welcome.")


class LoneQuestion(Question):
    """One message that begins a conversation, or goes on with one."""

    conversation: str | None = Field(
        default=None,
        pattern=ID_PATTERN,
        description="Go on with this conversation; needs its token in Authorization.",
    )
    site: str | None = Field(default=None, pattern=SITE_KEY)


class Rating(BaseModel):
    """Whether an answer helped."""

    model_config = {"json_schema_extra": {"examples": [{"useful": False, "reason": "看不懂"}]}}

    useful: bool
    reason: Annotated[str, Field(max_length=500), AfterValidator(readable)] | None = None


class Export(BaseModel):
    """Everything kept of a conversation; personal details were masked before it was kept."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "conversation": "nQe0b1-3VbTt6iAc3XG5ZB6y0gE9yZ3N6G6Jm6pM4xo",
                    "messages": [
                        {"role": "user", "text": "有人上门", "at": "2026-11-23T10:00:00+00:00"}
                    ],
                    "also_kept": {"interviews": []},
                }
            ]
        }
    }

    conversation: str
    messages: list[dict[str, Any]]
    also_kept: dict[str, list[dict[str, Any]]] = Field(
        description="What else is kept, such as the state of a plan in the making, by table."
    )


async def read_body(request: Request, model: type[Body]) -> Body:
    """The body as a model, read in one go: the quick way for the busiest address."""
    if "json" not in request.headers.get("content-type", ""):
        raise RequestValidationError([_NOT_JSON])
    try:
        return model.model_validate_json(await request.body())
    except ValidationError as fault:
        found = fault.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError(
            [{**each, "loc": ("body", *each["loc"])} for each in found]
        ) from fault


def described(model: type[BaseModel]) -> dict[str, Any]:
    """How an operation that reads its body so describes it."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def schemas() -> dict[str, Any]:
    """The models of bodies that are read so, and what they refer to, by name."""
    found: dict[str, Any] = {}
    for model in (Beginning, Question, LoneQuestion):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        found |= schema.pop("$defs", {})
        found[model.__name__] = schema
    return found


_NOT_JSON = {"type": "json_invalid", "loc": ("body",), "msg": "Content-Type is not JSON"}
