"""The retriever as langchain's, for those who build chains of their own."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from bot.answering.retrieval.filter import BORROWERS, Filter
from bot.answering.retrieval.retriever import Hit, Retriever


class BorrowerAidRetriever(BaseRetriever):
    """Passages as documents, with the chance and the reasons of each in its metadata.

    ``BorrowerAidRetriever(retriever=retriever).invoke("催收上门怎么办")``
    """

    retriever: Any  # a Retriever; pydantic knows no schema for it
    limit: int = 8
    keep: Filter = BORROWERS

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - theirs
    ) -> list[Document]:
        found: Retriever = self.retriever
        return [document(hit) for hit in found.search(query, limit=self.limit, keep=self.keep)]


def document(hit: Hit) -> Document:
    """A hit as a document."""
    passage = hit.passage
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "title": passage.title,
            "heading": list(passage.heading),
            "trust": passage.trust.value,
            "score": hit.score,
            "reasons": hit.reasons.sentence(),
        },
    )
