"""The chat page's picture of the sandbox: a row for each chat that someone looks at."""

from bot.sandbox.acts import Acts
from bot.sandbox.chats import Chat, Person
from bot.sandbox.shapes import Json
from bot.sandbox.world import World


def bot_as_json(world: World) -> Json:
    """The bot as a user, with what it says about itself."""
    profile = world.profile
    return {
        **world.bot.as_user(),
        "description": profile.in_language(profile.descriptions, None),
        "short_description": profile.in_language(profile.short_descriptions, None),
    }


def people_as_json(world: World) -> list[Json]:
    """The people that the page knows, with their roles."""
    return [
        {**person.as_user(), "role": person.role, "hides_forwards": person.hides_forwards}
        for person in world.people.values()
        if person.role
    ]


def rows(world: World) -> list[tuple[str, Person, Chat]]:
    """Which chats stand on the page: each known person's private one, then groups and channels.

    A group or channel is seen by the first of these people who is in it, the newcomer before the editor.
    """
    shown = [p for p in world.people.values() if p.role]
    found = [(str(person.role), person, world.chats[person.id]) for person in shown]
    counts: dict[str, int] = {}
    for chat in world.chats.values():
        if chat.person is not None:
            continue
        inside = [p for p in shown if chat.member(p.id).is_present]
        if chat.type == "channel":
            inside = [p for p in inside if chat.member(p.id).is_administrator] or inside
        if not inside:
            continue
        name = "channel" if chat.type == "channel" else "group"
        counts[name] = counts.get(name, 0) + 1
        found.append((name if counts[name] == 1 else f"{name}-{counts[name]}", inside[0], chat))
    return found


def view(acts: Acts, key: str, viewer: Person, chat: Chat) -> Json:
    """One row, with its messages, menu and keyboard as this person sees them."""
    world = acts.world
    members = {str(one.id): _member(acts, one, chat) for one in world.people.values() if one.role}
    own = members.get(str(viewer.id)) or _member(acts, viewer, chat)
    return {
        "key": key,
        "viewer": viewer.id,
        "chat": chat.as_chat(),
        "messages": list(chat.messages.values()),
        "commands": own["commands"],
        "keyboard": chat.keyboard,
        "placeholder": chat.placeholder,
        "force_reply": chat.force_reply,
        "blocked": chat.person is not None and viewer.blocked,
        "can_write": own["can_write"],
        "bot_member": "member" if chat.person is not None else chat.member(world.bot.id).status,
        "bot_rights": sorted(chat.member(world.bot.id).rights),
        "members": members,
        "topics": [{**topic.as_topic(), "closed": topic.closed} for topic in chat.topics.values()],
    }


def _member(acts: Acts, person: Person, chat: Chat) -> Json:
    """What a person is to a chat, and the menu of commands that they see there."""
    member = chat.member(person.id)
    private = chat.person is not None
    return {
        "status": "member" if private else member.status,
        "is_anonymous": member.is_anonymous,
        "can_write": acts.can_write(person.id, chat),
        "commands": acts.world.profile.commands_for(
            chat.type, chat.id, person.id, member.is_administrator, person.language_code
        ),
    }


def views(acts: Acts) -> list[Json]:
    """All rows."""
    return [view(acts, *row) for row in rows(acts.world)]


def state(acts: Acts) -> Json:
    """All that the page needs to begin."""
    world = acts.world
    return {"now": world.now, "bot": bot_as_json(world), "people": people_as_json(world), "views": views(acts)}
