"""Kolokol: a Telegram bot that answers with curated, cited knowledge about Russian political exile."""
