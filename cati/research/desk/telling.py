"""What a sentence tells beside plain words: numbers, units, currencies, bounds, directions, not.

Two texts with the same of these in the same order may still differ in the
letters of plain words, as a scanned page does from what was printed on it. Two
texts with others say different things, however alike they look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cati.research.desk.levelling import MIXED
from cati.research.desk.words import CJK

SYMBOLS = frozenset(
    (
        *("t", "kt", "Mt", "Gt", "mg", "g", "kg", "lb", "lbs", "oz", "tce", "ppm", "ppb", "pp"),
        *("Wh", "kWh", "MWh", "GWh", "TWh", "W", "kW", "MW", "GW", "TW", "V", "mWh", "mW"),
        *("J", "kJ", "MJ", "GJ", "TJ", "PJ", "EJ", "cal", "kcal", "BTU", "MMBTU", "bbl", "gal"),
        *("mm", "cm", "m", "km", "mi", "ft", "m2", "m3", "cm2", "cm3", "km2", "Nm3", "ha"),
        *("ml", "l", "L", "hl", "h", "hr", "hrs", "min", "tkm", "pkm", "vkm", "C", "F", "K"),
        *("k", "M", "mn", "mln", "mio", "bn", "bln", "tn", "x", "bps"),
        *("AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR"),
        *("INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NTD", "PLN", "RMB", "RUB", "SEK", "SGD"),
        *("THB", "TRY", "TWD", "USD", "VND", "ZAR"),
        *(
            f"{mass}CO2{equivalent}"
            for mass in ("", "t", "kt", "Mt", "Gt", "g", "kg")
            for equivalent in ("", "e", "eq")
        ),
    )
)
"""Units and currencies whose capitals matter."""

UNITS = (
    *("tonne", "ton", "gram", "gramme", "kilo", "mega", "giga", "tera", "peta", "milli", "micro"),
    *("centi", "pound", "ounce", "metre", "meter", "mile", "foot", "feet", "hectare", "acre"),
    *("litre", "liter", "gallon", "barrel", "watt", "volt", "joule", "calorie", "degree"),
    *("celsius", "fahrenheit", "kelvin", "square", "cubic", "metric", "percent", "cent"),
    *("percentage", "point", "basis", "per", "each", "every", "times", "fold", "second", "minute"),
    *("hour", "day", "week", "month", "quarter", "year", "decade", "vehicle", "unit", "hundred"),
    *("thousand", "million", "billion", "trillion", "yuan", "dollar", "euro", "yen", "won"),
    *("franc", "krona", "kronor", "rupee", "renminbi"),
)
"""Words for units, in the singular; those put together of several count as well."""

NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    *("first", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("dozen", "half", "halve", "halved", "halving", "double", "doubled", "doubling", "triple"),
    *("tripled", "quadruple", "quadrupled", "once", "twice", "thrice", "single", "both"),
)
"""Numbers in words; those put together of several count as well."""

TURNS = (
    *("not", "never", "none", "nor", "neither", "without", "cannot", "unless", "except", "non"),
    *("un(?=[a-z]{4})", "increas", "decreas", "rise", "risen", "rising", "rose", "rais", "fall"),
    *("fell", "grow", "grew", "shrink", "shrank", "shrunk", "reduc", "expan", "cut", "drop"),
    *("declin", "gain", "loss", "lose", "losing", "lost", "low", "high", "upper", "improv"),
    *("worse", "positive", "negative", "plus", "minus", "least", "most", "min(?:imum)?$"),
    *("max(?:imum)?$", "more", "less", "few", "great", "small", "large", "above", "below", "over"),
    *("under", "down", "exceed", "about", "around", "approximate", "roughly", "near", "almost"),
    *("exact", "only", "from", "until", "since", "before", "after", "within", "outside", "inside"),
    *("direct", "indirect", "upstream", "downstream", "inclu", "exclu", "gross", "net"),
    *("absolute", "relative", "market", "location", "all", "last", "next", "previous"),
    *("annual", "yearly", "monthly", "weekly", "daily", "hourly", "long", "short", "cars?$"),
    *("truck", "passenger"),
)
"""How words begin that turn a sentence into its opposite, or a value into another; patterns."""

SMALL_TURNS = ("no", "by", "to", "up")
"""Such words that many others begin with."""

CHINESE_TERMS = (
    *("百分点", "个百分点", "百分之", "人民币", "美元", "港元", "港币", "欧元", "日元", "英镑"),
    *("韩元", "韩币", "公里", "英里", "公斤", "公顷", "英亩", "平方", "立方", "小时", "分钟"),
    *("摄氏", "华氏", "标准煤", "今年", "去年", "明年", "同比", "环比"),
)
CHINESE_UNITS = (
    "吨噸克斤磅米里升度元圆镑瓦时焦卡桶顷亩年月日天周季辆輛台家座个個倍成户人次种项款件名折点點"
)
CHINESE_NUMBERS = "〇零一二三四五六七八九十百千万萬亿億兆半双雙两兩廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
CHINESE_TURNS = (
    "不未无無没沒非否增减減升降涨漲跌高低上下多少大小前后後内內外超逾约約至到余餘仅僅"
    "直间間净淨毛负正最首末早晚加缩扩"
)
"""The same of Chinese: units of several characters; characters that count wherever they stand."""

_L = "A-Za-z\u00b5\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
_MONEY = "[A-Z]{0,3}[$€£¥₩₹₽]"
_BOUND = "[<>≤≥±~≈≠]"
_CODES = "|".join(sorted(symbol for symbol in SYMBOLS if re.fullmatch("[A-Z]{3}", symbol)))
_TERMS = "|".join(sorted(CHINESE_TERMS, key=len, reverse=True))
_DIGITS = rf"[0-9]+(?:(?:[.,:/{MIXED}]|\^-?)[0-9]+)*"
_RATE = rf"(?:[{_L}][{_L}0-9]*|[{CJK}])"
_PIECE = re.compile(
    rf"(?P<number>(?:(?:{_MONEY}|{_BOUND}|(?<![{_L}])(?:{_CODES})) ?)*"
    rf"(?:\([0-9][0-9.,]*\)|(?:(?<![0-9A-Za-z%)])[+-]|[{_L}]+)?\.?{_DIGITS}[{_L}]*))"
    rf"|(?P<sign>{_MONEY}|{_BOUND}|[+%‰]|°[CFK]?|(?<![0-9A-Za-z%)])(?<![0-9A-Za-z%)] )-(?= [0-9]))"
    rf"|(?P<roman>(?:[{_L}]*[a-z])?[IVX]+(?![{_L}])|[ivx]+(?![{_L}]))"
    rf"|(?P<rate>(?:/ ?|(?i:per) |每){_RATE})"
    rf"|(?P<word>[{_L}]+(?:'t(?![{_L}]))?)"
    rf"|(?P<unit>{_TERMS}|[{CHINESE_UNITS}])|(?P<numeral>[{CHINESE_NUMBERS}]+)"
    rf"|(?P<turn>[{CHINESE_TURNS}])"
)
_BEHIND = re.compile(rf"[ -]?(?:[%‰]|°[CFK]?|[{_L}]+|[{CJK}]{{1,4}})")
_NEXT = re.compile(
    rf" ?(?:/ ?|(?i:per) |每){_RATE}|[ -]?(?:[%‰]|°[CFK]?|{_TERMS}|[{CHINESE_UNITS}]"
    rf"|[百千万萬亿億]+|(?P<word>[{_L}][{_L}0-9]*))"
)
_GROUPED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?(?![0-9])")
_WRITTEN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_STROKE = re.compile(" ?/ ?")
_WORD = re.compile(rf"[{_L}0-9]+")
_SAME = str.maketrans({"至": "到"})


def _made_of(words: Iterable[str]) -> re.Pattern[str]:
    """Words, their plurals, and words put together of them."""
    return re.compile("(?:(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")s?)+")


_UNIT = _made_of(UNITS)
_NUMBER = _made_of(NUMBERS)
_WHOLE = _made_of((*UNITS, *NUMBERS, *SMALL_TURNS))
_BEGUN = re.compile(rf"{_NUMBER.pattern}|{'|'.join(TURNS)}")


@dataclass(frozen=True)
class Telling:
    """A piece of a text that must not differ.

    Attributes
    ----------
    key, said : str
        It, as it is compared and as it stands there: of a number with what is behind it.
    start, number_end, end : int
        Where it lies: a number to its last digit, and to the last unit behind it.
    counts : bool
        Whether it is a number.
    """

    key: str
    said: str
    start: int
    number_end: int
    end: int
    counts: bool = False


def tellings(text: str) -> Iterator[Telling]:
    """The pieces of a levelled text that must not differ, in their order."""
    at = 0
    while (piece := _PIECE.search(text, at)) is not None:
        at = piece.end()
        kind, key = piece.lastgroup, piece[0]
        if kind == "word":
            key = _telling(key)
        if not key:
            continue
        number = kind == "number" and key not in SYMBOLS
        counts = number or kind == "numeral" or (kind == "word" and _is_number(piece[0]))
        start, number_end = piece.span()
        end = at = _units_end(text, number_end) if counts else number_end
        if number and (behind := _BEHIND.match(text, number_end)) is not None:
            at = max(end, behind.end())
        key = _key(key.replace(" ", ""), text[number_end:at])
        yield Telling(key, text[start:at], start, number_end, end, counts)


def differing(quote: str, page: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """What two levelled texts tell otherwise: the one and the other; None if nothing.

    A number grouped by spaces is the one that the other text has without them;
    ``1.234`` and ``1,234`` are different, since nothing says that they are not.
    """
    ours = list(tellings(_ungrouped(quote, page)))
    theirs = list(tellings(_ungrouped(page, quote)))
    while ours and theirs and ours[0].key == theirs[0].key:
        ours, theirs = ours[1:], theirs[1:]
    while ours and theirs and ours[-1].key == theirs[-1].key:
        ours, theirs = ours[:-1], theirs[:-1]
    if len(ours) != len(theirs):
        return (_shown(ours),), (_shown(theirs),)
    pairs = [(our, their) for our, their in zip(ours, theirs, strict=True) if our.key != their.key]
    if not pairs:
        return None
    return tuple(our.said for our, _ in pairs), tuple(their.said for _, their in pairs)


def _shown(pieces: Iterable[Telling]) -> str:
    return " ".join(piece.said for piece in pieces)


def _units_end(text: str, at: int) -> int:
    """Where the units behind a number end."""
    while (unit := _NEXT.match(text, at)) is not None:
        if unit["word"] is not None and not _is_unit(unit["word"]):
            break
        at = unit.end()
    return at


def _key(piece: str, behind: str) -> str:
    """A piece and what stands behind it, as they are compared."""
    behind = _STROKE.sub("/", behind.replace("-", " ").strip())
    told = f"{piece} {behind}".strip().translate(_SAME)
    return _WORD.sub(lambda word: _spelt(word[0]), told)


def _spelt(word: str) -> str:
    """A word in lower case, unless its capitals may matter."""
    return word.lower() if len(word) > 3 and word.isalpha() and word not in SYMBOLS else word


@lru_cache(maxsize=100_000)
def _telling(word: str) -> str:
    """What of a word must not differ; nothing of a plain one."""
    lower = word.lower()
    if word in SYMBOLS:
        return word
    if _WHOLE.fullmatch(lower):
        return lower
    begun = _BEGUN.match(lower)
    return begun[0] if begun else "not" * lower.endswith("n't")


@lru_cache(maxsize=100_000)
def _is_number(word: str) -> bool:
    return _NUMBER.fullmatch(word.lower()) is not None


@lru_cache(maxsize=100_000)
def _is_unit(word: str) -> bool:
    return word in SYMBOLS or _UNIT.fullmatch(word.lower()) is not None


def _ungrouped(text: str, other: str) -> str:
    """A text with those numbers joined that it groups by spaces and another text does not."""
    written = set(_WRITTEN.findall(other))

    def joined(number: re.Match[str]) -> str:
        one = number[0].replace(" ", "")
        return one if one in written else number[0]

    return _GROUPED.sub(joined, text)
