"""Who may come in: links, passwords, second factors, wrong tries, and the log of it all."""

import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text, update
from typer.testing import CliRunner

from bot.cli import cli
from bot.curation import second_factor
from bot.curation.accounts import FREE_TRIES, People, hash_of, people_of
from bot.curation.people import (
    Blocked,
    InvitationSpent,
    LastAdministrator,
    NameInUse,
    NameUnfit,
    PasswordWeak,
    Role,
    SignInRefused,
)
from bot.store.database import open_database
from bot.store.tables import InvitationRow, WorkSessionRow

PASSWORD = "三号楼的 Kettle 41"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a migrated database, to be copied: migrating takes its time."""
    folder = tmp_path_factory.mktemp("empty")
    open_database(f"sqlite:///{folder}/aid.sqlite3").dispose()
    return folder


@pytest.fixture
def engine(empty: Path, tmp_path: Path) -> Engine:
    shutil.copytree(empty, tmp_path / "data")
    return open_database(f"sqlite:///{tmp_path}/data/aid.sqlite3")


@pytest.fixture
def people(engine: Engine) -> People:
    return people_of(engine)


def let_in(people: People, name: str, role: Role = Role.EDITOR) -> str:
    """Somebody with a second factor; their secret."""
    account = people.accept(people.invite(role, name, "test"), name, PASSWORD)
    secret = people.set_up_second_factor(account)
    token = people.begin_session(account, "phone")
    people.confirm_second_factor(account, second_factor.code_at(secret, step_now()), token)
    return secret


def step_now() -> int:
    return int(time.time() // second_factor.STEP_SECONDS)


def test_a_link_lets_one_person_in_once(people: People) -> None:
    token = people.invite(Role.EDITOR, "小林", "test")
    account = people.accept(token, " 小林 ", PASSWORD)
    assert (account.name, account.role, account.ready) == ("小林", Role.EDITOR, False)
    with pytest.raises(InvitationSpent):
        people.accept(token, "another", PASSWORD)


def test_a_link_ends(people: People, engine: Engine) -> None:
    token = people.invite(Role.EDITOR, "小林", "test")
    with engine.begin() as connection:
        connection.execute(update(InvitationRow).values(expires_at=datetime.now(UTC)))
    with pytest.raises(InvitationSpent):
        people.invitation(token)


def test_a_link_can_be_withdrawn(people: People) -> None:
    token = people.invite(Role.EDITOR, "小林", "test")
    people.accounts.withdraw(people.invitation(token).id)
    with pytest.raises(InvitationSpent):
        people.accept(token, "小林", PASSWORD)


@pytest.mark.parametrize("taken", ["Lin", "lin", "ＬＩＮ"])
def test_a_name_is_had_by_one(people: People, taken: str) -> None:
    people.accept(people.invite(Role.EDITOR, "", "test"), "LIN", PASSWORD)
    token = people.invite(Role.EDITOR, "", "test")
    with pytest.raises(NameInUse):
        people.accept(token, taken, PASSWORD)
    people.accept(token, "Wang", PASSWORD)


@pytest.mark.parametrize("name", ["", "a", " b ", "x" * 41, "a\nb\x07"])
def test_a_name_must_be_one(people: People, name: str) -> None:
    with pytest.raises(NameUnfit):
        people.accept(people.invite(Role.EDITOR, "", "test"), name, PASSWORD)


@pytest.mark.parametrize(
    "password", ["short", "aaaaaaaaaaaa", "password1234", "小林小林小林abcdefg", "1234567890"]
)
def test_a_weak_password_is_refused(people: People, password: str) -> None:
    with pytest.raises(PasswordWeak):
        people.accept(people.invite(Role.EDITOR, "", "test"), "小林", password)


def test_the_password_is_not_kept(people: People, engine: Engine) -> None:
    let_in(people, "小林")
    with engine.connect() as connection:
        row = connection.execute(text("SELECT password_hash, totp_secret FROM accounts")).one()
    assert row.password_hash.startswith("$argon2id$")
    assert row.totp_secret.startswith("sealed1:")


def test_the_way_in_is_password_then_code(people: People) -> None:
    secret = let_in(people, "小林")
    account = people.sign_in("小林", PASSWORD)
    token = people.begin_session(account, "phone")
    session = people.session(token)
    assert session is not None
    assert not session.passed
    code = second_factor.code_at(secret, step_now() + 1)
    passed = people.session(people.pass_second_factor(account, code, token))
    assert passed is not None
    assert passed.passed
    assert people.session(token) is None, "the token from before the code is worth nothing"


def test_no_code_works_twice(people: People) -> None:
    secret = let_in(people, "小林")
    account = people.sign_in("小林", PASSWORD)
    token = people.begin_session(account, "phone")
    code = second_factor.code_at(secret, step_now() + 1)
    token = people.pass_second_factor(account, code, token)
    with pytest.raises(SignInRefused):
        people.pass_second_factor(account, code, token)


def test_a_recovery_code_works_once(people: People) -> None:
    account = people.accept(people.invite(Role.EDITOR, "", "test"), "小林", PASSWORD)
    code = second_factor.code_at(people.set_up_second_factor(account), step_now())
    token = people.begin_session(account, "phone")
    token, codes = people.confirm_second_factor(account, code, token)
    account = people.sign_in("小林", PASSWORD)
    token = people.pass_second_factor(account, f" {codes[0].lower()} ", token)
    with pytest.raises(SignInRefused):
        people.pass_second_factor(account, codes[0], token)
    assert people.accounts.recovery_codes_left(account.id) == len(codes) - 1


@pytest.mark.parametrize("name", ["小林", "nobody"])
def test_wrong_tries_make_the_next_wait_longer(people: People, name: str) -> None:
    let_in(people, "小林")
    for _ in range(FREE_TRIES):
        with pytest.raises(SignInRefused):
            people.sign_in(name, "wrong")
    with pytest.raises(Blocked) as first:
        people.sign_in(name, PASSWORD)
    assert timedelta(0) < first.value.until - datetime.now(UTC) <= timedelta(seconds=30)
    people.failures.block(hash_of(name), datetime.now(UTC))
    with pytest.raises(SignInRefused):
        people.sign_in(name, "wrong")
    with pytest.raises(Blocked) as second:
        people.sign_in(name, PASSWORD)
    assert second.value.until - first.value.until > timedelta(seconds=25)


def test_wrong_codes_count_too(people: People) -> None:
    let_in(people, "小林")
    account = people.sign_in("小林", PASSWORD)
    token = people.begin_session(account, "phone")
    for _ in range(FREE_TRIES):
        with pytest.raises(SignInRefused):
            people.pass_second_factor(account, "000000x", token)
    with pytest.raises(Blocked):
        people.pass_second_factor(account, "000000", token)


def test_a_right_password_alone_forgives_nothing(people: People) -> None:
    let_in(people, "小林")
    account = people.sign_in("小林", PASSWORD)
    token = people.begin_session(account, "phone")
    for _ in range(FREE_TRIES):
        people.sign_in("小林", PASSWORD)
        with pytest.raises(SignInRefused):
            people.pass_second_factor(account, "12", token)
    with pytest.raises(Blocked):
        people.sign_in("小林", PASSWORD)


def test_whoever_is_shut_out_is_out_at_once(people: People) -> None:
    let_in(people, "头头", Role.ADMINISTRATOR)
    let_in(people, "小林")
    account = people.sign_in("小林", PASSWORD)
    token = people.begin_session(account, "phone")
    people.change(account.id, Role.EDITOR, "头头", active=False)
    assert people.session(token) is None
    with pytest.raises(SignInRefused):
        people.sign_in("小林", PASSWORD)


def test_the_last_administrator_stays(people: People) -> None:
    let_in(people, "头头", Role.ADMINISTRATOR)
    of = people.named("头头")
    with pytest.raises(LastAdministrator):
        people.change(of.id, Role.EDITOR, "头头", active=True)
    assert people.named("头头").role is Role.ADMINISTRATOR


@pytest.mark.parametrize("moved", [timedelta(hours=2, seconds=1), timedelta(hours=13)])
def test_a_session_ends_idle_and_in_the_end(
    people: People, engine: Engine, moved: timedelta
) -> None:
    let_in(people, "小林")
    token = people.begin_session(people.sign_in("小林", PASSWORD), "phone")
    column = {"seen_at" if moved < timedelta(hours=3) else "expires_at": datetime.now(UTC) - moved}
    with engine.begin() as connection:
        connection.execute(update(WorkSessionRow).values(**column))
    assert people.session(token) is None


def test_a_new_password_signs_out_everywhere_else(people: People) -> None:
    let_in(people, "小林")
    account = people.sign_in("小林", PASSWORD)
    here, there = people.begin_session(account, "a"), people.begin_session(account, "b")
    session = people.session(here)
    assert session is not None
    people.change_password(session, PASSWORD, "换过的 teapot 77")
    assert people.session(here) is not None
    assert people.session(there) is None
    people.sign_in("小林", "换过的 teapot 77")


def test_a_link_for_somebody_who_lost_the_phone(people: People) -> None:
    let_in(people, "小林", Role.REVIEWER)
    old = people.begin_session(people.sign_in("小林", PASSWORD), "phone")
    token = people.invite(Role.REVIEWER, "", "test", people.named("小林"))
    account = people.accept(token, "ignored", "新的 teapot 77")
    assert (account.name, account.role, account.ready) == ("小林", Role.REVIEWER, False)
    assert people.session(old) is None


def test_every_step_is_in_the_log(people: People) -> None:
    let_in(people, "小林")
    with pytest.raises(SignInRefused):
        people.sign_in("小林", "wrong")
    events, total = people.audit.page()
    assert [each.act for each in events] == [
        "wrong_password",
        "signed_in",
        "set_up_second_factor",
        "accepted_invitation",
        "invited",
    ]
    assert (total, people.audit.check()[0]) == (5, 5)


def test_the_operator_lets_the_first_one_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORROWER_AID_DATA_DIR", str(tmp_path))
    run = CliRunner()
    made = run.invoke(cli, ["account", "add", "陈老师"])
    assert made.exit_code == 0
    link = made.output.split()[-1]
    people = people_of(open_database(f"sqlite:///{tmp_path}/borrower_aid.sqlite3"))
    account = people.accept(link.rpartition("/")[2], "陈老师", PASSWORD)
    assert account.role is Role.ADMINISTRATOR
    listed = run.invoke(cli, ["account", "list"]).output.split()
    assert listed[:2] == ["陈老师", "administrator"]
    checked = run.invoke(cli, ["audit", "check"])
    assert checked.output.startswith("2 lines hold together")
    assert run.invoke(cli, ["account", "add", "x", "--role", "boss"]).exit_code == 2
