"""What the conformance tests do on a machine without the Bot API as data."""

from pathlib import Path

import pytest

from tests import conformance
from tests.conformance import required_specification


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_absent_data_skips_a_test_but_fails_it_in_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("KOLOKOL_BOTAPI_JSON", str(tmp_path / "absent.json"))
    monkeypatch.setenv("CI", ci)
    conformance.specification.cache_clear()
    try:
        with pytest.raises(outcome):
            required_specification()
    finally:
        conformance.specification.cache_clear()
