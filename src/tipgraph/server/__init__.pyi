from .options import Options as Options
from .review import review_drafts as review_drafts
from .service import serve as serve
