"""Other search engines, measured on the same cards in the same run. None of them is a dependency of the bot."""
