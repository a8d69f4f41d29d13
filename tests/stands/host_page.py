"""An association's own web page, on an origin of its own, that carries the assistant."""

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

NOISY = """
* { letter-spacing: 7px !important; text-transform: uppercase; }
p, li, button, textarea, dialog { color: red !important; font-size: 50px !important; }
.lead { display: none !important; }
"""


def host_page(assistant: str, markup: str, policy: str | None = None, style: str = "") -> FastAPI:
    """A page with this markup; ``ASSISTANT`` in it stands for the assistant's address."""
    host = FastAPI()
    headers = {"Content-Security-Policy": policy.replace("ASSISTANT", assistant)} if policy else {}
    body = markup.replace("ASSISTANT", assistant)

    @host.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse(
            f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>协会</title>'
            f'<link rel="icon" href="data:,"><style>{style}</style></head>'
            f'<body><main><h1>协会</h1><p class="lead">欢迎</p></main>{body}</body></html>',
            headers=headers,
        )

    return host
