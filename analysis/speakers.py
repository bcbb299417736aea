"""From mention to named speaker and group, within an article and across articles."""

from collections.abc import Iterable

from analysis.codebook import Codebook
from analysis.learned_groups import regrouped
from analysis.names import Name, Role, Roles, names_in, surname
from analysis.reading import Reading
from analysis.settling import Speaker, settle
from analysis.sides import Sides
from analysis.statements import Statement
from analysis.text import Quotation

_KEPT = 500  # articles


class Speakers:
    """Resolves the mentions of one corpus: the codebook's names, and the full names seen in any article."""

    def __init__(self, codebook: Codebook, texts: Iterable[str] = ()):
        self.roles = Roles(codebook.roles)
        self._groups = dict(zip(codebook.speakers["name"], codebook.speakers["group"], strict=True))
        self._aliases = {
            alias.casefold(): row.name
            for row in codebook.speakers.itertuples(index=False)
            for alias in (row.name, *row.aliases)
        }
        self._people: dict[str, set[str]] = {}
        self._kept: dict[
            str, tuple[list[Role], list[Name]]
        ] = {}  # of the first articles only, so that memory stays flat
        for text in texts:
            read = self.read(text)
            if len(self._kept) < _KEPT:
                self._kept[text] = read
            for name in read[1]:
                if name.kind == "person":
                    self._people.setdefault(surname(name.text), set()).add(name.text)

    def resolve(self, text: str, statements: list[Statement], quoted: list[Quotation]) -> list[Speaker]:
        """Name the speaker of each statement of an article.

        Titles and ranks are dropped, surnames completed from the article, then from the other articles
        where only one person has it; pronouns and "the …" go to the latest fitting speaker or sentence
        subject; a statement without a mention belongs to the paragraph before. Whom no title places is placed
        by what the article says of them (`analysis.sides`); what was learnt (`analysis.learned_groups`) has the last
        word on these, and on an office where it is sure.

        Parameters
        ----------
        text : str
            The article.
        statements : list of Statement
            In order of first offset.
        quoted : list of Quotation
            Subjects inside quotation marks are nobody's antecedent.

        Returns
        -------
        list of Speaker
            One a statement. ``probability`` is a fixed figure by kind of evidence (codebook, role word,
            none), or the regression's where that decides.
        """
        reading = Reading(self, text, quoted)
        speakers = [reading.speaker_of(statement) for statement in statements]
        sides = Sides(text, reading.mentions, quoted, reading.sentences)
        settled = settle(sides, statements, speakers, reading.mentions)
        return regrouped(settled, statements, reading.mentions, sides)

    def read(self, text: str) -> tuple[list[Role], list[Name]]:
        """Role words and names of an article."""
        if text in self._kept:
            return self._kept[text]
        roles = self.roles.find(text)
        return roles, names_in(text, roles)

    def canonical(self, name: str) -> str | None:
        """Look up the codebook's name for an alias, None if it lists none."""
        return self._aliases.get(name.casefold())

    def full_name(self, last: str) -> str | None:
        """Find the only full name in the corpus that ends in a surname."""
        found = self._people.get(last.lower(), set())
        return next(iter(found)) if len(found) == 1 else None

    def listed_group(self, name: str) -> str | None:
        """Look up the group that the codebook gives a name or alias."""
        return self._groups.get(self.canonical(name) or name)
