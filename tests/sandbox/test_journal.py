"""The log of what was posted keeps the newest, and each text once."""

from bot.sandbox.journal import Journal, text_hash


def test_a_full_log_lets_the_oldest_go_and_goes_on_counting() -> None:
    journal = Journal(lambda: 5.0, exchanges=1, messages=8)
    for number in range(1, 12):
        journal.take("sendMessage", number % 2, number, f"text {number}")
    assert [taken.seq for taken in journal.messages] == list(range(4, 12))
    assert journal.last == 11
    assert [taken.seq for taken in journal.after(9)] == [10, 11]
    assert [taken.seq for taken in journal.after(0, limit=2)] == [4, 5]
    assert [taken.seq for taken in journal.after(5, chat_id=1)] == [7, 9, 11]
    journal.clear()
    journal.take("sendMessage", 1, 1, "new")
    assert [taken.seq for taken in journal.after(0)] == [1]


def test_a_text_for_many_is_held_once() -> None:
    journal = Journal(lambda: 5.0, exchanges=1)
    for chat in range(3):
        journal.take("sendMessage", chat, 1, "".join(["the same ", "edition"]))
    assert len({id(taken.text) for taken in journal.messages}) == 1
    assert text_hash("the same edition") == journal.messages[0].as_json(hashed=True)["text_hash"]
