"""The ``retrieve`` command over any corpus."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.answering.retrieval.embedding import open_embedder
from bot.transports.jsonl.retrieve import retrieve

CORPUS = [
    {
        "id": 1,
        "title": "民法典 / 合同 / 第六百七十五条",
        "text": "借款人应当按照约定的期限返还借款。",
    },
    {"id": 2, "title": "民法典 / 人格权 / 第一千零三十三条", "text": "任何人不得进入他人住宅。"},
    {"id": 3, "title": "刑法 / 第二百四十五条", "text": "非法侵入他人住宅的，处三年以下有期徒刑。"},
]
KNOWN = [{"text": "催收能进我家吗", "ids": [2]}]
QUERIES = [{"id": "a", "text": "催收员能不能进我家"}, {"id": "b", "text": "借款什么时候还"}]


def lines(path: Path, records: list[Any]) -> Path:
    text = "\n".join(
        r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records
    )
    path.write_text(text + "\n", "utf-8")
    return path


def run(folder: Path, **changed: Any) -> tuple[int, list[dict[str, Any]]]:
    corpus = lines(folder / "corpus.jsonl", changed.pop("corpus", CORPUS))
    queries = lines(folder / "queries.jsonl", changed.pop("queries", QUERIES))
    known = changed.pop("known", KNOWN)
    output = folder / "hits.jsonl"
    code = retrieve(
        corpus,
        str(queries),
        str(output),
        limit=changed.pop("limit", 2),
        embedder=open_embedder(),
        known=lines(folder / "known.jsonl", known) if known else None,
        **changed,
    )
    return code, [json.loads(line) for line in output.read_text("utf-8").splitlines()]


def test_answers_each_query_in_order(tmp_path: Path) -> None:
    code, replies = run(tmp_path)
    assert code == 0
    assert [reply["id"] for reply in replies] == ["a", "b"]
    assert [reply["hits"][0]["id"] for reply in replies] == [2, 1]
    for reply in replies:
        scores = [hit["score"] for hit in reply["hits"]]
        assert len(scores) == 2
        assert scores == sorted(scores, reverse=True)


def test_ids_come_back_as_they_were_given(tmp_path: Path) -> None:
    corpus = [{**CORPUS[0], "id": "675"}, *CORPUS[1:]]
    _, replies = run(tmp_path, corpus=corpus, known=None, limit=3)
    assert {hit["id"] for hit in replies[1]["hits"]} <= {"675", 2, 3}
    assert replies[1]["hits"][0]["id"] == "675"


def test_an_index_is_used_again_until_the_corpus_changes(tmp_path: Path) -> None:
    index = tmp_path / "index"
    first = run(tmp_path, index_dir=index)
    pointer = (index / "current").read_text()
    assert run(tmp_path, index_dir=index) == first
    assert (index / "current").read_text() == pointer
    run(tmp_path, index_dir=index, known=[{"text": "借款什么时候还", "ids": [3]}])
    assert (index / "current").read_text() != pointer


def test_an_index_follows_a_changed_corpus(tmp_path: Path) -> None:
    index = tmp_path / "index"
    run(tmp_path, index_dir=index)
    fresh = {"id": "new", "title": "民法典 /  / 第六百六十七条", "text": "借款什么时候还看合同。"}
    _, replies = run(tmp_path, index_dir=index, corpus=[*CORPUS[:2], fresh], limit=3)
    assert replies[1]["hits"][0]["id"] == "new"
    assert {hit["id"] for hit in replies[1]["hits"]} <= {1, 2, "new"}


def test_as_many_hits_as_were_asked_for(tmp_path: Path) -> None:
    corpus = [
        {
            "id": number,
            "title": f"某法 / 第{number}条",
            "text": f"借款人应当还款，第{number}种情形。",
        }
        for number in range(1200)
    ]
    _, replies = run(tmp_path, corpus=corpus, known=None, limit=1000)
    assert len({hit["id"] for hit in replies[1]["hits"]}) == 1000


def test_an_empty_corpus_has_no_hits(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", "utf-8")
    queries, output = lines(tmp_path / "queries.jsonl", QUERIES), tmp_path / "hits.jsonl"
    known = lines(tmp_path / "known.jsonl", KNOWN)
    code = retrieve(
        empty, str(queries), str(output), limit=5, embedder=open_embedder(), known=known
    )
    assert code == 0
    replies = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert replies == [{"id": "a", "hits": []}, {"id": "b", "hits": []}]


def test_known_questions_may_name_ids_as_text_and_ids_that_are_not_there(tmp_path: Path) -> None:
    known = [{"text": "老赖会怎样", "ids": ["3", 77]}]
    queries = [{"id": "a", "text": "老赖会怎样"}]
    _, replies = run(tmp_path, known=known, queries=queries, limit=1)
    assert replies[0]["hits"][0]["id"] == 3


@pytest.mark.parametrize(
    "bad", ["{broken", '{"ids": [1]}', '{"text": "问"}', '{"text": 5, "ids": []}']
)
def test_a_bad_known_question_is_named_each_time(
    tmp_path: Path, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        code, replies = run(tmp_path, known=[*KNOWN, bad], index_dir=tmp_path / "index")
        assert code == 1
        assert "第 2 行" in capsys.readouterr().err
        assert replies[0]["hits"][0]["id"] == 2


def test_a_bad_query_is_reported_and_the_others_answered(tmp_path: Path) -> None:
    queries = [QUERIES[0], "{broken", {"id": "c"}, QUERIES[1]]
    code, replies = run(tmp_path, queries=queries)
    assert code == 1
    assert [reply.get("error", {}).get("code") for reply in replies] == [
        None,
        "bad_json",
        "no_text",
        None,
    ]
    assert replies[2]["id"] == "c"


@pytest.mark.parametrize(
    "bad", ["{broken", '{"id": 9}', '{"text": "无编号"}', '["a"]', '{"id": "1", "text": "重复"}']
)
def test_a_bad_passage_is_named_and_left_out(
    tmp_path: Path, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, replies = run(tmp_path, corpus=[CORPUS[0], bad, *CORPUS[1:]])
    assert code == 1
    assert "第 2 行" in capsys.readouterr().err
    assert replies[0]["hits"][0]["id"] == 2


def test_a_corpus_that_is_not_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queries = lines(tmp_path / "queries.jsonl", QUERIES)
    code = retrieve(
        tmp_path / "gone.jsonl",
        str(queries),
        str(tmp_path / "hits.jsonl"),
        limit=1,
        embedder=open_embedder(),
    )
    assert code == 2
    assert "gone.jsonl" in capsys.readouterr().err
