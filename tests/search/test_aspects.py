"""The two aspects of a verb meet, other verbs do not."""

import pytest

from bot.search.aspects import partners
from bot.search.dictionary import is_real
from bot.search.vocabulary import Vocabulary
from bot.search.words import stem

PAIRS = """
рассказывать рассказать, показывать показать, убивать убить, закрывать закрыть, давать дать, признавать признать,
спрашивать спросить, зарабатывать заработать, останавливать остановить, заявлять заявить, появляться появиться,
посещать посетить, защищать защитить, запрещать запретить, обсуждать обсудить, побеждать победить,
приглашать пригласить,
снижать снизить, отвечать ответить, допускать допустить, исчезать исчезнуть, погибать погибнуть, достигать достигнуть,
избегать избежать, помогать помочь, предлагать предложить, изгонять изгнать, похищать похитить, уезжать уехать,
въезжать въехать, уходить уйти, находить найти, посылать послать, начинать начать, понимать понять, принимать принять,
умирать умереть, собирать собрать, избирать избрать, называть назвать, отзывать отозвать, спасать спасти,
вводить ввести,
вывозить вывезти, вносить внести, говорить сказать, писать написать, делать сделать, возвращаться вернуться,
становиться стать, нарушать нарушить, увольнять уволить, оставаться остаться, задерживать задержать,
подписывать подписать, устраивать устроить, отказываться отказаться, преодолевать преодолеть, выживать выжить,
отправлять отправить, освобождать освободить, покидать покинуть, рассматривать рассмотреть, свергать свергнуть
"""


@pytest.mark.parametrize("pair", [pair.strip() for pair in PAIRS.split(",")])
def test_both_aspects_of_a_verb_share_something(pair: str) -> None:
    imperfective, perfective = pair.split()
    assert partners(imperfective, is_real) & partners(perfective)


@pytest.mark.parametrize(
    "pair", ["ждать деть", "писать подписать", "давать продать", "ехать уехать", "решать разрешить", "бить убить"]
)
def test_other_verbs_stay_apart(pair: str) -> None:
    first, second = pair.split()
    assert not partners(first, is_real) & partners(second)


def test_any_form_of_either_aspect_finds_the_other() -> None:
    vocabulary = Vocabulary(["рассказать", "спрашивать", "люди", "сталь"])
    for typed, known in (("рассказывают", "рассказать"), ("спросил", "спрашивать"), ("расскажет", "рассказать")):
        assert known in [meaning.surface for meaning in vocabulary.forms(typed)]


def test_all_readings_of_a_form_count() -> None:
    vocabulary = Vocabulary(["сталью", "становится"])
    assert {meaning.term for meaning in vocabulary.meanings("стали")} >= {stem("сталью"), stem("становится")}
