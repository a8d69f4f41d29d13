"""Small sources for the tests of taking in; written for them, about invented lenders."""

import io
import zipfile
from collections.abc import Mapping

from ingest.assess.near_duplicates import NearDuplicates
from ingest.intake import Block, Document, Intake, Kind, Source
from ingest.pipeline import run, steps

# A page like those that a spinning program makes: three parts stuck together, none with a source.
SPUN_PAGE = """\
云朵贷逾期上门催收的应对方法
如今社会里，借款人面对逾期疑惑，理应采纳积极的途径，与平台实行沟通。
咱们来回答若干常见的疑惑。逾期超过45天就会有人上门吗？依照平台的相关规定，逾期超过45天就会有人上门催收。
借款人还可以向信用卡协会投诉，寻求更多的援助。
控制逾期风险的措
借贷机构可以采用以下措：
1. 严格筛选借款人：借贷机构应对借款人实行背景调查，减低逾期风险。
2. 建立催收团队：金融机构应当建立专业的催收团队，提高催收的成功率。
3. 委托外包公司：委托催收公司上门，给借款人形成压力，促使借款人尽快还款。
"""

GUIDE_PAGE = """\
云朵贷还不上怎么办
你可以先打官方客服，说明哪天开始还不上、每月能还多少，请对方登记并给你工单号。
催收人员不得骚扰你的家人。保存短信和录音，对方不停就拨打12378投诉。
"""

LAW = """\
---
title: "借条管理办法"
issuer: "国务院"
promulgated: "2024-01-02"
effective: "2024-03-01"
status: "现行有效"
---

# 借条管理办法

## 第一章　　总　　则

第一条　为了规范借条，制定本办法。

第二条　借条应当写明下列事项：

（一）金额；

（二）日期。

## 第二章　　责　　任

第三条　违反本办法第二条的，责令改正。

第三条之一　情节轻微的，不予处罚。
"""

LAWREFBOOK = """\
# 借条管理条例

2023年5月6日 国务院第9次常务会议通过

2023年6月1日 施行

<!-- INFO END -->

## 第一章 总则

第一条 为了规范借条，制定本条例。

第二条 本条例所称借条，是指借款凭证。
"""


def taken(
    text: str | bytes, name: str = "page.txt", kind: Kind = Kind.WEB, *, sure: bool = True
) -> Intake:
    """A source at the end of its way."""
    content = text if isinstance(text, bytes) else text.encode()
    return run(Intake(Source(name, content), kind, sure), steps(NearDuplicates()))


def document(*paragraphs: str) -> Document:
    """A document of plain paragraphs, one a line."""
    return Document("题目", tuple(Block(text, n) for n, text in enumerate(paragraphs, 1)))


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """A ZIP archive with these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
