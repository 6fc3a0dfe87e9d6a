## Lines of a new source that were left out by their looks

guesses-title = Lines left out of { $id }
guesses-text = These lines look as if they were no part of the text, or say again what stands above, so I left them out. See whether that is right: no card cites a line that is left out.
guesses-kept = These lines stay left out.
guesses-returned = The lines are back among the others. Those that no card needs you can leave out, with a reason.
guesses-settled = These lines have been looked at already.
button-guesses-right = ✅ Right, leave them out
button-guesses-back = ↩️ Put these lines back
