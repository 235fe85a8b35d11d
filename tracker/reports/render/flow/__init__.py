"""The flow of a report: it is walked once into a few parts, and each format of text documents writes only these.

``parts`` defines them, ``walk.walk`` yields them for a whole report in reading order, and ``walk.paragraphs`` those of
one block of words, for formats that place blocks themselves. A format is a dialect: a ``Layout`` that says what its
programs need, and an ``add`` that writes each kind of part. All texts are plain, lengths are in centimetres, sizes of
letters in points; what a dialect need not decide is decided here: what a table looks like and how wide its columns are,
which captions are left out, where charts and their figures stand, where a page begins.
"""
