## Uploads and changes by editors: what is wrong, and what would be right.

problem-cannot-rewrite = The field “{ $key }” cannot be changed by itself here. Send the whole file with the change in it.
