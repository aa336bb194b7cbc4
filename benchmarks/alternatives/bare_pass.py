"""Parse IATI activities by lxml and keep nothing: `python bare_pass.py FILE`."""

import sys

from lxml import etree

for _, node in etree.iterparse(sys.argv[1], tag="iati-activity", resolve_entities=False, no_network=True):
    node.clear()
    while node.getprevious() is not None:
        del node.getparent()[0]
