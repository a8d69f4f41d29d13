"""A death told in gentle words is read as one; who merely left is not."""

import pytest

from bot.answering.understanding.the_dead import said_plainly


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("我妈上个月走的，她贷款的公司让我还", "我妈上个月去世了，她贷款的公司让我还"),
        ("公公不在了，银行说他欠两万", "公公去世了，银行说他欠两万"),
        ("老公没了，花呗找我要", "老公去世了，花呗找我要"),
        ("老婆癌症走了，网贷催我还", "老婆癌症去世了，网贷催我还"),
        ("我哥去年没了，网贷打到我这", "我哥去年去世了，网贷打到我这"),
        ("爸爸车祸走了，留了一套房", "爸爸车祸去世了，留了一套房"),
        ("老爸人没了 消费贷还欠八千", "老爸人去世了 消费贷还欠八千"),
    ],
)
def test_reads_a_death_in_gentle_words(said: str, read: str) -> None:
    assert said_plainly(said) == read


@pytest.mark.parametrize(
    "said",
    [
        "老婆走了，债谁还",
        "催收走了以后又打电话",
        "我工作没了还不上",
        "我走了以后爸妈怎么办",
        "我妈走了一趟银行",
        "我哥走了法院的程序",
        "我妈的钱没了",
        "父亲跑路了债主堵我",
        "爸妈不在家他们来过",
    ],
)
def test_leaves_alone_what_tells_of_no_death(said: str) -> None:
    assert said_plainly(said) == said
