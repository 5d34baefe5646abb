from typing import Final

__version__: Final[str]
CALLS: Final[list[str]]

def call(name: str, json: str) -> str: ...
def read(what: str, format: str, text: str) -> str: ...
