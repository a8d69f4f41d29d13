import pytest

from bot.knowledge.vocabulary import LenderType
from ingest.load.knowledge_base import KnowledgeBaseUnreadable, read_knowledge_base, read_sources
from tests.ingest.tiny_base import CIVIL_CODE, ENTRY, TinyBase


def test_reads_entries_instruments_and_every_registry(base: TinyBase) -> None:
    library = read_knowledge_base(base.folder)
    assert set(library.entry) == {"visit-may-they-enter", "visit-tomorrow"}
    assert library.instrument["civil-code"].short_name == "民法典"
    assert library.channel["nfra-12378"].number == "12378"
    assert library.help_line["mental-12356"].number == "12356"
    assert library.creditor["fenqile"].lender_type is LenderType.PLATFORM
    assert library.conduct_rule["enters-home"].verdict == "unlawful"
    assert library.deadline["detention"].days == 15
    assert library.scam_sign["upfront-fee"].sign == "先交钱"


def test_tells_all_faults_at_once(base: TinyBase) -> None:
    line = base.plant(ENTRY, "risk: none", "risk: high")
    other = base.plant(CIVIL_CODE, "kind: law", "kind: poem")
    with pytest.raises(KnowledgeBaseUnreadable) as fault:
        read_knowledge_base(base.folder)
    found = {(each.file, each.line) for each in fault.value.findings}
    assert found == {(base.folder / ENTRY, line), (base.folder / CIVIL_CODE, other)}
    assert f"{ENTRY}:{line}" in str(fault.value)


def test_the_records_that_can_be_read_are_kept_beside_the_faults(base: TinyBase) -> None:
    base.plant("channels.yaml", '  number: "12378"', "  number: 12378")
    sources = read_sources(base.folder)
    assert [each.value.id for each in sources.channels] == ["police-110"]
    assert len(sources.faults) == 1


@pytest.mark.parametrize("text", ["id: one\n", ""])
def test_a_registry_is_a_list(base: TinyBase, text: str) -> None:
    base.write("scam_signs.yaml", text)
    assert [each.message for each in read_sources(base.folder).faults] == [
        "a registry is a list of records"
    ]


def test_an_empty_folder_is_an_empty_library(base: TinyBase) -> None:
    library = read_knowledge_base(base.folder / "nothing")
    assert library.entries == library.instruments == library.channels == ()


def test_knows_the_line_of_a_record_and_its_parts(base: TinyBase) -> None:
    channel = read_sources(base.folder).channels[1]
    lines = base.read("channels.yaml").splitlines()
    assert lines[channel.line("id") - 1] == "- id: nfra-12378"
    assert lines[channel.line("takes", 0) - 1] == "  takes: [银行违规催收]"
