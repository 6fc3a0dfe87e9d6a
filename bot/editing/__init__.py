"""Changing the content: uploads, single fields, drafts, publishing, history. Knows nothing of Telegram's types."""
