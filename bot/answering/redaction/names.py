"""Names, where the writer says that it is a name."""

import re
from collections.abc import Iterator

from bot.answering.redaction.finding import Finding, Kind

_COMPOUND = "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|夏侯|端木"
_SINGLE = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭"
    "程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石"
    "姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀"
    "赖賴龚龔文庞龐樊兰殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍韦韋申尤毕畢聂聶柴焦向柳邢岳齐齊"
    "梅莫庄莊辛管祝左涂塗谷祁舒耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳裴席卫衛查屈鲍鮑位霍翁甘"
    "景薄单單包司柏宁寧柯阮桂闵閔解强柴华華车車冉房边辜郎"
)
_GIVEN = "[\u4e00-\u9fff]"
_NAME = rf"(?:(?:{_COMPOUND}){_GIVEN}{{1,2}}|[{_SINGLE}]{_GIVEN}{{1,2}}?)"
_ENDS = (
    r"(?=$|[\s,，。.;；!！?？、:：()（）\"”’〔]"
    r"|欠|今年|是|住|在|借|身份|电话|電話|手机|手機|逾期|男|女|微信|有|的|因|于|現|现|來|来|家|我|跟|和|被|想|要|已|敬|工作|系|自愿|愿|，)"
)
_INTRODUCED = (
    r"我叫|我的名字叫|我的名字是|名字叫|名字是|我姓名|姓名|户名|戶名|持卡人|借款人(?:姓名)?|申请人|投诉人|答辩人|委托人|签名|签字人|落款|此致|联系人|聯繫人|收件人|"
    r"本人|我是|我老公叫|我老婆叫|我妈叫|我爸叫|我丈夫叫|我妻子叫|身份证名字?|身份證名"
)
_CHINESE = re.compile(rf"(?:{_INTRODUCED})(?P<label>[是为為叫:：,])?\s?(?P<name>{_NAME}){_ENDS}")
_ENGLISH = re.compile(
    r"\b(?:my name is|my full name is|name:) ?(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})"
    r"|\b(?:My name is|My full name is|Name:) ?(?P<also>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})"
)
_NOT_A_NAME = re.compile(
    r"^(?:高利|马上|万一|任何|安全|包括|单位|成年|关于|向他|有钱|常年|解决|强制|于是|华为|"
    r"房东|车贷|房贷|车主|查询|管他|凌晨|成都|阳光|安徽|江苏|江西|广东|云南|陕西|武汉|温州|方便|文员|莫名|曲靖|"
    r"祝你|段时间|边还|万般|石家|白条|金融|司机|关系|管理|季度|严重|安排|毕业|项目|游戏|单亲|单身|"
    r"农民|学生|向银|盛世|时候|易鑫|于心|包工|车间|高中|高三|安心|毛病|老师|温饱|施工|金额|项|康复)"
)


def names(text: str) -> Iterator[Finding]:
    """A surname and a given name after 我叫, 姓名, 本人 and the like, where the name ends clearly."""
    for match in _CHINESE.finditer(text):
        if not _NOT_A_NAME.search(match["name"]):
            yield Finding(Kind.NAME, *match.span("name"))
    for match in _ENGLISH.finditer(text):
        group = "name" if match["name"] else "also"
        yield Finding(Kind.NAME, *match.span(group))
