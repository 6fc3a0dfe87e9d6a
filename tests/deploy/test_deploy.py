"""What stands in deploy/ keeps its promises: linted, hardened, of one command, and naming only what exists."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import PREFIX, ROOT, Settings

DEPLOY = ROOT / "deploy"
DOCKERFILE = DEPLOY / "Dockerfile"
UNIT = DEPLOY / "kolokol.service"
EXPOSURE = 15
"""Most exposure of the unit, in tenths of systemd's scale of ten; below 20 systemd says "OK"."""


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, both outputs in one text."""
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False)


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile in order, continued lines joined, comments left out."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(name, " ".join(rest.split())) for name, _, rest in (line.partition(" ") for line in lines if line)]


def final_stage() -> list[tuple[str, str]]:
    """The instructions of what becomes the image."""
    found = instructions()
    return found[max(number for number, (name, _) in enumerate(found) if name == "FROM") :]


def in_image(name: str) -> str:
    """The last instruction of a name in the image, which is the one that counts."""
    return [rest for found, rest in final_stage() if found == name][-1]


def image_command() -> list[str]:
    """What the image runs."""
    return [*json.loads(in_image("ENTRYPOINT")), *json.loads(in_image("CMD"))]


def unit() -> dict[str, list[str]]:
    """The settings of the unit, each with its values in order."""
    result: dict[str, list[str]] = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        name, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            result.setdefault(name, []).append(value)
    return result


@pytest.fixture
def service() -> dict[str, Any]:
    """The one service of the compose file."""
    services: dict[str, dict[str, Any]] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    assert list(services) == ["kolokol"]
    return services["kolokol"]


@pytest.fixture
def systemd_analyze() -> str:
    """The program, from Debian's package systemd."""
    found = shutil.which("systemd-analyze")
    if found is None:
        words = "no systemd-analyze found: install Debian's systemd to check the unit"
        if os.environ.get("CI") == "true":
            pytest.fail(words, pytrace=False)
        pytest.skip(words)
    return found


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    done = run(Path(sys.executable).with_name("hadolint"), "--no-color", DOCKERFILE)
    assert done.returncode == 0, done.stdout


def test_systemd_accepts_the_unit(systemd_analyze: str, tmp_path: Path) -> None:
    command = unit()["ExecStart"][0].split()[0]
    copy = tmp_path / UNIT.name  # systemd looks whether the program exists, and here it lies elsewhere
    copy.write_text(UNIT.read_text().replace(f"ExecStart={command}", f"ExecStart={sys.executable}"))
    done = run(systemd_analyze, "verify", "--man=no", copy)
    about_ours = [line for line in done.stdout.splitlines() if UNIT.name in line]  # it reads units of the machine too
    assert (done.returncode, about_ours) == (0, [])


def test_the_unit_exposes_little(systemd_analyze: str) -> None:
    done = run(systemd_analyze, "security", "--offline=true", "--no-pager", f"--threshold={EXPOSURE}", UNIT)
    assert done.returncode == 0, done.stdout


def test_the_unit_writes_into_var_alone() -> None:
    settings = unit()
    assert settings["ProtectSystem"] == ["strict"]
    assert settings["StateDirectory"] == ["kolokol/var"]
    assert settings["WorkingDirectory"] == ["/var/lib/kolokol"], "var/ of the settings is relative to it"
    assert "ReadWritePaths" not in settings


def test_the_unit_runs_as_a_user_of_its_own() -> None:
    assert unit()["User"] == ["kolokol"]
    assert "useradd --system" in (DEPLOY / "README.md").read_text()


def test_image_and_unit_run_the_same_command() -> None:
    program, *arguments = unit()["ExecStart"][0].split()
    assert [Path(program).name, *arguments] == image_command() == ["kolokol", "run"]


def test_the_image_runs_without_rights_and_holds_nothing_to_build_with() -> None:
    stages = [rest for name, rest in instructions() if name == "FROM"]
    assert all(re.fullmatch(r"python:3\.\d+-slim-bookworm( AS build)?", stage) for stage in stages)
    user = in_image("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    after = [name for name, _ in final_stage()[final_stage().index(("USER", user)) :]]
    assert not {"RUN", "COPY", "ADD"} & set(after), "what follows USER must not need rights"
    assert not any("apt-get" in rest for _, rest in final_stage())
    assert "pip uninstall" in in_image("RUN")


def test_the_image_has_var_where_the_settings_look_for_it() -> None:
    assert in_image("WORKDIR") == "/app"
    assert in_image("VOLUME") == "/app/var"
    assert not Settings.model_fields["key_file"].default.is_absolute()
    assert "sqlite+aiosqlite:///var/" in Settings.model_fields["database_url"].default.get_secret_value()


def test_nothing_gets_into_the_image_but_what_is_named() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if not line.startswith("#")]
    assert rules[0] == "*"
    allowed = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    copied = {
        path for name, rest in instructions() if name == "COPY" and "--from" not in rest for path in rest.split()[:-1]
    }
    assert copied == allowed
    assert all((ROOT / path).exists() for path in allowed)


def test_compose_gives_the_container_nothing_that_it_does_not_need(service: dict[str, Any]) -> None:
    assert service["user"] == in_image("USER")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert [mount.partition(":")[0] for mount in service["tmpfs"]] == ["/tmp"]
    assert not {"ports", "privileged", "cap_add", "network_mode", "command", "entrypoint"} & set(service)


def test_compose_lets_only_var_be_written(service: dict[str, Any]) -> None:
    mounts = [mount.split(":") for mount in service["volumes"]]
    assert [target for _, target, *mode in mounts if mode != ["ro"]] == ["/app/var"]
    environment = dict(part.split("=", 1) for part in in_image("ENV").split())
    read_only = {target for _, target, *mode in mounts if mode == ["ro"]}
    assert read_only == {environment["KOLOKOL_CONTENT_DIR"], environment["KOLOKOL_SEEDS_DIR"]}


def test_compose_restarts_the_bot_and_gives_it_time_to_finish(service: dict[str, Any]) -> None:
    assert service["restart"] == "unless-stopped"
    assert service["init"] is True
    assert int(service["stop_grace_period"].removesuffix("s")) >= 15


def test_compose_finds_the_files_that_it_names(service: dict[str, Any]) -> None:
    context = DEPLOY / service["build"]["context"]
    assert (context / service["build"]["dockerfile"]).resolve() == DOCKERFILE
    assert (DEPLOY / service["env_file"]).resolve() == ROOT / ".env"
    sources = [mount.split(":")[0] for mount in service["volumes"] if mount.startswith(".")]
    assert all((DEPLOY / source).is_dir() for source in sources)


@pytest.mark.parametrize(
    "path", sorted(path for path in DEPLOY.iterdir() if path.is_file()), ids=lambda path: path.name
)
def test_every_setting_that_a_file_names_exists(path: Path) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", path.read_text(encoding="utf-8")))
    assert named <= {PREFIX + name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("script", [DEPLOY / "install", ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_scripts_can_be_run_and_read_by_their_shell(script: Path) -> None:
    assert script.stat().st_mode & stat.S_IXUSR
    shell = script.read_text().splitlines()[0].split("/")[-1].split()[-1]
    done = run(shell, "-n", script)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_builds_the_package_is_in_the_lock_file_with_hashes() -> None:
    wanted = re.search(r"^awk '(.+)' requirements-dev\.lock", (DEPLOY / "install").read_text(), re.MULTILINE)
    assert wanted
    done = run("awk", wanted[1], ROOT / "requirements-dev.lock")
    first, *hashes = done.stdout.splitlines()
    assert f'"{first.split()[0]}"' in (ROOT / "pyproject.toml").read_text(), "the build-system of pyproject.toml"
    assert hashes
    assert all(line.strip().startswith("--hash=sha256:") for line in hashes)
