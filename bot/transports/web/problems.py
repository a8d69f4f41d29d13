"""What is said when a request cannot be answered: problem documents of RFC 9457."""

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from bot.transports.jsonl.lines import RecordError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
LONGEST_DETAIL = 300

SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "A problem document (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "description": "`urn:borrower-aid:problem:` and the code"},
        "title": {"type": "string", "description": "The status in words"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "What happened, for programs"},
        "detail": {"type": "string", "description": "What happened, for people"},
        "errors": {
            "type": "array",
            "description": "Which fields are wrong, where fields are",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}

REFERENCE = {"$ref": "#/components/schemas/Problem"}

DETAILS: Mapping[int, tuple[str, str]] = {
    400: ("unreadable_body", "The body is not JSON in UTF-8."),
    401: ("no_entry", "The token is missing, has expired, or belongs to another conversation."),
    403: ("foreign_origin", "This origin is not on the site's list."),
    404: ("not_found", "There is nothing here."),
    405: ("wrong_method", "This address does not take that method."),
    413: ("too_large", "The body is larger than this address takes."),
    422: ("invalid", "A field is missing or makes no sense."),
    429: ("too_many", "Too many requests; try again after the seconds in Retry-After."),
    500: ("fault", "Something went wrong on our side; try again in a minute."),
}


class Problem(Exception):
    """A request that ends with a problem document."""

    def __init__(
        self,
        status: int,
        code: str | None = None,
        detail: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        usual_code, usual_detail = DETAILS[status]
        super().__init__(code or usual_code)
        self.status = status
        self.code = code or usual_code
        self.detail = detail or usual_detail
        self.headers = dict(headers or {})

    def response(self, errors: Sequence[Mapping[str, str]] = ()) -> Response:
        """The document; what came from outside is cut short and always fits UTF-8."""
        document: dict[str, Any] = {
            "type": f"urn:borrower-aid:problem:{self.code}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "code": self.code,
            "detail": self.detail[:LONGEST_DETAIL],
        }
        if errors:
            document["errors"] = list(errors)
        return Response(in_utf8(document), self.status, self.headers, MEDIA_TYPE)


def in_utf8(content: Any) -> bytes:
    """JSON in UTF-8; half a character becomes a question mark."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How an operation documents the problems it may end with."""
    return {status: _documented(status) for status in statuses}


def _documented(status: int) -> dict[str, Any]:
    example = json.loads(bytes(Problem(status).response().body))
    return {
        "description": DETAILS[status][1],
        "content": {MEDIA_TYPE: {"schema": REFERENCE, "example": example}},
    }


def answer_with_problems(web: FastAPI, schemas: Mapping[str, Any]) -> None:
    """Let every fault of the application end in a problem document, and say so in OpenAPI.

    ``schemas`` are what the description refers to beside what the framework finds by itself.
    """
    web.add_exception_handler(Problem, _stated)
    web.add_exception_handler(HTTPException, _of_framework)
    web.add_exception_handler(RequestValidationError, _of_fields)
    web.add_exception_handler(RecordError, _of_record)
    web.add_exception_handler(Exception, _of_us)
    described = web.openapi

    def openapi() -> dict[str, Any]:
        document = described()
        document["components"]["schemas"] |= {"Problem": SCHEMA, **schemas}
        return document

    web.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to add to it


async def _stated(_request: Request, fault: Exception) -> Response:
    assert isinstance(fault, Problem)
    return fault.response()


async def _of_framework(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    if fault.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return Problem(405, headers={"Allow": ", ".join(_methods_at(request))}).response()
    if fault.status_code not in DETAILS:
        return Problem(400).response()
    return Problem(fault.status_code, headers=fault.headers).response()


def _methods_at(request: Request) -> list[str]:
    """All methods that an address takes: the framework names those of its first route alone."""
    paths = request.app.openapi()["paths"]
    found = (ms for path, ms in paths.items() if compile_path(path)[0].match(request.url.path))
    return sorted({method.upper() for methods in found for method in methods}) or ["GET"]


async def _of_fields(_request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    errors = [
        {"field": ".".join(str(part) for part in each["loc"]), "message": each["msg"]}
        for each in fault.errors()[:10]
    ]
    return Problem(422).response(errors)


async def _of_record(_request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RecordError)
    return Problem(422, fault.code, fault.message).response()


async def _of_us(_request: Request, fault: Exception) -> Response:
    log.error("a web request failed", exc_info=fault)
    return Problem(500).response()
