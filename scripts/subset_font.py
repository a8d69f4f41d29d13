"""Cut a CJK TrueType font down to what the letters need, so that it can ship with the package.

usage: python scripts/subset_font.py NotoSansSC_400Regular.ttf bot/drafting/fonts/NotoSansSC-Subset.ttf
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

LATIN = range(0x20, 0x180)
SYMBOLS = "…—–“”‘’·￥¥€≤≥×÷≈±→①②③④⑤⑥⑦⑧⑨⑩□☐☑✓＿〓●○■▲"
# characters that names use and neither GB2312 nor the common half of Big5 holds
NAMES = (
    "喆堃昇珺玥祎翀芃骉赟瑄旻昳晞暄煊煜烨炜焜燊犇淼瀞濛沄洺浛淏湉澍灏珩珂珮珣琀琇琛琨璟璐璠瑨"
    "瓅甯禛稼竑筠箐粲绮缦羿翊翎聿芊芮苡茜荀莙菡菀萱葳蓁蔚薇薏蕙蘅虓蛟衎裎诃谌贇轩邈邰郃鄞铖铠铭"
    "锜锴镕镆闫闵阙霆霈靓韫颀颢飏馨骁骞骢髙鑫鱻麟麒龑龢垚坤垣埕塬奕妤妍姝姮娴婕婧嫒嫣孜宥寯尧"
    "屹岑岚峤峥嵘嶒巍弋彧徽忻怡恺悦惟愫慜懿戬攸敉斐旂昀昉昕昱晗晟晢晨晰暻曈朗杕杺栎栩桉桐棪棣"
    "椿楠榕槿樾橦欣歆毓沅沐沛泓泽洵浠浩涵淇淳渊渝渲溦溪滢漪潇潞澄澜瀚炀炅炎烔焱熠㙟𠮷"
)


def main(source: Path, target: Path) -> None:
    """Write the subset and say what it holds."""
    wanted = set(characters())
    font = TTFont(source)
    missing = sorted(wanted - {chr(code) for code in font.getBestCmap()})
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(wanted))
    cutter.subset(font)
    font.save(target)
    kept, size = len(font.getBestCmap()), target.stat().st_size / 2**20
    print(f"{kept} characters, {size:.2f} MB; the source has no glyph for: {''.join(missing)}")  # noqa: T201


def characters() -> Iterator[str]:
    """Latin, GB2312, the frequently used half of Big5, symbols and the characters of names."""
    yield from map(chr, LATIN)
    yield from SYMBOLS + NAMES
    yield from table("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))
    yield from table("big5", range(0xA1, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])


def table(encoding: str, first: range, second: list[int] | range) -> Iterator[str]:
    """The characters that two bytes of an encoding can hold."""
    for high in first:
        for low in second:
            yield from bytes([high, low]).decode(encoding, "ignore")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
