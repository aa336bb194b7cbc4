from .limits import Limits as Limits
from .options import Options as Options
from .service import serve as serve
