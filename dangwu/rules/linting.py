"""What a rule file must keep beyond its shape: known kinds, facts, values and placeholders; cases that suffice."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from string import Formatter

from dangwu.kernel.periods import Period
from dangwu.rules.kinds import FIGURES, KINDS, ValueName, parameters
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import Bound, DocumentShape, FactShape, Outcome
from dangwu.rules.texts import Key, Text

ALWAYS = {"subject", "period", "deadline", "on"}
LIFE = {"founded_on", "dissolved_on"}
NEEDED_CASES = {Outcome.MET, Outcome.UNMET, Outcome.NOT_APPLICABLE}


def check_citations(rule: Rule, text: Text, documents: Mapping[str, DocumentShape], sources: Mapping[str, str]) -> None:
    """What a rule cites is in the book, and where it was read is on the list."""
    for index, cite in enumerate(rule.shape.cites):
        if cite.document not in documents:
            text.trouble(("cites", index, "document"), f"没有文件“{cite.document}”", "请改为规则库中已有文件的编号")
        if cite.source not in sources:
            text.trouble(("cites", index, "source"), f"没有来源“{cite.source}”", "请在 rulebook/sources.yaml 中写明")


def check_rule(rule: Rule, text: Text, vocabulary: Mapping[str, Mapping[str, FactShape]]) -> None:
    """Note every error of one rule in its text."""
    known = vocabulary.get(rule.shape.subject, {})
    if not _kind_is_known(rule, text):
        return
    _check_facts(rule, text, known)
    _check_conditions(rule, text, known)
    _check_values(rule, text)
    if not text.troubles:
        _check_placeholders(rule, text)
        _check_cases(rule, text, known)


def check_replacements(rule: Rule, text: Text, by_id: Mapping[str, Rule]) -> None:
    """A version begins on the very day on which the one it replaces ends."""
    span, key = rule.shape.in_force, ("in_force", "replaces")
    if span.until is not None and span.until <= span.from_:
        text.trouble(("in_force", "until"), "失效日期不晚于施行日期", "请核对两个日期")
    if span.replaces is None:
        return
    older = by_id.get(span.replaces)
    if older is None:
        text.trouble(key, f"被替代的规则“{span.replaces}”不存在", "请改为已有规则的编号，或删去这一行")
    elif older.shape.in_force.until != span.from_:
        gap = "空档" if older.shape.in_force.until and older.shape.in_force.until < span.from_ else "重叠"
        text.trouble(key, f"与“{older.id}”之间有{gap}", f"请把旧规则的 until 改为 {span.from_}")


def _kind_is_known(rule: Rule, text: Text) -> bool:
    if rule.kind_name not in KINDS:
        text.trouble(("requires", rule.kind_name), f"没有“{rule.kind_name}”这种要求", f"可用的有：{'、'.join(KINDS)}")
        return False
    wanted, given = set(parameters(rule.kind_name)), set(rule.arguments)
    for name in sorted(given - wanted):
        text.trouble(("requires", rule.kind_name, name), f"“{rule.kind_name}”没有参数“{name}”", "请删去或改正")
    for name in sorted(wanted - given):
        text.trouble(("requires", rule.kind_name), f"“{rule.kind_name}”缺少参数“{name}”", "请补上")
    return wanted == given


def _check_facts(rule: Rule, text: Text, known: Mapping[str, FactShape]) -> None:
    for name in rule.facts:
        key: Key = ("applies_to", name) if name in rule.shape.applies_to else ("requires", rule.kind_name)
        if name not in known:
            text.trouble(key, f"不认识的事实“{name}”", "请用 rulebook/facts.yaml 或 activities/ 中已有的名称")
        elif known[name].per and rule.shape.each is None:
            text.trouble(key, f"“{name}”按期统计，而本规则没有写 each", "请写明每月、每季度还是每年")


def _check_conditions(rule: Rule, text: Text, known: Mapping[str, FactShape]) -> None:
    for name, condition in rule.shape.applies_to.items():
        fact = known.get(name)
        if fact is None:
            continue
        fits = {bool: fact.type == "flag", list: fact.type == "choice", Bound: fact.type in {"count", "number"}}
        if not fits[type(condition)]:
            text.trouble(
                ("applies_to", name), f"“{name}”的条件与它的类型不符", "是非用 true/false，选项用列表，数量用界限"
            )
        elif isinstance(condition, list):
            _check_choices(condition, fact, ("applies_to", name), text)
    if "choices" in rule.arguments and (fact := known.get(str(rule.arguments.get("fact")))):
        _check_choices(list(rule.arguments["choices"]), fact, ("requires", rule.kind_name, "choices"), text)


def _check_choices(choices: list[str], fact: FactShape, key: Key, text: Text) -> None:
    for choice in choices:
        if choice not in fact.choices:
            text.trouble(key, f"没有选项“{choice}”", f"可用的有：{'、'.join(fact.choices)}")


def _check_values(rule: Rule, text: Text) -> None:
    meanings = parameters(rule.kind_name)
    named = {str(rule.arguments[name]) for name, meaning in meanings.items() if meaning is ValueName}
    for bound in rule.bounds:
        named |= set(bound.model_dump(exclude_none=True).values())
    for name in sorted(named - set(rule.shape.values)):
        text.trouble(("requires",), f"没有数值“{name}”", "请在 values 中按日期写明")
    for name in sorted(set(rule.shape.values) - named):
        text.trouble(("values", name), f"数值“{name}”没有用到", "请删去，或在 requires、applies_to 中使用")
    for name in (n for n, by_date in rule.shape.values.items() if not by_date):
        text.trouble(("values", name), f"数值“{name}”没有内容", "请按“日期: 数值”填写")


def _check_placeholders(rule: Rule, text: Text) -> None:
    allowed = {*rule.facts, *rule.shape.values, *FIGURES[rule.kind_name], *ALWAYS}
    for outcome, sentence in rule.shape.explain.model_dump(exclude_none=True).items():
        try:
            names = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        except ValueError:
            text.trouble(("explain", outcome), "花括号不成对", "请检查花括号")
            continue
        for name in sorted(names - allowed):
            text.trouble(("explain", outcome), f"不认识的占位“{name}”", f"可用的有：{'、'.join(sorted(allowed))}")
    if rule.shape.each and not rule.shape.explain.pending:
        text.trouble(("explain",), "按期的要求要有 pending 一句", "请写明期限之前还差什么")


def _check_cases(rule: Rule, text: Text, known: Mapping[str, FactShape]) -> None:
    missing = NEEDED_CASES - {case.expect for case in rule.shape.cases}
    if missing:
        text.trouble(("cases",), f"缺少结果为 {'、'.join(sorted(missing))} 的例子", "三种结果各至少一例")
    for index, case in enumerate(rule.shape.cases):
        if (case.period is None) != (rule.shape.each is None):
            text.trouble(("cases", index), "period 与 each 不一致", "按期的规则每例写 period，其余不写")
        elif case.period and not _is_period(case.period, rule):
            text.trouble(
                ("cases", index, "period"), f"“{case.period}”不是本规则的期", "如 2026-07、2026Q3、2026H2、2026"
            )
        allowed = {*rule.facts} | (LIFE if rule.shape.subject == "organisation" else set())
        for name, given in case.given.items():
            key: Key = ("cases", index, "given", name)
            if name not in allowed:
                text.trouble(key, f"本规则没有用到事实“{name}”", "请删去")
            elif given is not None and not _is_readable(given, known.get(name)):
                text.trouble(key, f"“{given}”不是“{name}”的值", "请核对类型")


def _is_period(code: str, rule: Rule) -> bool:
    try:
        return Period.parse(code).every is rule.shape.each
    except ValueError:
        return False


def _is_readable(given: str, fact: FactShape | None) -> bool:
    try:
        typed(given, fact)
    except ValueError:
        return False
    return True


def typed(given: str, fact: FactShape | None) -> bool | int | Fraction | date | str:
    """A fact written in a case, by its declared type; the days of an organisation's life need no declaration.

    Raises ValueError where the text is not of that type.
    """
    kind = fact.type if fact else "date"
    if kind == "flag":
        return {"true": True, "false": False}[given] if given in {"true", "false"} else _refuse(given)
    if kind == "choice":
        return given if fact and given in fact.choices else _refuse(given)
    readers: dict[str, Callable[[str], int | Fraction | date]] = {
        "count": int,
        "number": Fraction,
        "date": date.fromisoformat,
    }
    return readers[kind](given)


def _refuse(given: str) -> str:
    raise ValueError(given)
