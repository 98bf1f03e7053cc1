"""What the demo holds, before any of it is in a database."""

from .make import make_plan
from .records import MAIN, SECOND, Plan
