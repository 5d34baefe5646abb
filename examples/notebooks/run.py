"""Run the notebooks and write their outputs back; with ``--check``, say instead where outputs would change.

``python run.py [--check] [notebook ...]``

Text, HTML and streams have to be the same to the last character. Pictures need only be there, as their bytes differ
between versions of matplotlib.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

HERE = Path(__file__).parent
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
# a picture without the version of what drew it
PICTURES = "--InlineBackend.print_figure_kwargs={'bbox_inches': None, 'dpi': 100, 'metadata': {'Software': None}}"


class ThisPython(KernelSpecManager):
    """Knows one kernel: the interpreter that runs this file."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR", PICTURES]
        drawing = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
        return KernelSpec(argv=argv, display_name=kernel_name, language="python", env=drawing)


def executed(path: Path) -> nbformat.NotebookNode:
    """Return the notebook with new outputs and nothing else that changes from run to run."""
    book = nbformat.read(path, as_version=4)
    manager = AsyncKernelManager(kernel_name=KERNEL["name"], kernel_spec_manager=ThisPython())
    NotebookClient(
        book, km=manager, timeout=600, record_timing=False, coalesce_streams=True, resources={"metadata": {"path": HERE}}
    ).execute()
    book.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    for cell in book.cells:
        cell.metadata = nbformat.from_dict({})
    return book


def told(book: nbformat.NotebookNode) -> list[str]:
    """Return what the outputs of a notebook say, line by line; of a picture, that it is there."""
    lines = []
    for cell in book.cells:
        for number, output in enumerate(cell.get("outputs", ())):
            for kind, text in sorted(contents(output).items()):
                lines.append(f"{cell.id}, output {number + 1}, {kind}:")
                lines += ["(a picture)"] if kind.startswith("image/") else text.splitlines()
    return lines


def contents(output: nbformat.NotebookNode) -> dict[str, str]:
    if output.output_type == "stream":
        return {output.name: output.text}
    if output.output_type == "error":
        return {"error": f"{output.ename}: {output.evalue}"}
    return {kind: text if isinstance(text, str) else repr(text) for kind, text in output.data.items()}


def differs(path: Path) -> bool:
    """Print how the outputs differ from those checked in, and return whether they do."""
    before, after = told(nbformat.read(path, as_version=4)), told(executed(path))
    for line in difflib.unified_diff(before, after, f"{path.name}, as checked in", "run now", lineterm=""):
        print(line if len(line) <= 500 else f"{line[:500]} …")
    return before != after


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if outputs differ")
    parser.add_argument("notebooks", nargs="*", type=Path, default=sorted(HERE.glob("*.ipynb")))
    given = parser.parse_args()
    if given.check:
        changed = [path.name for path in given.notebooks if differs(path)]
        print(f"outputs differ: {', '.join(changed)}; run run.py" if changed else "outputs are as checked in")
        return int(bool(changed))
    for path in given.notebooks:
        nbformat.write(executed(path), path)
        print(path.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
