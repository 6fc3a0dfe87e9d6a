"""What goes out: schedules, composing an edition, the outbox, the sender."""
