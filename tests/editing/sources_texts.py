"""Texts written for the tests of sources: none of them is a real article."""

ARTICLE = """\
Subscribe to our newsletter!

Neighbors by Accident: A Street in Tbilisi

By Nino Example March 5, 2024

About 1,200 people moved into one street within 10 weeks, their committee counted, and it has kept a list ever since.

Half of them opened a bank account.

About 1,200 people moved into one street within 10 weeks, their committee counted and it has kept the list ever since.

Half of them opened a bank account.

Read more stories
"""
RUSSIAN = """\
Заголовок: Соседи поневоле

Автор: Нина Примерова

5 марта 2024 года

Около 1200 человек поселились на одной улице.
"""
WRAPPED = """\
A Long Title That Needs
Two Lines to Stand On
By Ivan Example

12 May 2023

The committee wrote to the town and asked
people to subscribe to a fund for the street.
Nobody answered for 3 months.
"""
BARE = """\
A first line that may be a caption or a title

The text goes on here and says nothing about itself, not who wrote it, nor when it was.
"""
STREET = """\
Заголовок: Соседи поневоле

Автор: Нина Примерова

5 марта 2024 года

Около 1200 человек поселились на одной улице, посчитал комитет.

Список комитет ведет вместе с библиотекарем Олегом Выдумовым.

Библиотека открылась 1 марта 2024 года.
"""
