"""A small, faultless knowledge base on disk, to plant errors in."""

from pathlib import Path

from ingest.check import check

ENTRY = "guidance/home-visits/visit-may-they-enter.md"
TOMORROW = "guidance/home-visits/visit-tomorrow.md"
CIVIL_CODE = "instruments/civil-code.yaml"

FILES = {
    ENTRY: """\
---
id: visit-may-they-enter
title: 催收员能不能进我家
topic: home-visits
stages: [collection]
lender_types: [any]
risk: none
questions:
  - 催收的能进我家门吗
  - 不开门行不行
  - 他们非要进来咋整
  - 崔收硬闯进来怎么办
  - 上门的人说要看看屋里
  - 陌生人敲门说我欠钱
  - 催收員可以進我屋企嗎
  - can debt collectors enter my home
  - 进屋算不算犯法
  - 我妈开了门他们坐着不走
  - 能不能拒绝他们进客厅
  - 欠钱的人家里谁都能进吗
citations:
  - {instrument: civil-code, article: "1033", verified: text}
  - {instrument: public-security-penalties-law-2025, article: "47", verified: text}
  - {instrument: collection-guideline, verified: secondary}
channels: [police-110]
related: [visit-tomorrow]
template: stop-visits
created: 2026-11-23
reviewed: 2026-11-23
review_due: 2027-05-23
---

## 先说结论

你可以不开门，也可以隔着门说话。催收员没有权力进你家。

## 现在可以做

1. 先不开门，隔门问清姓名和公司。
2. 对方硬闯，打 110，说清地址和人数。

## 对方不可以

- 未经你同意进屋、翻东西。

## 不要做

- 不要动手，不要当场签字。

## 为什么

- 未经同意不得进入他人住宅（民法典第1033条）。
- 非法侵入住宅可拘留十日以上十五日以下（治安管理处罚法第47条）。
- 据公开报道，催收指引要求上门至少两人，以官方文件为准。

## 话术

我不同意进屋，请书面联系。

## English

No. You need not open the door.

1. Talk through the door.
2. If they force their way in, call 110.
""",
    TOMORROW: """\
---
id: visit-tomorrow
title: 说明天上门怎么办
topic: home-visits
stages: [collection]
lender_types: [any]
risk: none
questions:
  - 短信说明天上门
  - 明天真的会来吗
  - 崔收讲明天到我村里
  - 他们说带人来我害怕
  - 上门前我要准备什么
  - 通知我周六外访
  - 明日上門點算好
  - they say they will visit tomorrow
  - 外访通知是真的吗
  - 一个人在家遇到外访
  - 说好了几点来的
  - 来之前要不要告诉爸妈
citations:
  - {instrument: public-security-penalties-law-2025, article: "50", verified: text}
channels: [police-110]
related: [visit-may-they-enter]
created: 2026-11-23
reviewed: 2026-11-23
review_due: 2027-05-23
---

## 先说结论

可以不开门。先打机构官方客服核对是不是他们派的人。

## 现在可以做

1. 截图保存短信。
2. 告诉家里人不开门、不签字。

## 为什么

- 多次发信息恐吓、干扰正常生活的，可处五日以下拘留（治安管理处罚法第50条）。
""",
    CIVIL_CODE: """\
id: civil-code
name: 中华人民共和国民法典
short_names: [民法典]
kind: law
issuer: 全国人民代表大会
promulgated: 2020-05-28
effective: 2021-01-01
verified: text
texts: [civil-code.md]
provisions:
  - article: "1033"
    title: 隐私权侵害行为
    paraphrase: 没有法律规定或本人明确同意，谁都不能进入、拍摄别人的住宅。
    keywords: [隐私, 住宅]
""",
    "instruments/public-security-penalties-law-2025.yaml": """\
id: public-security-penalties-law-2025
name: 中华人民共和国治安管理处罚法
short_names: [治安管理处罚法]
kind: law
issuer: 全国人民代表大会常务委员会
promulgated: 2025-06-27
effective: 2026-01-01
verified: text
texts: [police.md]
provisions:
  - article: "42"
    title: 铁路安全
    paraphrase: 擅自进入铁路防护网的，处五百元以下罚款。
  - article: "47"
    title: 非法侵入住宅
    paraphrase: 非法侵入他人住宅的，处十日以上十五日以下拘留。
  - article: "50"
    title: 恐吓和滋扰
    paraphrase: 多次发送恐吓信息、滋扰他人正常生活的，处五日以下拘留。
""",
    "instruments/old-measures.yaml": """\
id: old-measures
name: 旧贷款办法
short_names: [旧办法]
kind: rule
issuer: 国务院
effective: 2010-01-01
ended: 2020-01-01
status: repealed
replaced_by: civil-code
provisions:
  - {article: "5", title: 利率, paraphrase: 已废止的一条。}
""",
    "instruments/collection-guideline.yaml": """\
id: collection-guideline
name: 个人消费类贷款催收工作指引
short_names: [催收指引]
kind: standard
issuer: 行业协会
effective: 2026-01-30
binding: false
verified: secondary
note: 行业自律规范。
""",
    "channels.yaml": """\
- id: police-110
  name: 公安机关
  number: "110"
  takes: [威胁, 硬闯]
  verified: text
- id: nfra-12378
  name: 金融监管总局投诉热线
  number: "12378"
  site: www.nfra.gov.cn
  takes: [银行违规催收]
  verified: secondary
""",
    "help_lines.yaml": """\
- id: mental-12356
  name: 心理援助
  number: "12356"
  purpose: 想找人说话时打
  purpose_en: Someone to talk to
  verified: secondary
""",
    "creditors.yaml": """\
- id: fenqile
  name: 分期乐
  lender_type: platform
  contact: 见合同
  how_to_find: 在 App 里点我的、客服
  regulator_channel: nfra-12378
  verified: memory
""",
    "conduct_rules.yaml": """\
- id: enters-home
  act: enter_home
  words: [进屋]
  verdict: unlawful
  why: 未经同意不得进入他人住宅（民法典第1033条）。
  citations: [{instrument: civil-code, article: "1033", verified: text}]
""",
    "deadlines.yaml": """\
- id: detention
  event: 侵入住宅
  days: 15
  counted_from: 决定之日
  consequence: 拘留期满
  citation: {instrument: public-security-penalties-law-2025, article: "47", verified: text}
""",
    "scam_signs.yaml": """\
- id: upfront-fee
  sign: 先交钱
  words: [先交钱]
  why: 协商不收费。
""",
    "letters/stop-visits.md": "请不要上门。\n",
}

LAW_TEXTS = {
    "civil-code.md": """\
# 中华人民共和国民法典

第一千零三十二条　自然人享有隐私权。

第一千零三十三条　除法律另有规定或者权利人明确同意外，任何组织或者个人不得实施下列行为：

（二）进入、拍摄、窥视他人的住宅、宾馆房间等私密空间；

## 第七章　　附则

本章略。
""",
    "police.md": """\
第四十二条　擅自进入铁路、城市轨道交通防护网的，处警告或者五百元以下罚款。

第四十七条　有下列行为之一的，处十日以上十五日以下拘留：非法侵入他人住宅的。

第五十条　多次发送恐吓信息，干扰他人正常生活的，处五日以下拘留或者一千元以下罚款。
""",
}


class TinyBase:
    """The folder of the small knowledge base, with what a test does to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "knowledge_base"
        self.law_texts = folder / "law_texts"
        for name, text in FILES.items():
            self.write(name, text)
        self.law_texts.mkdir()
        for name, text in LAW_TEXTS.items():
            (self.law_texts / name).write_text(text, encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Put a file there."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        """What a file says now."""
        return (self.folder / name).read_text(encoding="utf-8")

    def plant(self, name: str, right: str, wrong: str) -> int:
        """Replace a text that stands once in a file; the line where the wrong one begins."""
        text = self.read(name)
        assert text.count(right) == 1, f"{right} stands {text.count(right)} times in {name}"
        self.write(name, text.replace(right, wrong))
        return text[: text.index(right)].count("\n") + 1

    def findings(self, *, with_law_texts: bool = False) -> list[tuple[str, int, str]]:
        """File, line and code of everything found."""
        found = check(self.folder, self.law_texts if with_law_texts else None)
        return [(str(each.file.relative_to(self.folder)), each.line, each.code) for each in found]
