"""What makes the documents one book: the pages gathered, the reference written from the things themselves.

markdown  →  verbs · questions · terms · errors · names · parts · settings   →  reference()
gathering (documents at their places, links that still lead there)           →  sources of Sphinx  →  build/docs/
"""
