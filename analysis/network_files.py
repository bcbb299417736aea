"""The discourse network to files, for Gephi, R (igraph) and users of the Discourse Network Analyzer."""

import io
import os
from pathlib import Path

import networkx as nx
import pandas as pd

from analysis.articles import InputError
from analysis.concepts import in_order
from analysis.network import affiliation, projection


def write_networks(statements: pd.DataFrame, folder: str | Path, actor: str = "speaker") -> pd.DataFrame:
    """Write the statement list and its networks for Gephi, R (igraph) and users of DNA.

    Parameters
    ----------
    statements : DataFrame
        From :func:`analysis.concepts.statement_list`, without duplicates where they are not to count.
    folder : str or Path
        Made if it is not there. Gets ``statements.csv`` and, as GraphML with every attribute, ``affiliation``,
        ``congruence``, ``conflict`` and ``subtract`` (the last three by average activity); the same bytes for the
        same statements. In the CSV a cell that begins like a spreadsheet formula has a space before it.
    actor : str
        Column of the actors.

    Returns
    -------
    DataFrame
        One row a file: ``file``, ``rows`` (of the list) or ``nodes`` and ``ties``.

    Raises
    ------
    InputError
        If the folder cannot be written to.
    """
    graphs = {"affiliation": affiliation(statements, actor)}
    graphs |= {method: projection(statements, actor, method) for method in ("congruence", "conflict", "subtract")}
    safe = in_order(statements).replace(r"^(?=[=+\-@])", " ", regex=True)
    files = {"statements.csv": safe.to_csv(index=False, lineterminator="\n").encode()}
    files |= {f"{name}.graphml": _graphml(graph) for name, graph in graphs.items()}
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            part = folder / f"{name}.part"
            part.write_bytes(content)
            os.replace(part, folder / name)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written to ({error.strerror}); give a folder of your own") from error
    rows = [["statements.csv", len(statements), "", ""]]
    rows += [[f"{name}.graphml", "", len(graph), graph.number_of_edges()] for name, graph in graphs.items()]
    return pd.DataFrame(rows, columns=["file", "rows", "nodes", "ties"])


def _graphml(graph: nx.Graph) -> bytes:
    file = io.BytesIO()
    # write_graphml would give other bytes where lxml is installed; keys have names, for Gephi takes "d3" for a label.
    nx.write_graphml_xml(graph, file, named_key_ids=True)
    return file.getvalue()
