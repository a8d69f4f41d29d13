"""Run the web chat and the Telegram bot, beside each other or alone, on what is published."""

import contextlib
import socket

import uvicorn
from rich.console import Console

from bot.app import App, build
from bot.curation.follow import following
from bot.curation.web.app import workspace_app
from bot.curation.web.visit import ROOT
from bot.curation.workspace import open_workspace
from bot.errors import PortInUse
from bot.operation.duties import do_duties
from bot.operation.health_server import answer_health
from bot.operation.running import beside, until_told_to_stop
from bot.operation.warm_up import warm_up
from bot.settings import Settings
from bot.transports.web.app import web_app
from bot.transports.web.limits import Allowance, Limits


async def serve(settings: Settings) -> None:
    """Serve until interrupted; raises a named fault where a service cannot start."""
    check_port(settings)
    app = build(settings)
    await warm_up(app)
    announce(app)
    web, workspace = web_app(app, limits_of(settings)), open_workspace(app)
    web.mount(ROOT, workspace_app(app, workspace))
    server = uvicorn.Server(
        uvicorn.Config(web, host=settings.web_host, port=settings.web_port, log_level="warning")
    )
    duties = do_duties(app.engine, settings.keep_messages_days)
    async with following(workspace.follow), beside(duties):
        if settings.telegram_token is None:
            await server.serve()
            return
        from bot.transports.telegram.bot import open_telegram  # only where it is on

        telegram = open_telegram(settings, app.respond, app.engine)
        if settings.telegram_webhook_url is not None:
            web.include_router(telegram.routes())
        await telegram.run_beside(server)


async def serve_telegram(settings: Settings) -> None:
    """Run the Telegram bot alone until interrupted."""
    from bot.transports.telegram.bot import run_telegram

    app = build(settings)
    await warm_up(app)
    async with following(open_workspace(app).follow), beside(answer_health(app)):
        await run_telegram(app)


async def serve_worker(settings: Settings) -> None:
    """Do what no borrower waits for until interrupted: deletion on time, publication on time."""
    app = build(settings)
    duties = do_duties(app.engine, settings.keep_messages_days)
    async with following(open_workspace(app).follow), beside(answer_health(app)):
        await until_told_to_stop(duties)


def limits_of(settings: Settings) -> Limits:
    """What one person may send, as the operator set it."""
    return Limits(address=Allowance(settings.web_address_at_once, settings.web_address_per_second))


def check_port(settings: Settings) -> None:
    """Find out before the slow part whether the port is free."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.web_host, settings.web_port))
        except OSError as fault:
            raise PortInUse(
                f"Port {settings.web_port} on {settings.web_host} cannot be used "
                f"({fault.strerror}). Set BORROWER_AID_WEB_PORT to another port."
            ) from fault


def announce(app: App) -> None:
    """Say what is on, what is off, and how to switch it on."""
    settings = app.settings
    on, off = "[green]on [/green]", "[yellow]off[/yellow]"
    console = Console(highlight=False)
    console.print("[bold]借款人帮手 · Borrower Aid[/bold]")
    console.print(f"  {on} web chat   http://{settings.web_host}:{settings.web_port}")
    entries, provisions = len(app.library.entries), app.retriever.manifest.passages
    console.print(f"  {on} knowledge  {entries} entries, {provisions} passages")
    if settings.telegram_token:
        console.print(f"  {on} Telegram")
    else:
        console.print(f"  {off} Telegram   set BORROWER_AID_TELEGRAM_TOKEN (from @BotFather)")
    if settings.llm_model:
        console.print(f"  {on} model      {settings.llm_model}")
    else:
        console.print(
            f"  {off} model      answers are assembled from the entries; "
            "set BORROWER_AID_LLM_MODEL and BORROWER_AID_LLM_BASE_URL to have them worded"
        )
    console.print("Press Ctrl+C to stop.")
