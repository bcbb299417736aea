"""Discourse network: who takes which position on what, and who agrees or conflicts with whom over it.

Terms and formulas are those of the Discourse Network Analyzer (DNA): P. Leifeld, J. Gruber and F. R. Bossner (2018),
"Discourse Network Analyzer Manual", chapter 2, https://github.com/leifeld/dna; P. Leifeld (2017), "Discourse network
analysis: policy debates as dynamic networks", in The Oxford Handbook of Political Networks. A *concept* is a stance
target or a theme. DNA's agreement is yes or no: favour and against. Neutral is kept as a count of its own and makes
nobody agree or conflict, for as the middle of a scale it would half agree with everybody, and two speakers without a
position would agree fully. How a position on a theme is read: :func:`analysis.concepts.statement_list`.
"""

from collections import Counter

import networkx as nx
import numpy as np
import pandas as pd

from analysis.concepts import POSITIONS, allowed, taken_up, time_slices, without_duplicates
from analysis.pipeline import Coding

METHODS = ("congruence", "conflict", "subtract", "ignore")
NORMALISATIONS = ("no", "average", "jaccard", "cosine")


def affiliation(statements: pd.DataFrame, actor: str = "speaker") -> nx.Graph:
    """Tie actors to the concepts they take up (two-mode network).

    Parameters
    ----------
    statements : DataFrame
        From :func:`analysis.concepts.statement_list`; rows with an empty actor are left out.
    actor : str
        Column of the actors: ``speaker``, ``person``, ``organisation`` or ``group``.

    Returns
    -------
    networkx.Graph
        Nodes: actors by name, concepts as "target: police"; ``label``, ``bipartite`` (0 actors, 1 concepts), ``mode``
        (actor or concept), ``kind`` (the actor's column; target or theme), ``group`` (an actor's most frequent one,
        empty for concepts), ``statements``. Edges: ``favour``, ``against``, ``neutral``, ``unsigned`` (statements),
        ``value`` (favour minus against: DNA's *subtract*), ``sign`` (of the value: 1, 0, -1), ``position``
        (``favour``, ``against``, ``both``, ``neutral``, ``unsigned``: DNA's *combine*), ``weight`` (all statements).
    """
    statements = statements[statements[actor] != ""]
    actors, concepts, counts = _counts(statements, actor)
    groups = _main_groups(statements, actor)
    total = sum(counts.values())
    graph = nx.Graph()
    for row, name in enumerate(actors):
        said = int(total[row].sum())
        graph.add_node(name, label=name, bipartite=0, mode="actor", kind=actor, group=groups[name], statements=said)
    for column, (kind, name) in enumerate(concepts):
        said = int(total[:, column].sum())
        node = dict(label=name, bipartite=1, mode="concept", kind=kind, group="", statements=said)
        graph.add_node(f"{kind}: {name}", **node)
    for row, column in zip(*np.nonzero(total), strict=True):
        edge = {position: int(counts[position][row, column]) for position in POSITIONS}
        value = edge["favour"] - edge["against"]
        edge |= {"value": value, "sign": (value > 0) - (value < 0), "position": combined(edge)}
        graph.add_edge(actors[row], ": ".join(concepts[column]), **edge, weight=sum(edge[p] for p in POSITIONS))
    return graph


def combined(counts: dict[str, int]) -> str:
    """Name what an actor's statements on a concept add up to: favour, against, both, neutral or unsigned."""
    if counts["favour"] and counts["against"]:
        return "both"
    return next((position for position in POSITIONS if counts[position]), "unsigned")


def projection(
    statements: pd.DataFrame, actor: str = "speaker", method: str = "congruence", normalisation: str = "average"
) -> nx.Graph:
    r"""Tie actors to each other by the concepts they share (one-mode network).

    With :math:`x_{ijk}` statements of actor i on concept j at position k (favour or against), a tie is
    :math:`\sum_j \sum_k x_{ijk} x_{i'jk}` (congruence), :math:`\sum_j \sum_{k \ne k'} x_{ijk} x_{i'jk'}` (conflict),
    their difference (subtract), or the products of all statements on a concept, whatever their position (ignore: the
    only one that neutral and unsigned statements take part in).

    Parameters
    ----------
    statements : DataFrame
        From :func:`analysis.concepts.statement_list`; rows with an empty actor are left out.
    actor : str
        Column of the actors: ``speaker``, ``person``, ``organisation`` or ``group``.
    method : {"congruence", "conflict", "subtract", "ignore"}
        What ties two actors.
    normalisation : {"no", "average", "jaccard", "cosine"}
        What a tie is divided by, so that who is quoted much is not tied to everybody: nothing; the mean of the two
        actors' statements; Jaccard, :math:`m_{10} + m_{01} + \sum x_{ijk} x_{i'jk}`, with the statements of one actor
        where the other has none; cosine in DNA's sense, the product of the two actors' statements (not of the lengths
        of their vectors, so two equal actors with statements on several concepts stay below 1).

    Returns
    -------
    networkx.Graph
        Nodes: every actor, tied or not, with ``label``, ``kind`` (column), ``group``, ``statements``. Edges where the
        tie is not 0: ``value`` (as DNA gives it), ``sign`` (1 or -1), ``weight`` (the size of the value, for layouts
        and Gephi's preview take no negative weight), ``congruence`` and ``conflict`` (before normalisation).
        Congruence, ignore and conflict are at most 1 by cosine, congruence and ignore by Jaccard too.

    Raises
    ------
    ValueError
        For a method or normalisation that is not one of these.
    """
    allowed("method", method, METHODS)
    allowed("normalisation", normalisation, NORMALISATIONS)
    statements = statements[statements[actor] != ""]
    actors, _, counts = _counts(statements, actor)
    groups, total = _main_groups(statements, actor), sum(counts.values())
    favour, against = counts["favour"], counts["against"]
    congruence = favour @ favour.T + against @ against.T
    conflict = favour @ against.T + against @ favour.T
    levels = total if method == "ignore" else np.hstack([favour, against])
    ties = {
        "congruence": congruence,
        "conflict": conflict,
        "subtract": congruence - conflict,
        "ignore": total @ total.T,
    }
    values = ties[method] / np.maximum(_divisors(levels, normalisation), 1)  # 0 only where there is no tie either
    graph = nx.Graph()
    for row, name in enumerate(actors):
        graph.add_node(name, label=name, kind=actor, group=groups[name], statements=int(total[row].sum()))
    for one, other in zip(*np.nonzero(np.triu(ties[method], 1)), strict=True):
        value = float(values[one, other])
        edge = dict(value=value, sign=1 if value > 0 else -1, weight=abs(value))
        edge |= dict(congruence=int(congruence[one, other]), conflict=int(conflict[one, other]))
        graph.add_edge(actors[one], actors[other], **edge)
    return graph


def normalised(statements: pd.DataFrame, actor: str = "speaker", method: str = "congruence") -> pd.DataFrame:
    """Compare the normalisations: one row a tied pair, ``one``, ``other``, and its value by each of them."""
    graphs = {name: projection(statements, actor, method, name) for name in NORMALISATIONS}
    rows = [[*pair, *(graph.edges[pair]["value"] for graph in graphs.values())] for pair in graphs["no"].edges]
    return pd.DataFrame(rows, columns=["one", "other", *NORMALISATIONS])


def over_time(statements: pd.DataFrame, period: str = "week", actor: str = "speaker") -> pd.DataFrame:
    """Count each time slice: ``period``, ``documents``, ``statements``, ``actors``, ``concepts`` and tied pairs.

    ``congruent`` and ``conflicting`` are pairs of actors that share at least one position, or hold opposite ones, in
    the slice; a pair may be both. Statements that are not dated to the period are the row "no date".
    """
    rows = []
    for key, part in time_slices(statements, period).items():
        pairs = [projection(part, actor, method, "no").number_of_edges() for method in ("congruence", "conflict")]
        concepts = len(part[["kind", "concept"]].drop_duplicates())
        rows.append([key, part["document"].nunique(), len(part), part[actor].nunique(), concepts, *pairs])
    columns = "period documents statements actors concepts congruent conflicting".split()
    return pd.DataFrame(rows, columns=columns)


def affiliations(coding: Coding, actor: str = "speaker") -> pd.DataFrame:
    """Who takes which position on which target: the ties of the two-mode network of actors and stance targets.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.
    actor : {"speaker", "group"}
        Who is tied.

    Returns
    -------
    DataFrame
        One row an actor and target, in alphabetical order: ``actor``, ``group``, ``target``, ``position`` (see
        :func:`affiliation`), ``favour``, ``against``, ``neutral`` (statements; the same position counts once an
        article), ``statements`` (their sum), ``unit`` (speaker or group), ``articles`` (that all ties rest on).
    """
    statements = _positions(coding, actor)
    graph, articles = affiliation(statements, actor), statements["document"].nunique()
    rows = [
        [name, graph.nodes[name]["group"], graph.nodes[concept]["label"], tie["position"]]
        + [tie["favour"], tie["against"], tie["neutral"], tie["weight"], actor, articles]
        for name, concept, tie in graph.edges(data=True)
    ]
    columns = "actor group target position favour against neutral statements unit articles".split()
    return pd.DataFrame(rows, columns=columns).sort_values(["actor", "target"], ignore_index=True)


def theme_ties(statements: pd.DataFrame, actor: str = "group") -> pd.DataFrame:
    """Who bears which grievance theme out, and who speaks against it: the ties of actors and themes.

    Parameters
    ----------
    statements : DataFrame
        From :func:`analysis.concepts.statement_list`, without duplicates where they are not to count.
    actor : str
        Column of the actors.

    Returns
    -------
    DataFrame
        One row an actor and theme, in alphabetical order: ``actor``, ``theme``, ``position`` (see
        :func:`affiliation`), ``favour``, ``against``, ``neutral``, ``unsigned`` (statements).
    """
    graph = affiliation(statements[statements["kind"] == "theme"], actor)
    rows = [
        [name, graph.nodes[concept]["label"], tie["position"], *(tie[position] for position in POSITIONS)]
        for name, concept, tie in graph.edges(data=True)
    ]
    return pd.DataFrame(rows, columns=["actor", "theme", "position", *POSITIONS]).sort_values(
        ["actor", "theme"], ignore_index=True
    )


def agreements(coding: Coding, actor: str = "group") -> pd.DataFrame:
    """Who agrees with whom over the targets: the ties of the one-mode network of actors, congruence less conflict.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.
    actor : {"group", "speaker"}
        Who is tied.

    Returns
    -------
    DataFrame
        One row a pair of actors that are in favour of or against the same target, in alphabetical order: ``one``,
        ``other``, their groups ``one_group``, ``other_group`` and statements in favour or against,
        ``one_statements``, ``other_statements`` (the same position counts once an article); ``congruence``,
        ``conflict`` (pairs of statements); ``value`` (their difference over the average of the two actors'
        statements, DNA's *subtract*; 0 where they balance); ``unit`` (group or speaker), ``actors`` (all with a
        statement in favour or against), ``articles`` (that all ties rest on).
    """
    statements = _positions(coding, actor)
    statements = statements[statements["position"].isin(["favour", "against"])]
    articles = statements["document"].nunique()
    either, net = (projection(statements, actor, method) for method in ("ignore", "subtract"))
    rows = []
    for one, other, tie in either.edges(data=True):
        ends = either.nodes[one], either.nodes[other]
        value = round(net.edges[one, other]["value"], 4) if net.has_edge(one, other) else 0.0
        row = [one, other, *(end["group"] for end in ends), *(end["statements"] for end in ends)]
        rows.append([*row, tie["congruence"], tie["conflict"], value, actor, len(either), articles])
    columns = "one other one_group other_group one_statements other_statements congruence conflict value".split()
    table = pd.DataFrame(rows, columns=[*columns, "unit", "actors", "articles"])
    return table.sort_values(["one", "other"], ignore_index=True)


def _positions(coding: Coding, actor: str) -> pd.DataFrame:
    """List what is said on targets, the same position of an actor once an article."""
    statements = taken_up(coding, {})
    return without_duplicates(statements[statements["kind"] == "target"], "document", actor)


def _counts(statements: pd.DataFrame, actor: str) -> tuple[list[str], list[tuple], dict[str, np.ndarray]]:
    """Count statements by actor (rows), concept (columns) and position (tables); names in alphabetical order."""
    pairs = list(zip(statements["kind"], statements["concept"], strict=True))
    actors, concepts = sorted(set(statements[actor])), sorted(set(pairs))
    row = {name: place for place, name in enumerate(actors)}
    column = {pair: place for place, pair in enumerate(concepts)}
    counts = {position: np.zeros((len(actors), len(concepts)), dtype=np.int64) for position in POSITIONS}
    for name, pair, position in zip(statements[actor], pairs, statements["position"], strict=True):
        counts[position][row[name], column[pair]] += 1
    return actors, concepts, counts


def _main_groups(statements: pd.DataFrame, actor: str) -> dict[str, str]:
    """Give each actor its most frequent group, the first in the alphabet of equals."""
    sizes = Counter(zip(statements[actor], statements["group"], strict=True))
    groups: dict[str, str] = {}
    for name, group in sorted(sizes, key=lambda pair: (-sizes[pair], pair)):
        groups.setdefault(name, group)
    return groups


def _divisors(levels: np.ndarray, normalisation: str) -> np.ndarray:
    activity = levels.sum(axis=1)
    absent = (levels == 0).astype(np.int64)
    return {
        "no": np.ones((len(levels), len(levels))),
        "average": (activity[:, None] + activity) / 2,
        "jaccard": levels @ absent.T + absent @ levels.T + levels @ levels.T,
        "cosine": activity[:, None] * activity,
    }[normalisation]
