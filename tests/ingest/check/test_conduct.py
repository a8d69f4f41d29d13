from tests.ingest.tiny_base import TinyBase

RULES = "conduct_rules.yaml"


def test_a_verdict_there_is_not(base: TinyBase) -> None:
    line = base.plant(RULES, "verdict: unlawful", "verdict: rude")
    assert base.findings() == [(RULES, line, "verdict")]


def test_conduct_that_is_unlawful_by_a_recommendation_only(base: TinyBase) -> None:
    base.plant(
        RULES,
        '{instrument: civil-code, article: "1033", verified: text}',
        "{instrument: collection-guideline, verified: secondary}",
    )
    assert base.findings() == [(RULES, 4, "called-law")]
    base.plant(RULES, "verdict: unlawful", "verdict: against_standard")
    assert base.findings() == []
