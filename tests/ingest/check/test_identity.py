from tests.ingest.tiny_base import CIVIL_CODE, ENTRY, TOMORROW, TinyBase


def test_an_id_that_is_not_the_file_name(base: TinyBase) -> None:
    line = base.plant(TOMORROW, "id: visit-tomorrow", "id: visit-morning")
    assert (TOMORROW, line, "id-file") in base.findings()


def test_a_topic_that_is_not_the_folder(base: TinyBase) -> None:
    line = base.plant(ENTRY, "topic: home-visits", "topic: visits")
    assert base.findings() == [(ENTRY, line, "topic-folder")]


def test_an_instrument_in_a_file_of_another_name(base: TinyBase) -> None:
    base.write("instruments/code.yaml", base.read(CIVIL_CODE))
    assert ("instruments/code.yaml", 1, "id-file") in base.findings()


def test_two_entries_of_one_id(base: TinyBase) -> None:
    base.write(f"guidance/calls/{ENTRY.split('/')[-1]}", base.read(ENTRY))
    codes = {(file, code) for file, _, code in base.findings()}
    assert (ENTRY, "id-twice") in codes


def test_a_record_given_twice(base: TinyBase) -> None:
    line = base.plant("channels.yaml", "- id: nfra-12378", "- id: police-110")
    assert ("channels.yaml", line, "id-twice") in base.findings()


def test_a_number_that_is_not_the_one_in_its_id(base: TinyBase) -> None:
    line = base.plant("help_lines.yaml", 'number: "12356"', 'number: "12365"')
    assert base.findings() == [("help_lines.yaml", line, "id-number")]


def test_an_article_given_twice(base: TinyBase) -> None:
    again = '  - {article: "1033", title: 隐私, paraphrase: 再写一遍的住宅。}\n'
    base.write(CIVIL_CODE, base.read(CIVIL_CODE) + again)
    last = base.read(CIVIL_CODE).count("\n")
    assert base.findings() == [(CIVIL_CODE, last, "article-twice")]
