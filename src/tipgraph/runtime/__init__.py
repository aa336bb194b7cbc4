"""What the machine needs: files written whole, locks, processes of their own, optional extras, text made safe."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
