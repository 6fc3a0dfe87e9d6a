## Uploads and changes by editors: what is wrong, and what would be right.

problem-cannot-rewrite = The field “{ $key }” cannot be changed by itself here. Send the whole file with the change in it.
problem-file-too-large = The file has { $size } KB; at most { $limit } are read. Split it, or remove what does not belong.
problem-too-many-values = There are more than { $limit } keys and entries here. Split it, or remove what does not belong.
problem-too-many-problems = There are more than { $limit } problems in this file; the first are listed. Fix them, then check again.
problem-yaml-tag = There is a tag ({ $tag }) here. Remove it: the format has none.
problem-upload-too-large = The file has { $size } KB; at most { $limit } are taken. Send only the files that changed.
problem-upload-extension = Files of this kind are not taken. Send .yaml files, or a .zip of the content folder; the text of a source as .txt.
problem-upload-yml = The file ends in .yml. Rename it so that it ends in .yaml.
problem-upload-is-zip = This is a zip archive under the name of a text. Rename it so that it ends in .zip.
problem-upload-too-many = There are more than { $limit } files. Send only those that changed.
problem-upload-total = The files together have more than { $limit } KB. Send only those that changed.
problem-upload-twice = Two files are meant for { $name }. Send one of them.
problem-upload-path = The name leads out of the content folder. Give a plain name, such as topics/numbers.yaml.
problem-upload-place = Nothing says where this file belongs. Name it as the file it replaces ({ $known }, or that of a topic or source), or send it in a zip within its folder.
problem-zip-broken = The archive cannot be read: it is damaged or is not a zip. Make a new one and send it.
problem-zip-empty = There is no .yaml file in the archive. Put the content folder, or files of it, into the zip.
problem-zip-encrypted = The file is protected by a password. Make the zip without one.
problem-zip-nested = There is an archive within the archive. Put the .yaml files into the zip themselves.
problem-zip-link = This is a link, not a file. Put the file itself into the zip.
problem-zip-method = The file is compressed in an unusual way. Make an ordinary zip (“deflate”).
problem-zip-bomb = The file would grow to { $size } KB, too many for a text packed this small. Put in the plain .yaml files and make a new zip.
problem-card-does-not-fit = The card does not fit one message in “{ $language }”: it takes { $count }. Shorten its texts, or make two cards.
problem-source-known = This text is known already: { $source } was made from it. Nothing is to be done; a text that has changed is sent in the same way.
problem-source-id-form = “{ $id }” cannot be the id of a source. Give one: lower-case letters a–z, digits and single hyphens, such as smirnov-2023.
problem-source-id-taken = There is a source “{ $id }” already. If this is its new text, send it as { $id }.txt, or with { $id } as its caption (in a terminal: kolokol seeds update { $id }). If it is another text, give it an id of its own as the caption (kolokol seeds add --id).
problem-source-too-long = The text has more than { $limit } lines. Send the part that is to be cited, or make two sources.
