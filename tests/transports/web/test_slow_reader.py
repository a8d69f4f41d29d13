"""What is told while a reader is being written to reaches him too."""

from bot.transports.web.runs import Run


async def test_a_reader_who_is_slow_when_the_answer_ends_gets_its_end() -> None:
    run = Run("request")
    run.add("status", {})
    reading = run.follow(0, heartbeat=1.0)
    pieces = [await anext(reading)]
    run.add("done", {})
    run.end()
    pieces += [piece async for piece in reading]
    assert [piece.split("event: ")[1].split("\n")[0] for piece in pieces] == ["status", "done"]
