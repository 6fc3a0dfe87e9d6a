"""A thing is found by its name exactly, or the near ones are offered."""

from bot.search.naming import Named, Names, find_named

TOPICS = [
    Named("papers", ("papers", "Visas and papers", "Визы и документы")),
    Named("war", ("war", "War and draft", "Война и призыв")),
    Named("media", ("media", "Media in exile", "СМИ в изгнании")),
]


def test_case_word_forms_and_hyphens_do_not_count() -> None:
    assert find_named("VISA AND PAPER", TOPICS) == ("papers", ())
    assert find_named("ВОЙНА-И-ПРИЗЫВ", TOPICS) == ("war", ())


def test_near_names_are_offered_nearest_first_and_once() -> None:
    exact, near = find_named("visas and paprs", TOPICS)
    assert exact is None
    assert near[0] == "papers"
    assert len(set(near)) == len(near)


def test_nothing_is_found_by_nothing() -> None:
    names = Names(TOPICS)
    assert names.find("") == names.find("?!") == names.find("zxqwv kjhgf") == (None, ())
