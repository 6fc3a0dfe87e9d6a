"""Pictures, documents, sound and film: a table of what each kind takes, and albums."""

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox import refusals
from bot.sandbox.files import PHOTO_LIMIT, UPLOAD_LIMIT, StoredFile
from bot.sandbox.methods.call import Call
from bot.sandbox.methods.text import read_caption
from bot.sandbox.shapes import Json, is_whole

_TITLES = {
    "photo": "Photo",
    "document": "Document",
    "audio": "Audio",
    "video": "Video",
    "animation": "Animation",
    "voice": "VoiceNote",
    "video_note": "VideoNote",
    "sticker": "Sticker",
}
_NAMES = {
    "photo": "photo.jpg",
    "document": "file",
    "audio": "audio.mp3",
    "video": "video.mp4",
    "animation": "animation.mp4",
    "voice": "voice.ogg",
    "video_note": "round.mp4",
    "sticker": "sticker.webp",
}
# Which files may be sent again as what else (td, FileManager::get_input_file_id).
_ALSO = {"document": set(_TITLES), "animation": {"video", "document"}, "video": {"animation", "document"}}
_SPOKEN = {"video_note": "video note"}
_ALBUM_KINDS = ("photo", "video", "audio", "document")
_ATTACH = "attach://"


def take_file(call: Call, kind: str, value: str, upload_name: str) -> StoredFile:
    """The file that a parameter means: an upload, one attached elsewhere, or one sent before by its file_id.

    Refuses addresses: the sandbox fetches nothing.
    """
    uploads = call.parameters.uploads
    if value.startswith(_ATTACH):
        upload_name, value = value[len(_ATTACH) :], ""
    if not value:
        upload = uploads.get(upload_name)
        if upload is None:
            raise refusals.NO_FILE.refusal(what=_SPOKEN.get(kind, kind))
        return _uploaded(call, kind, upload.name, upload.content, upload.mime_type)
    if re.match(r"https?://", value, re.IGNORECASE):
        raise refusals.URL_UNREACHABLE.refusal()
    stored = call.world.files.by_id(value)
    if stored is None:
        raise refusals.FILE_ID_WRONG.refusal()
    if stored.kind != kind and kind not in _ALSO.get(stored.kind, ()) and kind != "document":
        raise refusals.FILE_KIND.refusal(found=_TITLES[stored.kind], wanted=_TITLES[kind])
    if stored.kind != kind and "photo" in (stored.kind, kind):
        raise refusals.FILE_KIND.refusal(found=_TITLES[stored.kind], wanted=_TITLES[kind])
    return stored


def _uploaded(call: Call, kind: str, name: str, content: bytes, mime_type: str) -> StoredFile:
    if not content:
        raise refusals.FILE_EMPTY.refusal()
    if len(content) > (PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT):
        raise refusals.FILE_TOO_BIG.refusal()
    stored = call.world.files.store(kind, name or _NAMES[kind], content, mime_type)
    if kind == "photo":
        _check_photo(stored)
    return stored


def _check_photo(stored: StoredFile) -> None:
    width, height = stored.width, stored.height
    if not width or not height:
        raise refusals.IMAGE_BROKEN.refusal()
    # Bot API, sendPhoto: both sides together at most 10000, one at most 20 times the other.
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise refusals.PHOTO_DIMENSIONS.refusal()


def described(kind: str, stored: StoredFile, details: Json) -> Any:
    """A file in the shape that a message carries it in; `details` are the fields that came with it."""

    def number(name: str, default: int = 0) -> int:
        value: Any = details.get(name)
        return int(value) if isinstance(value, int | float) or is_whole(str(value)) else default

    def text(name: str) -> str | None:
        value = details.get(name)
        return str(value) if value not in (None, "") else None

    size = {"width": number("width", stored.width or 640), "height": number("height", stored.height or 360)}
    named = {"file_name": stored.name, "mime_type": stored.mime_type}
    match kind:
        case "photo":
            return stored.as_photo()
        case "audio":
            heard = {"duration": number("duration"), "performer": text("performer"), "title": text("title")}
            return stored.as_media(**heard, **named)
        case "video" | "animation":
            return stored.as_media(**size, duration=number("duration"), **named)
        case "voice":
            return stored.as_media(duration=number("duration"), mime_type=stored.mime_type)
        case "video_note":
            return stored.as_media(length=number("length", 240), duration=number("duration"))
        case "sticker":
            side = {"width": stored.width or 512, "height": stored.height or 512}
            flags = {"is_animated": stored.name.endswith(".tgs"), "is_video": stored.name.endswith(".webm")}
            return stored.as_media(type="regular", **side, **flags, emoji=text("emoji"))
    return stored.as_media(**named)


def _carried(kind: str, stored: StoredFile, details: Json) -> Json:
    """The media fields of a message; an animation stands as a document, too."""
    content = {kind: described(kind, stored, details)}
    if kind == "animation":
        content["document"] = described("document", stored, {})
    if kind in ("photo", "video", "animation"):
        for name, shown in (("has_spoiler", "has_media_spoiler"), ("show_caption_above_media",) * 2):
            if str(details.get(name)).lower() in ("true", "1"):
                content[shown] = True
    return content


def read_media(kind: str) -> Callable[[Call], Json]:
    """How the method for this kind reads its content."""

    def read(call: Call) -> Json:
        stored = take_file(call, kind, call.parameters.text(kind), kind)
        content = _carried(kind, stored, call.parameters.values)
        return content if kind in ("sticker", "video_note") else content | read_caption(call)

    return read


def read_input_media(call: Call, raw: Any, *, caption_too_long: refusals.Wording = refusals.CAPTION_TOO_LONG) -> Json:
    """The content that an InputMedia object stands for."""
    if not isinstance(raw, dict):
        raise refusals.MEDIA_KIND.refusal(why="expected an Object")
    kind = str(raw.get("type", ""))
    if kind not in ("photo", "video", "animation", "audio", "document"):
        raise refusals.MEDIA_KIND.refusal(why=f'type "{kind}" is unsupported' if kind else 'Can\'t find field "type"')
    value = raw.get("media")
    if not isinstance(value, str) or not value:
        raise refusals.MEDIA_KIND.refusal(why="media not found")
    stored = take_file(call, kind, value, kind)
    return _carried(kind, stored, raw) | read_caption(call, raw, caption_too_long)


def read_album(call: Call) -> list[Json]:
    """The contents of an album of up to ten; photos and videos stand together, all else among its like."""
    items = call.parameters.array("media", "media", "InputMedia") or []
    if not 1 <= len(items) <= 10:
        raise (refusals.ALBUM_MANY if items else refusals.ALBUM_FEW).refusal()
    kinds = {str(item.get("type", "")) if isinstance(item, dict) else "" for item in items}
    for kind in kinds - set(_ALBUM_KINDS) - {""}:
        raise refusals.ALBUM_KIND.refusal(kind=kind)
    if len(kinds) > 1 and kinds != {"photo", "video"}:
        raise refusals.ALBUM_MIXED.refusal()
    return [read_input_media(call, item) for item in items]
