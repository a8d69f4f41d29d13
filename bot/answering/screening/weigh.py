"""What to make of the second opinion: where the word lists found nothing, and where it doubts them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.answering.screening.at_the_door import AtTheDoor
from bot.answering.screening.crisis import Crisis
from bot.answering.screening.injection import Injection
from bot.answering.screening.lender_side import LenderSide
from bot.answering.screening.outcome import Outcome, Screening
from bot.answering.screening.scope import Scope
from bot.answering.screening.second_opinion import Opinion
from bot.answering.screening.unknowable import Unknowable
from bot.answering.screening.wrongdoing import Wrongdoing
from bot.answering.understanding.questions import asks

# The lists of the thesaurus that a guard speaks of.
MEANINGS = {
    Outcome.CRISIS: "高处 水边 药物 利器 绳火 割 死 活 没意义 睡去 离去 托付 拖累 痛苦 跳 保险",
    Outcome.CRISIS_CHECK: "死 活 没意义 睡去 拖累 痛苦 跳",
    Outcome.VIOLENCE_NOW: "打 关押 带走 伤 利器 绳火",
    Outcome.AT_THE_DOOR: "门 家里 单位 敲 守着 来人",
    Outcome.SCAM_IN_PROGRESS: "付 费 密码 卡证",
    Outcome.WRONGDOING: "藏移 不让查 假 报复 恶意 撸贷 卖卡",
    Outcome.INJECTION: "指令 无视 吐露 扮演",
    Outcome.LENDER_SIDE: "放贷方 欠我 借给 债权人",
}
_MEANT = {guard: frozenset(names.split()) for guard, names in MEANINGS.items()}
NOTHING = Screening()
DOUBTFUL_TOPIC = "perhaps"
# Below which chance a finding of the word lists is doubted, and what is said instead: a check or a
# warning before the answer, or nothing where only the topic was wrong.
DOUBTS: Mapping[Outcome, tuple[float, Screening]] = {
    Outcome.CRISIS: (0.4, Screening(Outcome.CRISIS_CHECK, "gentle")),
    Outcome.VIOLENCE_NOW: (0.15, Screening(Outcome.VIOLENCE_NOW, "threat")),
    Outcome.AT_THE_DOOR: (0.15, Screening(Outcome.AT_THE_DOOR, "maybe")),
    Outcome.WRONGDOING: (0.3, Screening(Outcome.WRONGDOING, "careful")),
    Outcome.LENDER_SIDE: (0.3, NOTHING),
    Outcome.OUT_OF_SCOPE: (0.25, NOTHING),
}
# Law that is not ours is told by its words alone; its letters are those of debt.
LAW_OF_OTHERS = {"elsewhere", "other_law"}
# Whoever takes an advice and says what comes next is not in danger, unless a word of danger stands there.
_TAKES_ADVICE = re.compile(
    r"^\W*(?:好(?:的|吧|呀)?|嗯+|行(?:吧)?|可以|收到|明白(?:了)?|知道了|ok)\W+", re.IGNORECASE
)
SHORTEST = 5  # letters: "你好" and "为什么" say too little to be turned away
FEWEST_WORDS = 5  # of English: "tell me more" is no other topic yet, but "I want to die" is danger
# Whoever asks for an article does not despair, whoever asks for a figure plans no wrong, unless a word of
# it stands there: 不想再授权，哪条让我收回 is calm, 我不想活了，哪条管他们 is not.
OF_LIFE = frozenset({Outcome.CRISIS, Outcome.CRISIS_CHECK})
DANGERS = OF_LIFE | {Outcome.VIOLENCE_NOW}
_ASKS_FIGURE = re.compile(
    r"多久|多长时间|(?:几|多少)(?:个)?(?:天|日|月|年|期|次|元|钱|块)|百分之几|万分之几|几折|how (?:long|many|much)"
)
_WORD = re.compile(r"[a-z']+|[^\W\d_]", re.IGNORECASE)


Variant = Callable[[str, Opinion], str]
Excuse = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Level:
    """From which chance on a guard is believed, and what is then said.

    Without a word of the guard's meanings it takes the chance ``alone``. Of several guards that are
    believed the likeliest speaks; ``ahead`` is what a greater danger is given before the others. It
    ``says`` another outcome where it is not sure enough for its own.
    """

    guard: Outcome
    least: float
    alone: float
    variant: Variant
    ahead: float = 0.0
    excused: Excuse | None = None
    says: Outcome | None = None

    def reached(self, said: str, opinion: Opinion) -> bool:
        """Whether the guard is likely enough, and the word lists do not know the message as ordinary."""
        enough = opinion.chance(self.guard) >= (
            self.least if self.is_meant(opinion) else self.alone
        )
        return enough and not (self.excused and self.excused(said))

    def is_meant(self, opinion: Opinion) -> bool:
        """Whether a word of its meanings stands in the message, not its letters alone."""
        return bool(_MEANT.get(self.guard, opinion.meanings) & opinion.meanings)

    def rank(self, opinion: Opinion) -> float:
        """How far it goes before the others; without a word of its meanings no danger comes first."""
        return opinion.chance(self.guard) + (self.ahead if self.is_meant(opinion) else 0.0)


class Weigh:
    """Levels from the table that ``bench.train_guards`` prints.

    A cry for help is believed early. What only adds a warning before the answer takes at most one
    ordinary question in a hundred; what takes the answer's place fewer.
    """

    def __init__(
        self,
        crisis: Crisis,
        at_the_door: AtTheDoor,
        wrongdoing: Wrongdoing,
        injection: Injection,
        lender_side: LenderSide,
        unknowable: Unknowable,
        scope: Scope,
    ) -> None:
        self._crisis = crisis
        topic = Outcome.OUT_OF_SCOPE
        wrong, lend, door = Outcome.WRONGDOING, Outcome.LENDER_SIDE, Outcome.AT_THE_DOOR
        law, borrows = injection.asks_for_law, lender_side.borrows
        self._asks_for_law = law
        asked = _any(wrongdoing.only_asked_about, law)
        not_asked = _any(unknowable.not_asked_of_me, law, _asks_nothing)
        others, unknown = crisis.asks_about_others, Outcome.UNKNOWABLE
        self._guards = (
            Level(Outcome.CRISIS, 0.55, 0.65, _who(crisis), 0.3, crisis.asks),
            Level(Outcome.CRISIS, 0.75, 0.8, _who(crisis), 0.3, crisis.calls_for_a_check),
            Level(Outcome.CRISIS, 0.95, 0.95, _who(crisis), 0.3, crisis.said_loosely),
            Level(Outcome.VIOLENCE_NOW, 0.4, 0.6, _always("threat"), 0.2),
            Level(door, 0.4, 0.9, _where(at_the_door), 0.2),
            Level(Outcome.SCAM_IN_PROGRESS, 0.45, 0.9, _always("now"), 0.1),
            Level(wrong, 0.6, 0.7, _likeliest(wrong), excused=asked),
            Level(Outcome.INJECTION, 0.5, 0.65, _always("ignored"), excused=law),
            Level(lend, 0.55, 0.75, _likeliest(lend), excused=borrows),
            Level(unknown, 0.75, 0.75, _likeliest(unknown), excused=not_asked),
            Level(topic, 0.95, 0.95, _likeliest(topic), excused=scope.of_debt),
        )
        self._warnings = (
            Level(Outcome.CRISIS_CHECK, 0.4, 0.8, _always("gentle"), excused=others),
            Level(Outcome.CRISIS, 0.45, 0.5, _always("gentle"), 0.0, others, Outcome.CRISIS_CHECK),
            Level(wrong, 0.4, 0.5, _always("careful"), excused=asked),
            Level(wrong, 0.85, 0.85, _always("careful"), excused=law),
            Level(topic, 0.5, 0.5, _always(DOUBTFUL_TOPIC), excused=_any(scope.of_debt, law)),
            Level(topic, 0.8, 0.8, _always(DOUBTFUL_TOPIC), excused=_any(scope.of_owing, law)),
        )

    def __call__(self, said: str, opinion: Opinion) -> Screening | None:
        """The likeliest thing it is sure of, or nothing."""
        if sum(letter.isalpha() for letter in said) < SHORTEST:
            return None
        if _TAKES_ADVICE.match(said) and not opinion.meanings & _MEANT[Outcome.CRISIS]:
            return None
        brief = len(_WORD.findall(said)) < FEWEST_WORDS
        calm = self._calm(said)
        for levels in (self._guards, self._warnings):
            heard = [level for level in levels if not brief or level.guard in DANGERS]
            heard = [level for level in heard if level.guard not in calm or level.is_meant(opinion)]
            if reached := [level for level in heard if level.reached(said, opinion)]:
                first = max(reached, key=lambda level: level.rank(opinion))
                return Screening(first.says or first.guard, first.variant(said, opinion))
        return None

    def _calm(self, said: str) -> frozenset[Outcome]:
        """The guards that letters alone do not raise against a question for an article or a figure."""
        of_life = OF_LIFE if self._asks_for_law(said) else frozenset()
        return of_life | ({Outcome.WRONGDOING} if _ASKS_FIGURE.search(said) else frozenset())

    def doubted(self, finding: Screening, opinion: Opinion) -> Screening:
        """What the word lists found, or something gentler where the letters speak against it."""
        beyond_doubt = finding.variant in LAW_OF_OTHERS or self._crisis.plainly_said(finding)
        if finding.outcome not in DOUBTS or beyond_doubt:
            return finding
        least, instead = DOUBTS[finding.outcome]
        return finding if opinion.chance(finding.outcome) >= least else instead


def _always(variant: str) -> Variant:
    return lambda _said, _opinion: variant


def _likeliest(guard: Outcome) -> Variant:
    return lambda _said, opinion: opinion.variant(guard)


def _who(crisis: Crisis) -> Variant:
    return lambda said, _opinion: crisis.who(said)


def _where(door: AtTheDoor) -> Variant:
    return lambda said, _opinion: door.where(said)


def _asks_nothing(said: str) -> bool:
    return not asks(said)


def _any(*excuses: Excuse) -> Excuse:
    return lambda said: any(excuse(said) for excuse in excuses)
