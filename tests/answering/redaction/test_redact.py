"""Personal details disappear; what a borrower needs to read stays."""

import time

import pytest

from bench.redaction import Case, generated, measure, second_set
from bot.answering.redact import Kind, redact


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("身份证11010119900307803X", "身份证〔身份证号〕"),
        ("身份证110101 19900307 803X", "身份证〔身份证号〕"),
        ("身份证１１０１０１１９９００３０７８０３Ｘ", "身份证〔身份证号〕"),
        ("身份证号是110101199003078039", "身份证号是〔身份证号〕"),
        ("电话13800138000", "电话〔手机号〕"),
        ("打138-0013-8000", "打〔手机号〕"),
        ("打1 3 8 0 0 1 3 8 0 0 0", "打〔手机号〕"),
        ("打１３８００１３８０００", "打〔手机号〕"),
        ("打幺三八零零幺三八零零零", "打〔手机号〕"),
        ("打138一二三四5678", "打〔手机号〕"),
        ("+86 138 0013 8000", "〔手机号〕"),
        ("138\u200b0013\u200b8000", "〔手机号〕"),
        ("座机010-66554433", "座机〔座机〕"),
        ("(0755)86554433", "〔座机〕"),
        ("家里电话是8655443", "家里电话是〔座机〕"),
        ("卡号4111 1111 1111 1111", "卡号〔银行卡号〕"),
        ("银行卡6222020200112233440", "银行卡〔银行卡号〕"),
        ("邮箱li.na@example.com", "邮箱〔邮箱〕"),
        ("邮箱li＠example.com", "邮箱〔邮箱〕"),
        ("微信号：abc_12345", "微信号：〔微信号〕"),
        ("加v lixiao88", "加v 〔微信号〕"),
        ("QQ：123456789", "QQ：〔QQ号〕"),
        ("我住在湖南省长沙市岳麓区麓山路12号3栋502", "我住在〔地址〕"),
        ("他们知道我在幸福小区3栋2单元501", "他们知道我在〔地址〕"),
        ("家庭住址：广东省深圳市宝安区西乡街道盐田村", "家庭住址：〔地址〕"),
        ("传票寄到山东省菏泽市曹县庄寨镇杨庄村了", "传票寄到〔地址〕了"),
        ("他说幺三八，零零幺三，八零零零", "他说〔手机号〕"),
        ("Q Q：123456789", "Q Q：〔QQ号〕"),
        ("申请人：张伟", "申请人：〔姓名〕"),
        ("此致，李秀英敬上", "此致，〔姓名〕敬上"),
        ("我叫欧阳建国，欠了三万", "我叫〔姓名〕，欠了三万"),
        ("姓名：张伟", "姓名：〔姓名〕"),
        ("我是王小明欠了3万", "我是〔姓名〕欠了3万"),
        ("My name is Li Na", "My name is 〔姓名〕"),
    ],
)
def test_masks_a_detail_however_it_is_written(said: str, masked: str) -> None:
    assert redact(said).text == masked


@pytest.mark.parametrize(
    "said",
    [
        "打110、120、12356、12378、12363、12345、12315、12348、12368、12377、96110",
        "招行95555，客服400-810-8888、4008108888、800-820-8820",
        "欠32600元，每月还1,251.11元，一共120000.00元",
        "还了13800138000元",
        "2026年11月23日 2026-11-23 08:30，二〇二六年一月一日",
        "民法典第675条、第一百七十五条之一",
        "法释〔2018〕19号，金规〔2025〕9号，GB/T 45251-2025",
        "（2025）湘0104民初12345号",
        "年化24.00%，日息0.05%，60期",
        "订单号6222020200112233440",
        "本月12号到小区上门",
        "法院在人民路88号",
        "广东省深圳市南山区人民法院在创业村旁边",
        "申请人要交材料吗，签名写错了",
        "我叫他别来了，我是高利贷逼的，本人已失业",
        "微信支付、微信转账3000，微信 wechat",
        "短信号1069012345678",
        "欠了一百二十万三千四百元",
    ],
)
def test_leaves_what_is_not_a_personal_detail(said: str) -> None:
    assert redact(said).text == said


def test_says_what_was_found_where_in_the_original() -> None:
    said = "我叫张伟，电话１３８ ００１３ ８０００"

    found = redact(said).found

    assert [(each.kind, said[each.start : each.end]) for each in found] == [
        (Kind.NAME, "张伟"),
        (Kind.MOBILE, "１３８ ００１３ ８０００"),
    ]


def test_masking_twice_changes_nothing() -> None:
    once = redact("我叫张伟，手机13800138000，住在麓山路12号").text

    assert redact(once).text == once


@pytest.mark.parametrize("cases", [generated(), second_set()], ids=["first", "again"])
def test_the_generated_cases_keep_their_recall_and_precision(cases: list[Case]) -> None:
    counts, notes = measure(cases)

    assert all(count.recall >= 0.98 and count.precision >= 0.98 for count in counts.values()), notes


@pytest.mark.parametrize(
    "piece", ["一", "1 ", "a", "路1号", "我叫", "a@", "微信", "138 ", "他们说12号来，"]
)
def test_a_hundred_thousand_letters_take_no_longer_than_a_moment(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    begun = time.process_time()

    redact(text)

    assert time.process_time() - begun < 2
