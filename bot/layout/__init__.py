"""What is shown, as blocks, and the printers that say how it looks in each place.

A printer is a function from a Screen to what its place takes: `print_html` for every chat, `print_terminal` for a
terminal or a pipe. A further one matches on the kind of block and ends in `assert_never`, as these do, so that the type
checker names every printer that a new kind of block has left behind.
"""
