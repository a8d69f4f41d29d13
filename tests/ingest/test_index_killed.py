"""A writer killed at any moment leaves one whole version."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.answering.retrieval.retriever import Retriever
from ingest.index import write_index
from tests.answering.retrieval.builders import CountingEmbedder, passage

WRITE = """
import sys
from pathlib import Path
from ingest.index import write_index
from tests.answering.retrieval.builders import CountingEmbedder, passage
print("ready", flush=True)
for edition in range(1, 1000):
    passages = [passage(str(n), f"第{n}条 第{edition}版") for n in range(300 + edition)]
    write_index(passages, Path(sys.argv[1]), embedder=CountingEmbedder())
"""


@pytest.mark.parametrize("delay", [0.05, 0.4, 0.9, 1.7])
def test_readers_and_the_next_writer_find_a_whole_version(tmp_path: Path, delay: float) -> None:
    embedder = CountingEmbedder()
    write_index(
        [passage(str(n), f"第{n}条 第0版") for n in range(300)], tmp_path, embedder=embedder
    )
    with subprocess.Popen(
        [sys.executable, "-c", WRITE, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(delay)  # the moment of the kill is the point of the test
        writer.send_signal(signal.SIGKILL)
    retriever = Retriever.open(tmp_path, embedder)
    texts = [hit.passage.text for hit in retriever.search("第7条", limit=300)]
    editions = {text.split(" ")[1] for text in texts}
    assert len(editions) == 1
    assert retriever.manifest.passages == 300 + int(editions.pop()[1:-1])
    retriever.close()
    write_index([passage("after", "之后")], tmp_path, embedder=embedder)
    assert len(list((tmp_path / "versions").iterdir())) == 1
