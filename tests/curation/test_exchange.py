"""Files and store follow each other, and nobody's work is overwritten."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from bot.cli import cli
from bot.curation.exchange import add_files, export_files, import_files
from bot.curation.records import State, Wanted
from bot.errors import KnowledgeUnreadable
from bot.settings import ROOT
from bot.store.database import open_database
from bot.store.entries import Entries
from bot.store.files import Files
from bot.store.publications import Publications
from tests.curation.workspaces import ANNA, ENTER, TOMORROW, write_base

KNOWLEDGE = ROOT / "knowledge_base"
FILE = f"guidance/home-visits/{ENTER}.md"
CONCLUSION = "你可以不开门，也可以隔着门说话。催收员没有权力进你家。"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path}/aid.sqlite3")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path)


def edit(base: Path, text: str) -> None:
    file = base / FILE
    file.write_text(file.read_text("utf-8").replace(CONCLUSION, text), "utf-8")


def live(engine: Engine) -> dict[str, str]:
    return {each.id: each.short_answer for each in Publications(engine).shelf()[0].entries}


def draft(engine: Engine, text: str) -> None:
    entries = Entries(engine)
    fields = {**entries.version(ENTER).fields, "short_answer": text}
    entries.save(ENTER, fields, entries.get(ENTER).revision, ANNA, "", retires=False)


def test_our_own_entries_come_out_as_they_went_in(engine: Engine, tmp_path: Path) -> None:
    taken = import_files(Files(engine), KNOWLEDGE)
    out = tmp_path / "out"
    done = export_files(Publications(engine).shelf()[0].entries, out)
    ours = {path.relative_to(KNOWLEDGE): path.read_bytes() for path in guidance(KNOWLEDGE)}
    assert {path.relative_to(out): path.read_bytes() for path in guidance(out)} == ours
    assert len(taken.new) == len(done.written) == len(ours) >= 364
    assert export_files(Publications(engine).shelf()[0].entries, out).written == ()


def guidance(folder: Path) -> list[Path]:
    return sorted((folder / "guidance").rglob("*.md"))


def test_taking_the_same_files_again_changes_nothing(engine: Engine, base: Path) -> None:
    import_files(Files(engine), base)
    key = Publications(engine).newest_key()
    assert not import_files(Files(engine), base)
    assert Publications(engine).newest_key() == key


def test_what_nobody_touched_follows_its_file(engine: Engine, base: Path) -> None:
    import_files(Files(engine), base)
    edit(base, "不用开门。")
    (base / f"guidance/home-visits/{TOMORROW}.md").unlink()
    taken = import_files(Files(engine), base)
    assert (taken.changed, taken.retired, taken.waiting) == ((ENTER,), (TOMORROW,), ())
    assert live(engine) == {ENTER: "不用开门。"}
    assert Entries(engine).get(TOMORROW).state is State.RETIRED


def test_what_people_changed_waits_for_their_decision(engine: Engine, base: Path) -> None:
    import_files(Files(engine), base)
    draft(engine, "志愿者写的。")
    edit(base, "文件里写的。")
    taken = import_files(Files(engine), base)
    assert taken.waiting == (ENTER,)
    assert live(engine)[ENTER] == CONCLUSION
    assert Entries(engine).version(ENTER).fields["short_answer"] == "志愿者写的。"
    (listed,) = Entries(engine).page(Wanted(file_waits=True)).items
    assert listed.file_waits
    assert "文件里写的。" in (Entries(engine).file_waiting(ENTER) or "")
    assert import_files(Files(engine), base).waiting == ()


def test_a_file_that_vanished_does_not_take_peoples_work_along(engine: Engine, base: Path) -> None:
    import_files(Files(engine), base)
    draft(engine, "志愿者写的。")
    (base / FILE).unlink()
    assert import_files(Files(engine), base).waiting == (ENTER,)
    assert live(engine)[ENTER] == CONCLUSION


def test_another_folder_adds_and_takes_nothing_away(
    engine: Engine, base: Path, tmp_path: Path
) -> None:
    import_files(Files(engine), base)
    other = tmp_path / "other" / "knowledge_base"
    shutil.copytree(base / "guidance", other / "guidance")
    (other / f"guidance/home-visits/{TOMORROW}.md").unlink()
    edit(other, "协会写的。")
    assert add_files(Files(engine), other).changed == (ENTER,)
    assert live(engine)[ENTER] == "协会写的。"
    assert TOMORROW in live(engine)
    assert not import_files(Files(engine), base)  # the next start does not bring the old text back
    edit(base, "文件里写的。")
    assert import_files(Files(engine), base).waiting == (ENTER,)


def test_a_folder_without_entries_is_named_and_nothing_goes(
    engine: Engine, base: Path, tmp_path: Path
) -> None:
    import_files(Files(engine), base)
    with pytest.raises(KnowledgeUnreadable, match="holds no guidance"):
        import_files(Files(engine), tmp_path / "nowhere")
    assert len(live(engine)) == 2


def test_an_export_leaves_files_that_wait(engine: Engine, base: Path) -> None:
    import_files(Files(engine), base)
    draft(engine, "志愿者写的。")
    edit(base, "文件里写的。")
    import_files(Files(engine), base)
    kept = export_files(Publications(engine).shelf()[0].entries, base, Files(engine).waiting())
    assert (kept.kept, kept.written, kept.removed) == ((ENTER,), (), ())
    assert "文件里写的。" in (base / FILE).read_text("utf-8")


def test_an_export_that_was_committed_makes_the_entry_follow_again(
    engine: Engine, base: Path
) -> None:
    import_files(Files(engine), base)
    fields = {**Entries(engine).version(ENTER).fields, "short_answer": "发布了的。"}
    publish_directly(engine, fields)
    export_files(Publications(engine).shelf()[0].entries, base)
    assert not import_files(Files(engine), base)
    file = base / FILE
    file.write_text(file.read_text("utf-8").replace("发布了的。", "之后在文件里改的。"), "utf-8")
    assert import_files(Files(engine), base).changed == (ENTER,)


def publish_directly(engine: Engine, fields: dict[str, object]) -> None:
    from bot.curation.records import Decision, Going, Kind

    entries, publications = Entries(engine), Publications(engine)
    saved = entries.save(ENTER, fields, entries.get(ENTER).revision, ANNA, "", retires=False)
    moved = entries.move(
        ENTER, saved.revision, State.APPROVED, Decision.APPROVED, "ben", approved_by="ben"
    )
    going = Going(Kind.ENTRIES, "ben", approved=((ENTER, moved.revision),))
    publications.commit(going, publications.new_key(), publications.shelf()[0].number)


def test_the_commands_say_what_became_of_the_entries(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORROWER_AID_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("BORROWER_AID_KNOWLEDGE_DIR", str(base))
    run = CliRunner().invoke
    assert run(cli, ["kb", "import"]).output == "2 new, 0 changed, 0 retired\n"
    draft(open_database(f"sqlite:///{tmp_path}/data/borrower_aid.sqlite3"), "志愿者写的。")
    edit(base, "文件里写的。")
    waiting = run(cli, ["kb", "import"])
    assert waiting.exit_code == 1
    assert f"{ENTER}: changed in its file and in the workspace" in waiting.output
    assert f"{ENTER}: its file has changes" in run(cli, ["kb", "export"]).output
    out = run(cli, ["kb", "export", str(tmp_path / "out")])
    assert out.output == f"2 written, 0 removed in {tmp_path / 'out'}\n"
    assert CONCLUSION in (tmp_path / "out" / FILE).read_text("utf-8")
