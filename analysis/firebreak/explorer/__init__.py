"""One self-contained page in which a reader explores a result file."""

from .assembly import explorer_page

__all__ = ["explorer_page"]
