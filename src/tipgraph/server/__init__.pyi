from .limits import Limits as Limits
from .options import Options as Options
from .review_service import review_drafts as review_drafts
from .service import serve as serve
