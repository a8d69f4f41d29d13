"""Why a passage was found, for curators."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reasons:
    """What each signal saw in a passage."""

    words: tuple[tuple[str, float], ...] = ()
    known_question: str | None = None
    known_likeness: float = 0.0
    vector: float = 0.0
    prior: float = 0.0

    def sentence(self) -> str:
        """The reasons in one line of Chinese."""
        parts = []
        if self.words:
            parts.append("词语：" + "、".join(word for word, _ in self.words))
        if self.known_question:
            parts.append(f"已知问法：{self.known_question}（{self.known_likeness:.2f}）")
        parts.append(f"语义：{self.vector:.2f}")
        if self.prior:
            parts.append(f"被引用：{self.prior:.2f}")
        return "；".join(parts)
