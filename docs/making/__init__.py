"""Make one book of the documents: gather the pages, and write the reference from the code and the kit.

markdown  →  verbs · questions · terms · errors · names · parts · settings   →  reference()
gathering (documents in their places, with working links)           →  sources of Sphinx  →  build/docs/
"""
