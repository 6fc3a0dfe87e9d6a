"""What people do: write, press, ask inline, choose, block, come and go. Each does what a Telegram client would."""

import asyncio
from typing import Any

from bot.sandbox.entities import found_in, trimmed
from bot.sandbox.gathering import Gathering
from bot.sandbox.methods.polls import vote
from bot.sandbox.posting import post, replace_message
from bot.sandbox.shapes import Json
from bot.sandbox.sharing import Sharing
from bot.sandbox.voice import ActError
from bot.sandbox.world import Callback, InlineQuestion

__all__ = ["ActError", "Acts"]


class Acts(Sharing, Gathering):
    """All the verbs. `viewer` is the person who acts; a chat that is not named is their private one with the bot."""

    def send(
        self,
        viewer: int,
        text: str,
        chat_id: int | None = None,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Json:
        """Write a text; answers the message. "/start x" in private is how a deep link arrives."""
        person, chat = self._place(viewer, chat_id)
        text, _ = trimmed(text, [])
        if not text:
            raise ActError("the text is empty")
        entities = found_in(text)
        content = {"text": text, "entities": entities} if entities else {"text": text}
        return self._say(person, chat, content, reply_to=reply_to, thread=thread)

    def edit(self, viewer: int, message_id: int, text: str, chat_id: int | None = None) -> Json:
        """Change one's own text."""
        chat = self.chat(viewer, chat_id)
        message = chat.messages.get(message_id)
        own = message is not None and message.get("from", {}).get("id") == viewer
        own = own or (message is not None and "sender_chat" in message and self.can_write(viewer, chat))
        if message is None or not own or "text" not in message:
            raise ActError(f"message {message_id} is no text of {viewer}")
        entities = found_in(text)
        changed = {k: v for k, v in message.items() if k != "entities"} | {"text": text}
        changed = replace_message(self.world, chat, changed | ({"entities": entities} if entities else {}))
        self._tell_bot(chat, changed, edited=True)
        return changed

    def press(self, viewer: int, message_id: int, data: str, chat_id: int | None = None) -> str:
        """Press a button with this callback data under a message; answers the id of the callback query."""
        person, chat = self.person(viewer), self.chat(viewer, chat_id)
        message = chat.messages.get(message_id)
        if message is None:
            raise ActError(f"there is no message {message_id}")
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if not any(button.get("callback_data") == data for row in rows for button in row):
            raise ActError(f"message {message_id} has no button with the data {data!r}")
        query = Callback(self.world.new_id(), viewer, self.world.clock())
        self.world.callbacks[query.id] = query
        inline_id = self._inline_id(chat.id, message_id)
        asked: Json = {"id": query.id, "from": person.as_user(), "chat_instance": str(7_000_000_000 + abs(chat.id))}
        asked |= {"inline_message_id": inline_id} if inline_id else {"message": message}
        self.world.updates.push("callback_query", asked | {"data": data})
        return query.id

    def _inline_id(self, chat_id: int, message_id: int) -> str | None:
        places = self.world.inline_messages.items()
        return next((key for key, place in places if place == (chat_id, message_id)), None)

    async def ask_inline(
        self, viewer: int, query: str, offset: str = "", *, chat_type: str = "sender", wait: float | None = None
    ) -> Json:
        """Type "@bot query"; waits for the bot's answer and gives it with the query's id. Raises TimeoutError."""
        person = self.person(viewer)
        done: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        question = InlineQuestion(self.world.new_id(), viewer, query, self.world.clock(), done)
        self.world.questions[question.id] = question
        asked = {"id": question.id, "from": person.as_user(), "query": query, "offset": offset, "chat_type": chat_type}
        self.world.updates.push("inline_query", asked)
        try:
            answer = await asyncio.wait_for(done, wait or self.world.pace.limits.inline_seconds)
        finally:
            done.cancel()
        return {"inline_query_id": question.id, **answer}

    def choose(self, viewer: int, result_id: str, chat_id: int | None = None, *, query_id: str | None = None) -> Json:
        """Send a result of an inline answer (the person's last one that holds it) into a chat, via the bot."""
        person, chat = self._place(viewer, chat_id)
        asked = [q for q in self.world.questions.values() if q.viewer == viewer and result_id in q.contents]
        asked = [q for q in asked if query_id in (None, q.id)]
        if not asked:
            raise ActError(f"no inline answer to {viewer} holds the result {result_id!r}")
        content = asked[-1].contents[result_id] | {"via_bot": self.world.bot.as_user()}
        message = post(self.world, chat, person, content)
        chosen: Json = {"result_id": result_id, "from": person.as_user(), "query": asked[-1].query}
        if "reply_markup" in message:
            key = f"inline-{self.world.new_id()}"
            self.world.inline_messages[key] = (chat.id, message["message_id"])
            chosen["inline_message_id"] = key
        self._tell_bot(chat, message, edited=False)
        self.world.updates.push("chosen_inline_result", chosen)
        return message

    def vote(self, viewer: int, poll_id: str, choices: list[int]) -> Json:
        """Choose in a poll; an empty list takes the vote back."""
        if poll_id not in self.world.polls:
            raise ActError(f"there is no poll {poll_id}")
        return vote(self.world, poll_id, self.person(viewer).as_user(), choices)

    def react(self, viewer: int, message_id: int, emoji: str | None, chat_id: int | None = None) -> None:
        """Put a reaction on a message, or take it off."""
        person, chat = self.person(viewer), self.chat(viewer, chat_id)
        new: list[Any] = [{"type": "emoji", "emoji": emoji}] if emoji else []
        change = {
            "chat": chat.as_chat(),
            "message_id": message_id,
            "user": person.as_user(),
            "date": self.world.now,
            "old_reaction": [],
            "new_reaction": new,
        }
        self.world.updates.push("message_reaction", change)

    def answer_of(self, query_id: str) -> Json | None:
        """What the bot answered to a pressed button, None as long as it has not."""
        return self.world.callbacks[query_id].answer
