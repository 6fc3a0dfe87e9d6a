"""Polls: asking, voting, closing."""

from typing import Any

from bot.sandbox import refusals
from bot.sandbox.methods.call import Call, method
from bot.sandbox.methods.markup import inline_part, read_markup
from bot.sandbox.methods.text import formatted
from bot.sandbox.posting import replace_message
from bot.sandbox.shapes import Json
from bot.sandbox.world import PollState, World

QUESTION_LIMIT = 300  # Bot API, sendPoll
OPTION_LIMIT = 100  # Bot API, InputPollOption
OPTIONS_LIMIT = 12  # Bot API, sendPoll: 1-12 answer options
EXPLANATION_LIMIT = 200


def _said(call: Call, what: str, limit: int, source: str, mode: str, given: Any, name: str) -> Json:
    text, entities = formatted(call, source, mode, given)
    if not text:
        raise refusals.POLL_TEXT.refusal(what=what)
    if len(text) > limit:
        raise refusals.POLL_LENGTH.refusal(what=what.replace("option", "options"), limit=limit)
    shown: Json = {name: text}
    return shown | {f"{name}_entities": entities} if entities else shown


def _options(call: Call) -> list[Json]:
    raw = call.parameters.array("options", "options", "String as options") or []
    if not raw:
        raise refusals.POLL_FEW.refusal()
    if len(raw) > OPTIONS_LIMIT:
        raise refusals.POLL_MANY.refusal(limit=OPTIONS_LIMIT)
    options = []
    for index, item in enumerate(raw):
        holder = item if isinstance(item, dict) else {"text": str(item)}
        mode, given = str(holder.get("text_parse_mode") or ""), holder.get("text_entities")
        text = _said(call, "poll option", OPTION_LIMIT, str(holder.get("text", "")), mode, given, "text")
        options.append({"persistent_id": str(index), **text, "voter_count": 0})
    return options


def read_poll(call: Call) -> Json:
    """The content of sendPoll."""
    parameters = call.parameters
    mode, given = parameters.text("question_parse_mode"), parameters.json("question_entities", "entities")
    question = _said(call, "poll question", QUESTION_LIMIT, parameters.text("question"), mode, given, "question")
    anonymous = "is_anonymous" not in parameters or parameters.flag("is_anonymous")
    poll: Json = {"id": call.world.new_id(), **question, "options": _options(call), "total_voter_count": 0}
    poll |= {
        "is_closed": parameters.flag("is_closed"),
        "is_anonymous": anonymous,
        "type": "quiz" if parameters.text("type") == "quiz" else "regular",
        "allows_multiple_answers": parameters.flag("allows_multiple_answers"),
        "allows_revoting": parameters.text("type") != "quiz",
        "members_only": parameters.flag("members_only"),
    }
    if poll["type"] == "quiz":
        poll |= _quiz(call, len(poll["options"]))
    for name in ("open_period", "close_date"):
        if name in parameters:
            poll[name] = parameters.integer(name)
    call.world.polls[poll["id"]] = PollState(0, 0)
    return {"poll": poll}


def _quiz(call: Call, options: int) -> Json:
    parameters = call.parameters
    right = parameters.array("correct_option_ids", "correct option identifiers", "correct option identifiers")
    if right is None:
        right = [parameters.integer("correct_option_id", -1)]
    if not right or not all(isinstance(i, int) and 0 <= i < options for i in right):
        raise refusals.QUIZ_ANSWER.refusal()
    quiz: Json = {"correct_option_ids": right}
    if "explanation" in parameters:
        mode, given = parameters.text("explanation_parse_mode"), parameters.json("explanation_entities", "entities")
        source = parameters.text("explanation")
        quiz |= _said(call, "poll explanation", EXPLANATION_LIMIT, source, mode, given, "explanation")
    return quiz


@method("stopPoll")
def stop_poll(call: Call) -> Json:
    """Closes a poll of the bot and answers it as it stands."""
    chat = call.chat(edit=True)
    message = call.message(chat, "message with poll to stop")
    poll = message.get("poll")
    if poll is None or message["message_id"] not in chat.by_bot:
        raise refusals.NO_POLL.refusal()
    if poll["is_closed"]:
        raise refusals.POLL_CLOSED.refusal()
    poll = {**poll, "is_closed": True}
    markup = inline_part(read_markup(call.parameters))
    changed = {k: v for k, v in message.items() if k != "reply_markup"} | {"poll": poll}
    replace_message(call.world, chat, changed | ({"reply_markup": markup} if markup else {}), edited=False)
    call.world.updates.push("poll", poll)
    return poll


def vote(world: World, poll_id: str, user: Json, choices: list[int]) -> Json:
    """A person's vote (none takes it back); tells the bot and answers the poll as it stands."""
    state = world.polls[poll_id]
    chat = world.chats[state.chat_id]
    message = chat.messages[state.message_id]
    poll = message["poll"]
    if poll["is_closed"]:
        raise refusals.POLL_CLOSED.refusal()
    state.votes[user["id"]] = choices
    if not choices:
        del state.votes[user["id"]]
    options = [
        {**option, "voter_count": sum(index in chosen for chosen in state.votes.values())}
        for index, option in enumerate(poll["options"])
    ]
    poll = {**poll, "options": options, "total_voter_count": len(state.votes)}
    replace_message(world, chat, {**message, "poll": poll}, edited=False)
    world.updates.push("poll", poll)
    if not poll["is_anonymous"]:
        identifiers = [poll["options"][index]["persistent_id"] for index in choices]
        answer = {"poll_id": poll_id, "user": user, "option_ids": choices, "option_persistent_ids": identifiers}
        world.updates.push("poll_answer", answer)
    return dict(poll)
