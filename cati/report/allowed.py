"""What may be published: a list of fields for each model, and nothing else gets through.

An edition is made from `public_store`, never from the files themselves. A
field that is not listed here is not in it, so what is added to a model stays
inside until someone lists it. What decides a score is listed: a reader must be
able to follow it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from cati.model import (
    assessment,
    base,
    claims,
    crosswalk,
    entity,
    errata,
    evaluation,
    evidence,
    methodology,
    review,
    source,
)
from cati.model.language import LANGUAGES
from cati.store.challenges import publishable_challenges
from cati.store.file_kinds import YAML_KINDS
from cati.store.store import Store

M = TypeVar("M", bound=BaseModel)
K = TypeVar("K")

ABSENT = object()

_LISTED: Mapping[type[BaseModel], str] = {
    base.Text: " ".join(LANGUAGES),
    # who is evaluated
    entity.Entity: "format id kind name name_zh names country country_note region product "
    "product_note listed relations note",
    entity.Name: "name kind where note",
    entity.ChineseNameBasis: "basis note",
    entity.Listed: "listed where note",
    entity.EntityRelation: "kind to name share since until basis where note",
    entity.Citation: "source locator",
    # what was found, and where
    source.Source: "id kind title language link published accessed data_as_of supersedes complete "
    "note",
    evidence.Disclosure: "id statement language indicators subject act_of figures polarity "
    "confidence group verdict where quote period valid_until supersedes conflicts_with "
    "retracted",
    evidence.StatedValue: "value to bound unit of year",
    evidence.Place: "source locator secondary original cites",
    evidence.Quote: "text language page translation",
    evidence.Supersession: "disclosure was reason",
    # what was made of it
    assessment.Assessment: "format evaluation verdicts no_disclosure",
    assessment.Verdict: "criterion answer disclosures rationale assessor date level history",
    assessment.NoDisclosure: "code looked_in assessor date level earlier",
    assessment.Search: "looked_in assessor date",
    assessment.Change: "who when was now why disclosures rationale assessor date level",
    # what is asked, and what it is worth
    methodology.Methodology: "format id version name source locator notice maximum grid "
    "total_decimals rate_decimals tracks columns inheritance grading_rules note dimensions",
    methodology.Dimension: "format code name points note sub_dimensions",
    methodology.SubDimension: "code name points indicators",
    methodology.Indicator: "code title points track industry_specific points_basis offsets "
    "routes guidance search_terms note",
    methodology.Route: "id title criteria",
    methodology.Criterion: "id points statement requires",
    methodology.Guidance: "counts does_not_count sources rules max_age_years",
    methodology.GradingRule: "id question rule reason",
    methodology.SearchTerms: " ".join(LANGUAGES),
    methodology.Track: "id name weighted share",
    methodology.Column: "id name members printed overlaps make_up note",
    methodology.InheritanceRule: "by of members fraction basis note",
    crosswalk.Crosswalk: "format left right pairs note",
    crosswalk.Pair: "left right relation note",
    # the evaluation, and what is said about it
    evaluation.Evaluation: "format id name methodology cutoff basis notice publisher published "
    "shares self_assessment embargo settled bands reasons contact scope note",
    evaluation.Publisher: "name contact url",
    evaluation.Publication: "where numbering misprints rounding",
    evaluation.Misprint: "company column printed instead reason",
    evaluation.Reason: "id name",
    evaluation.ContactOutcome: "id name companies",
    evaluation.ScopeEntry: "company reason note",
    claims.Claims: "format definitions facts statements",
    claims.NamedExpression: "name parameters expression note",
    claims.NamedFact: "id value to bound unit where cites note",
    claims.Statement: "id statement expressions base whole names threshold verdict where note",
    errata.Errata: "format editions errata",
    errata.KeptEdition: "number date by sha256",
    errata.Erratum: "number date what why by effects",
    errata.Effect: "company before after",
    errata.Result: "total total_high rank rank_worst",
    # decided challenges that their company lets us publish
    review.CompanyReview: "format evaluation company challenges",
    review.Challenge: "stage criterion text evidence consent decision",
    review.Pointer: "link where published",
    review.ReviewDecision: "outcome reason date changed erratum",
}

ALLOWED = {model: frozenset(names.split()) for model, names in _LISTED.items()}
"""The fields of each model that may be published.

Of an evaluation's folder neither assignments nor the review's calendar are
told, of the registry no precedents, of ``private/`` nothing but `review`'s.
"""


def public(record: M) -> M:
    """A record without the fields that are not listed, nor those inside it.

    A hidden field that a record cannot be without is not there at all: asking
    for it raises an error.

    Raises
    ------
    KeyError
        If nothing is listed for its model.
    """
    allowed, changed = ALLOWED[type(record)], False
    values: dict[str, Any] = {}
    for name, field in type(record).model_fields.items():
        before = record.__dict__.get(name, ABSENT)
        if before is ABSENT:
            continue
        if name in allowed:
            values[name] = _cleared(before)
            changed |= values[name] is not before
        elif field.is_required():
            changed = True
        else:
            values[name] = field.get_default(call_default_factory=True)
            changed |= values[name] != before
    # made anew: a copy would keep what the record has cached
    return type(record).model_construct(**values) if changed else record


def public_store(store: Store, evaluation: str) -> Store:
    """What may be published of a workspace for an evaluation.

    Other evaluations are left out, since they may not be published yet.

    Parameters
    ----------
    store : Store
    evaluation : str
        Its id.
    """
    replies = store.replies.get(evaluation, {})
    told = {
        company: public(replies[company].model_copy(update={"challenges": challenges}))
        for company, challenges in publishable_challenges(store, evaluation).items()
    }
    claims_file = store.claims.get(evaluation)
    return replace(
        store,
        methodologies=_all(store.methodologies),
        crosswalk=None if store.crosswalk is None else public(store.crosswalk),
        entities=_all(store.entities),
        sources=_all(store.sources),
        disclosures=_all(store.disclosures),
        evaluations={evaluation: public(store.evaluations[evaluation])},
        printed=_only(store.printed, evaluation),
        assessments={evaluation: _all(_answered(store.assessments.get(evaluation, {})))},
        claims=(
            {evaluation: replace(claims_file, claims=public(claims_file.claims))}
            if claims_file
            else {}
        ),
        records={
            kind.name: _all(_only(store.of(kind), evaluation))
            for kind in YAML_KINDS
            if kind.model in ALLOWED and not kind.is_private
        },
        replies={evaluation: told} if told else {},
        assessors={},
    )


def _answered(assessments: Mapping[str, assessment.Assessment]) -> dict[str, assessment.Assessment]:
    """Assessments without what an earlier season proposes: nobody has said that yet."""
    return {
        company: found.model_copy(
            update={"verdicts": tuple(v for v in found.verdicts if not v.is_proposal)}
        )
        for company, found in assessments.items()
    }


def _all(records: Mapping[str, M]) -> dict[str, M]:
    return {name: public(record) for name, record in records.items()}


def _only(records: Mapping[str, K], name: str) -> dict[str, K]:
    return {name: records[name]} if name in records else {}


def _cleared(value: object) -> object:
    """A value with nothing hidden in it; the very same where nothing was."""
    if isinstance(value, BaseModel):
        return public(value)
    if isinstance(value, tuple):
        items = tuple(map(_cleared, value))
        changed = any(item is not was for item, was in zip(items, value, strict=True))
        return items if changed else value
    return value
