"""A paper with every kind of block and every form of chart, in many scripts, with texts that act on programs."""

from datetime import date

from hostile import HOSTILE

from tracker.reports.model import (
    Block,
    Bullets,
    Callout,
    Chart,
    Column,
    Facts,
    Figures,
    Header,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Quote,
    Report,
    Section,
    Series,
    Signal,
    Table,
)

ARABIC = "تجديد بطاقة الإعاقة"
HINDI = "प्रमाण पत्र का नवीनीकरण"
POLISH = "Zażółć gęślą jaźń"
VIETNAMESE = "Đổi giấy phép đỗ xe"
CHINESE = "李小明"
EMOJI = "👩‍💻"
FORMULA = "=cmd|'/C calc'!A0"
LONG = (
    "The counter staff entered each application twice, once into the form and once into the register, and a case "
    "that was incomplete went back to the applicant by post, which took eleven days on average and was the reason "
    "for most of the telephone calls that the contact centre took in the autumn. "
)
BOARDS = ("11 Jun 2026", "9 Jul 2026", "13 Aug 2026", "10 Sep 2026", "8 Oct 2026", "12 Nov 2026")


def sample(*, hostile: bool = True) -> Report:
    """Return the paper; without ``hostile`` it holds only what a programme would really say."""
    header = Header(
        title="board pack",
        programme="Simpler Services",
        board="Transformation Board",
        as_of=date(2026, 11, 12),
        since=date(2026, 10, 8),
        audience="Board",
        classification="OFFICIAL",
        version="Draft",
        head="0a1b2c3d",
        meeting="12 Nov 2026, second meeting",
        frozen="2026-11-12T17:00:00Z",
        pack="SN-002",
        withheld="2 restricted records are not shown.",
        generator="transformation-tracker 0.4.0",
    )
    sections: tuple[Section, ...] = (_first(), _table(), *_charts(), _scripts())
    return Report(header, (*sections, _hostile()) if hostile else sections)


def _first() -> Section:
    blocks: tuple[Block, ...] = (
        Paragraph("Two decisions are sought.\nThe first is needed today."),
        Figures((("8", "pilots running", ""), ("5", "risks above appetite", "6 last time"), ("72%", "trained", ""))),
        Signal("red", "■ Red", "Parking permits: the forecast end moved for the third time."),
        Signal("amber", "▲ Amber", "Housing repairs: training ends five days before go-live."),
        Signal("green", "● Green", "Blue Badge renewals: every gate criterion is met."),
        Signal("not_enough", "○ Not enough evidence", "Library cards: nothing was measured before the pilot began."),
        Callout("Late entry", "R-014 was recorded on 20 Oct 2026, after the last position was frozen."),
        Quote("The pilots are on their way; one of them is not.", "Programme manager"),
        Heading("What the board is asked"),
        Facts((("Question", "Shall Parking permits go on?"), ("Recommendation", "Go on, with two conditions."))),
        Heading("The options", 4),
        Bullets(("Go on as planned", "Go on with conditions", "Stop")),
        Bullets(("First, agree the conditions", "Then date them"), ordered=True),
        Paragraph(LONG * 2),
        Missing("None recorded – checked."),
    )
    return Section("summary", "Summary", blocks)


def _table() -> Section:
    columns = (
        Column("Pilot"),
        Column("Phase"),
        Column("Reported"),
        Column("Evidence"),
        Column("Budget, GBP", "right"),
        Column("What changed", long=True),
    )
    marks = ("■ Red", "◆ Amber/Red", "▲ Amber", "◒ Amber/Green", "● Green", "○ Not rated")
    rows = tuple(
        (
            f"P-{n:02} Pilot number {n}",
            "Private beta",
            marks[n % 6],
            marks[(n + 2) % 6],
            f"{n * 12345:,}",
            LONG[: n * 20],
        )
        for n in range(1, 13)
    )
    note = "Reported is a person's judgement."
    table = Table("pilots", "Pilots, the worst first", columns, rows, note=note)
    empty = Table("nothing", "A table without rows", (Column("Risk"), Column("Score", "right")), ())
    return Section("pilots", "Pilots", (PageBreak(), table, empty), new_page=True)


def data(name: str, labels: tuple[str, ...], *series: Series, first: str = "When") -> Table:
    """Return the table of a chart's figures."""
    titles = (first, *(one.name for one in series))
    rows = tuple(
        (label, *("not known" if one.values[n] is None else f"{one.values[n]:g}" for one in series))
        for n, label in enumerate(labels)
    )
    columns = (Column(titles[0]), *(Column(title, "right") for title in titles[1:]))
    return Table(f"{name}-data", f"The figures of the chart: {name}", columns, rows)


def _charts() -> tuple[Section, ...]:
    return (
        Section("history", "Confidence by board", (_history(),), new_page=True),
        Section("interval", "Before and after", (_interval(), _minutes())),
        Section("risks", "Risks", (_matrix(),)),
        Section("work", "Work and training", (_rhythm(), _bars())),
    )


def _history() -> Chart:
    series = (
        Series("Reported", (3, 3, 2, None, 2, 1)),
        Series("Evidence", (None, 3, 2, 2, 1, 1)),
    )
    alt = "Reported confidence went from green on 11 Jun 2026 to red on 12 Nov 2026; the evidence was red earlier."
    rows = tuple(
        (board, *("● Green" if v == 3 else "▲ Amber" if v == 2 else "■ Red" if v == 1 else "○ Not rated" for v in each))
        for board, *each in zip(BOARDS, *(one.values for one in series), strict=True)
    )
    table = Table(
        "history-data", "Confidence by board", (Column("Board"), Column("Reported"), Column("Evidence")), rows
    )
    return Chart("history", "history", "Confidence by board", alt, BOARDS, series, table)


def _interval() -> Chart:
    series = Series("Completed online", (61.0, 78.4), (57.2, 75.1), (64.8, 81.7))
    labels = ("Before (Mar–May 2026)", "After (Aug–Oct 2026)")
    rows = ((labels[0], "61%", "57.2", "64.8"), (labels[1], "78.4%", "75.1", "81.7"))
    columns = (Column("Period"), Column("Value", "right"), Column("From", "right"), Column("To", "right"))
    table = Table("interval-data", "Completed online", columns, rows)
    alt = "Completed online rose from 61% to 78.4%; the intervals do not overlap; the target is 80%."
    return Chart("interval", "interval", "Completed online", alt, labels, (series,), table, "%", 80)


def _minutes() -> Chart:
    labels = ("Citizen's time", "Staff time", "Waiting")
    series = (Series("Before", (45.0, 62.5, 15840.0)), Series("After", (20.0, 31.0, None)))
    alt = "The citizen's time fell from 45 to 20 minutes, staff time from 62.5 to 31; waiting afterwards is not known."
    return Chart(
        "minutes", "before_after", "Minutes before and after", alt, labels, series,
        data("minutes", labels, *series, first="Part"), "minutes",
    )  # fmt: skip


def _matrix() -> Chart:
    points = (("R-001", 5, 5, 4, 5), ("R-002", 3, 4, 3, 4), ("R-003", 3, 4, 0, 0), ("R-004", 1, 2, 3, 3))
    columns = (Column("Risk"), Column("Likelihood", "right"), Column("Impact", "right"), Column("Last time"))
    rows = tuple((ref, str(li), str(im), f"{lo} × {io}" if lo else "new") for ref, li, im, lo, io in points)
    alt = "Four risks: R-001 rose to 25; R-002 stayed at 12; R-003 is new at 12; R-004 fell to 2."
    table = Table("matrix-data", "Risks by likelihood and impact", columns, rows)
    return Chart("matrix", "matrix", "Risk matrix", alt, (), (), table, points=points)


def _rhythm() -> Chart:
    labels = ("Iteration 1", "Iteration 2", "Iteration 3", "Iteration 4")
    series = Series("Days", (14.0, 14.0, 21.0, None))
    alt = "Iterations ended 14, 14 and 21 days apart; the cadence is 14 days; the fourth has not ended."
    table = data("rhythm", labels, series, first="Iteration")
    return Chart("rhythm", "rhythm", "Days between the ends", alt, labels, (series,), table, "days", 14)


def _bars() -> Chart:
    labels = ("Front-line counter staff", "Back office", f"{ARABIC} / {HINDI}")
    series = (Series("Needed", (18.0, 12.0, 4.0)), Series("Trained", (5.0, 12.0, 0.0)))
    alt = "Trained of needed: 5 of 18 front-line counter staff, 12 of 12 in the back office, 0 of 4 others."
    table = data("training", labels, *series, first="Role group")
    return Chart("bars", "bars", "Training coverage by role", alt, labels, series, table, "people")


def _scripts() -> Section:
    names = (ARABIC, HINDI, POLISH, VIETNAMESE, CHINESE, EMOJI)
    rows = tuple((name, "● Green") for name in names)
    table = Table("scripts", "Names in many scripts", (Column("Name"), Column("Rating")), rows)
    return Section("scripts", f"Names: {POLISH}", (Paragraph(" · ".join(names)), table))


def _hostile() -> Section:
    texts = (*HOSTILE, FORMULA, "+1+1", "@SUM(A1)", "#eval(\"x\")", "{{ 7*7 }} {% raw %}", "$x^2$ `rm -rf` *b* _i_",
             "]]>", "word" * 2500, "a | b", "---", "1. one", "\ud800", "\ufffe")  # fmt: skip
    rows = tuple((f"{n}", text, text) for n, text in enumerate(texts))
    columns = (Column("Number", "right"), Column("Text"), Column(FORMULA, long=True))
    series = Series(FORMULA, (1.0, 2.0))
    labels = ("<b>one</b>", "=1+1")
    chart = Chart(
        "hostile", "bars", FORMULA, f"Two bars: {texts[0]}", labels, (series,), data("hostile", labels, series)
    )
    blocks: tuple[Block, ...] = (
        *(Paragraph(text) for text in texts),
        Bullets(texts),
        Facts(tuple((text[:60] or "Empty", text) for text in texts)),
        Quote(texts[0], texts[1]),
        Signal("red", FORMULA, texts[2]),
        Callout(texts[3], texts[4]),
        Missing(texts[5]),
        Figures(((FORMULA, "<i>what</i>", "{{ note }}"),)),
        Heading("<script>alert(1)</script>"),
        Table("hostile", FORMULA, columns, rows, note="=1+1"),
        chart,
    )
    return Section("hostile", "# <script>alert(1)</script> | title", blocks)
