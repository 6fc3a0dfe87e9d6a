"""What is shown, as blocks, and the printers that say how it looks in each place."""
