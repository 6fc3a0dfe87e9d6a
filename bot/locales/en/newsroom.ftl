## What is kept about an editor

kept-editors-chat = Editor
kept-drafts-chat = Draft
kept-pen_name = pen-name
kept-base = made on version
kept-changed = last changed
kept-checked = checked
kept-publish_at = to be published
