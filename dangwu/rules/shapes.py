"""The shape of the files of a rulebook, declared once: reading refuses all else, editors get it as JSON Schema."""

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from dangwu.kernel.periods import Every


class Grade(StrEnum):
    """How surely the clause is known: A read in full, B quoted with its article, C second-hand, M from memory."""

    A = "A"
    B = "B"
    C = "C"
    M = "M"


class Strength(StrEnum):
    """How strongly the clause speaks: “应当” is must, “一般” and “原则上” are should, a habit is practice."""

    MUST = "must"
    SHOULD = "should"
    PRACTICE = "practice"


class Outcome(StrEnum):
    """The five ends of an obligation."""

    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"
    MET = "met"
    LATE = "late"
    UNMET = "unmet"


class Level(StrEnum):
    """What an unmet rule may do to somebody: fail, warn, or only hint."""

    FAILURE = "failure"
    WARNING = "warning"
    HINT = "hint"


def _exact(text: Any) -> Any:  # noqa: ANN401 - whatever stands in the file, a share or a number
    return Fraction(text) if isinstance(text, str) else text


Number = Annotated[Fraction, BeforeValidator(_exact, json_schema_input_type=str | int | float)]


class Shape(BaseModel):
    """A part of a file: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Band(Shape):
    """One step of a table of rates: the highest amount it reaches, inclusive (None: no bound), and its rate."""

    rate: Number
    up_to: Number | None = None


Figure = Number | tuple[Band, ...]
ValueByDate = dict[date, Figure]


class Citation(Shape):
    """Where it is written, how surely we know it, and when somebody last looked."""

    document: str
    article: str
    grade: Grade
    source: str
    checked: date


class InForce(Shape):
    """The days on which this version holds: `from` inclusive, `until` exclusive."""

    from_: date = Field(alias="from")
    until: date | None = None
    replaces: str | None = None


class Bound(Shape):
    """A condition on a number; each names a value of the rule."""

    at_least: str | None = None
    at_most: str | None = None
    over: str | None = None
    below: str | None = None


Condition = bool | list[str] | Bound


class Explanations(Shape):
    """A Chinese sentence for each outcome that can come about."""

    met: str
    unmet: str
    pending: str | None = None
    late: str | None = None


class Case(Shape):
    """One example: the facts, the day, and what must come out."""

    it: str
    on: date
    given: dict[str, Annotated[str | None, WithJsonSchema({"type": ["string", "number", "boolean", "null"]})]]
    expect: Outcome
    period: str | None = None
    says: str | None = None


class RuleShape(Shape):
    """A rule file."""

    id: str
    title: str
    subject: Literal["organisation", "member", "activity"]
    cites: list[Citation] = Field(min_length=1)
    in_force: InForce
    applies_to: dict[str, Condition] = {}
    each: Every | None = None
    requires: dict[str, dict[str, str | list[str]]] = Field(min_length=1, max_length=1)
    values: dict[str, ValueByDate] = {}
    strength: Strength
    explain: Explanations
    remedy: str
    cases: list[Case] = Field(min_length=3)


class ArticleShape(Shape):
    """What became of an article that no rule cites: left to people's judgement, or to do; and why."""

    state: Literal["judgement", "to_do"]
    why: str


class DocumentShape(Shape):
    """A `document.yaml`: what was issued by whom and when, and what became of its articles."""

    id: str
    title: str
    issuer: str
    issued: date | None = None
    in_force: InForce
    authority: Literal["national", "local", "practice"]
    note: str | None = None
    articles: dict[str, ArticleShape] = {}


class FactShape(Shape):
    """A fact that rules may name. Facts with `per: period` are asked for a period, the others stand."""

    type: Literal["count", "number", "flag", "choice", "date"]
    label: str
    per: Literal["period"] | None = None
    choices: dict[str, str] = {}
