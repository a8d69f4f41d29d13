"""Whatever lies in a file, taking it in ends with an outcome and never with a crash."""

import io

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.intake import Kind
from ingest.load.load import READERS
from ingest.report import lines_of
from tests.ingest.pages import LAW, SPUN_PAGE, taken

PAGE = f"<html><body><article><p>{SPUN_PAGE}</p></article></body></html>"


def word_file() -> bytes:
    buffer = io.BytesIO()
    file = docx.Document()
    file.add_paragraph(SPUN_PAGE)
    file.save(buffer)
    return buffer.getvalue()


SEEDS = {
    ".md": LAW.encode(),
    ".txt": SPUN_PAGE.encode("gb18030"),
    ".html": PAGE.encode(),
    ".docx": word_file(),
    ".pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("suffix", sorted(READERS))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(noise=st.binary(max_size=300))
def test_noise_is_refused_or_read(suffix: str, kind: Kind, noise: bytes) -> None:
    found = taken(noise, f"a{suffix}", kind)
    assert [*lines_of(found)]


@pytest.mark.parametrize("suffix", sorted(SEEDS))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.floats(0, 1), noise=st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_refused_or_read(suffix: str, place: float, noise: bytes) -> None:
    seed = SEEDS[suffix]
    start = int(place * len(seed))
    found = taken(seed[:start] + noise + seed[start + len(noise) :], f"a{suffix}")
    assert found.refused is not None or found.judgement is not None
