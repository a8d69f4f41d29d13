from pathlib import Path

from ingest.load.law_texts import read_articles

LAW = """\
---
title: "某法"
---

# 某法

## 第一章　　总　　则

第一条　为了保护权益，制定本法。

第一百七十五条　第一款。

　　第二款提到第二条的规定。

第一百七十五条之一　插入的一条。

### 第二节　　别的

节名之后、条文之前的话。

第一百七十六条 用半角空格的一条。
"""


def articles(tmp_path: Path, text: str) -> dict[str, str]:
    file = tmp_path / "law.md"
    file.write_text(text, encoding="utf-8")
    return read_articles(file)


def test_divides_a_law_into_its_articles(tmp_path: Path) -> None:
    found = articles(tmp_path, LAW)
    assert list(found) == ["1", "175", "175-1", "176"]
    assert found["175"] == "第一百七十五条　第一款。\n第二款提到第二条的规定。"
    assert found["175-1"] == "第一百七十五条之一　插入的一条。"


def test_divides_a_reply_into_its_points(tmp_path: Path) -> None:
    found = articles(tmp_path, "经研究，批复如下：\n\n一、第一点。\n\n二、第二点。\n")
    assert found == {"1": "一、第一点。", "2": "二、第二点。"}


def test_a_text_without_either_has_none(tmp_path: Path) -> None:
    assert articles(tmp_path, "通知\n") == {}
