from pathlib import Path

from langchain_core.runnables import RunnableLambda

from bot.answering.retrieval.filter import Filter
from bot.answering.retrieval.langchain_face import BorrowerAidRetriever
from bot.knowledge.vocabulary import Audience
from tests.answering.retrieval.builders import passage, retriever_over


def test_serves_in_a_chain(tmp_path: Path) -> None:
    retriever = retriever_over(
        tmp_path,
        passage("visit", "你可以不开门", title="能不能进我家", heading=("上门",)),
        passage("prison", "一般不会坐牢", title="会不会坐牢"),
    )
    chain = BorrowerAidRetriever(retriever=retriever, limit=1) | RunnableLambda(
        lambda found: found[0]
    )
    best = chain.invoke("会坐牢吗")
    assert (best.id, best.page_content) == ("prison", "一般不会坐牢")
    assert 0 < best.metadata["score"] <= 1
    assert "坐牢" in best.metadata["reasons"]
    retriever.close()


def test_keeps_what_its_filter_keeps(tmp_path: Path) -> None:
    retriever = retriever_over(tmp_path, passage("lenders", "会坐牢吗", audience=Audience.LENDER))
    assert BorrowerAidRetriever(retriever=retriever).invoke("会坐牢吗") == []
    lenders = Filter(audiences=frozenset({Audience.LENDER}))
    face = BorrowerAidRetriever(retriever=retriever, keep=lenders)
    assert [one.id for one in face.invoke("会坐牢吗")] == ["lenders"]
    retriever.close()
