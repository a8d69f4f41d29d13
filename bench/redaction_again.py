"""A second generator of four hundred messages with personal details, written without the first in view.

python -m bench.redaction --set again --show

Its surface forms are those of letters, chats, voice messages and forms filled in on a phone; names, places
and numbers are drawn from other lists than ``bench.redaction``.
"""

import random
from collections.abc import Callable

from bench.redaction import Case
from bot.answering.redact import Kind
from bot.answering.redaction.numbers import luhn, valid_identity

CASES = 400
SEED = 977
Maker = Callable[[random.Random], str]


def generated() -> list[Case]:
    """Two of three with details inside a sentence as people write it, one of three without."""
    chance = random.Random(SEED)
    return [plain(chance) if number % 3 == 0 else told(chance) for number in range(CASES)]


def told(chance: random.Random) -> Case:
    """A sentence that holds one or two details, and one that stays readable."""
    kinds = chance.sample(sorted(SENTENCES), k=chance.randint(1, 2))
    parts, details = [], []
    for name in kinds:
        words = MAKERS[name](chance)
        parts.append(chance.choice(SENTENCES[name]).format(words))
        details.append((Kind[name], words))
    joint = chance.choice(["。", "，", "\n", "；", " "])
    return Case(joint.join([*parts, chance.choice(KEPT)]), tuple(details))


def plain(chance: random.Random) -> Case:
    """Sentences without personal details."""
    return Case("，".join(chance.sample(KEPT, k=2)), ())


def digits(chance: random.Random, count: int) -> str:
    """So many digits."""
    return "".join(chance.choices("0123456789", k=count))


def as_written(chance: random.Random, number: str, groups: tuple[int, ...]) -> str:
    """A number in one of the ways in which it reaches a chat."""
    parts, start = [], 0
    for length in groups:
        parts.append(number[start : start + length])
        start += length
    ways = [number, " ".join(parts), "-".join(parts), ".".join(parts), fullwidth(number)]
    return chance.choice([*ways, "　".join(map(fullwidth, parts)), "–".join(parts)])


def fullwidth(text: str) -> str:
    """Full-width digits and letters."""
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def phone(chance: random.Random) -> str:
    """A mobile number: grouped, with a country code, in full width, read out or half read out."""
    number = chance.choice(["133", "147", "159", "166", "178", "199"]) + digits(chance, 8)
    read = number.translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    capital = number.translate(str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖"))
    half = read[:3] + number[3:]
    return chance.choice(
        [
            as_written(chance, number, (3, 4, 4)),
            as_written(chance, number, (3, 3, 5)),
            f"+86-{number}",
            f"0086{number}",
            read.replace("一", "幺"),
            " ".join(read),
            capital,
            half,
            "，".join([read[:3], read[3:7], read[7:]]),
        ]
    )


def identity(chance: random.Random) -> str:
    """Eighteen places, often with a small x."""
    body = (
        chance.choice(["320311", "500233", "652301", "210102"])
        + f"{chance.randint(1955, 2006)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        + digits(chance, 3)
    )
    whole = next(body + last for last in "0123456789x" if valid_identity(body + last))
    return as_written(chance, whole, (6, 4, 4, 4))


def card(chance: random.Random) -> str:
    """A bank card in groups of four, with a rest."""
    body = chance.choice(["6217", "6228", "6212", "3568", "5187"]) + digits(chance, 11)
    whole = next(body + last for last in "0123456789" if luhn(body + last))
    return as_written(chance, whole, (4, 4, 4, 4))


def landline(chance: random.Random) -> str:
    """A telephone at home or at work, with an extension now and then."""
    area = chance.choice(["0571", "0931", "022", "0898", "0451"])
    number = f"{chance.randint(2, 8)}{digits(chance, 7 if len(area) == 3 else 6)}"
    return chance.choice([f"{area}-{number}", f"({area}) {number}", f"{area} {number}"])


def village(chance: random.Random) -> str:
    """A village, a lane, an estate or a dormitory, to the door."""
    county = chance.choice(
        ["河南省信阳市固始县", "贵州省遵义市绥阳县", "云南省昭通市镇雄县", "安徽省阜阳市临泉县"]
    )
    town = chance.choice(["洋川镇", "以勒镇", "陈淋子镇", "宋集镇"])
    hamlet = chance.choice(["大营村", "向阳村", "柳树屯", "王家庄"])
    door = chance.choice(
        [
            f"{chance.randint(1, 9)}组",
            f"{chance.randint(11, 260)}号",
            f"门牌{chance.randint(10, 99)}号",
        ]
    )
    city = chance.choice(["杭州市余杭区", "兰州市城关区", "合肥市蜀山区", "哈尔滨市南岗区"])
    estate = chance.choice(["翡翠湾", "金色家园", "绿地新里城", "西溪诚园"])
    flat = chance.choice(
        [
            f"{chance.randint(1, 30)}幢{chance.randint(1, 4)}单元{chance.randint(101, 2904)}",
            f"{chance.randint(1, 30)}号楼{chance.randint(101, 2904)}室",
            f"{chance.randint(1, 30)}-{chance.randint(1, 4)}-{chance.randint(101, 2904)}",
            f"{chance.choice('ABC')}座{chance.randint(101, 2904)}室",
        ]
    )
    road = f"{city}{chance.choice(['文一西路', '皋兰路', '长江西路', '果戈里大街'])}{chance.randint(11, 980)}号"
    return chance.choice(
        [county + town + hamlet + door, county + town + hamlet, city + estate + flat, road]
    )


def person(chance: random.Random) -> str:
    """A name of two, three or four letters."""
    family = chance.choice(["徐", "孙", "郭", "曾", "谢", "潘", "欧阳", "余", "高", "马", "方"])
    return family + chance.choice(["志强", "梅", "晓彤", "永福", "桂兰", "一诺", "浩然", "丽娟"])


MAKERS: dict[str, Maker] = {
    "IDENTITY_CARD": identity,
    "MOBILE": phone,
    "LANDLINE": landline,
    "BANK_CARD": card,
    "EMAIL": lambda chance: chance.choice(
        [
            f"zhang.{digits(chance, 4)}@foxmail.com",
            f"{digits(chance, 8)}@qq.com",
            f"mei_{digits(chance, 3)}@139.com",
            f"hao-ran{digits(chance, 2)}＠outlook.com",
        ]
    ),
    "ADDRESS": village,
    "WECHAT": lambda chance: chance.choice(["wxid_", "mm", "Ly", "z-"]) + digits(chance, 7),
    "QQ": lambda chance: str(chance.randint(10**6, 10**10)),
    "NAME": person,
}
SENTENCES: dict[str, list[str]] = {
    "IDENTITY_CARD": ["身份证号码：{}", "本人证件号 {}", "我的号是{}，帮我查", "身份证是{}的"],
    "MOBILE": [
        "可以打我手机{}",
        "联系方式：{}",
        "催收打的是{}这个号",
        "我换号了，新号{}",
        "tel:{}",
        "我老婆电话是{}",
        "回电 {} 谢谢",
    ],
    "LANDLINE": ["单位电话{}", "打我办公室{}", "我妈家座机 {}"],
    "BANK_CARD": ["还款卡{}被冻结", "卡号：{}", "工资卡 {} 扣了钱", "储蓄卡号是{}"],
    "EMAIL": ["邮箱：{}", "材料发我{}", "可以发邮件到{}吗"],
    "ADDRESS": [
        "家庭住址：{}",
        "我家在{}",
        "他们找到{}来了",
        "传票寄到{}",
        "户籍地址 {}",
        "现居住地：{}",
        "住{}",
    ],
    "WECHAT": ["加我vx：{}", "微信号是{}", "wechat id: {}", "我的微信 {}", "V信{}"],
    "QQ": ["我QQ是{}", "加扣扣{}", "企鹅号：{}", "Q Q：{}"],
    "NAME": [
        "我叫{}，",
        "本人{}，欠款三万",
        "姓名：{}",
        "借款人：{}",
        "我是{}，逾期两个月",
        "申请人：{}",
        "户名 {}",
        "我名字叫{}",
        "此致，{}敬上",
        "落款：{}",
    ],
}
KEPT = [
    "一共欠了八万六千五百元",
    "本金18000元，利息2345.67元",
    "2026年3月15日逾期",
    "从2025/11/02开始",
    "合同编号HT20260315008812",
    "借据号：JJ202603150088123456",
    "订单编号 202611230000123456789",
    "（2026）沪0115执1234号",
    "刑法第一百九十六条",
    "民诉法解释第437条",
    "银行保险监管热线12378",
    "96110打来过",
    "打95588转人工",
    "客服电话4006-695-566",
    "拨打12348或12368",
    "年化利率23.99%，共36期",
    "每天50个电话，最多一天113个",
    "工单号2026112300987",
    "尾号是8899的那张",
    "利息从1.2w涨到1万8",
    "早上8:30到晚上22:00",
    "逾期了90天又15天",
    "短信来自1065980012345",
    "快递单号SF1234567890123",
    "三号楼的邻居都知道了",
    "下个月5号发工资",
    "收到编号为〔2026〕第88号的函",
    "本人现在没有收入",
    "我是高中毕业",
    "我是安徽人",
    "我叫他不要来",
    "户名不一致怎么办",
    "姓名写错了能改吗",
    "我家在农村",
    "住在县城",
    "去南山区法院开庭",
    "派出所在解放路",
    "微信零钱被冻结",
    "QQ上有人催我",
    "IP地址和MAC地址是什么",
]
