"""What our own queries must answer on the examples, worked out by reading the articles.

The rows are those on the graphs of `tests.helpers.gold_graphs` (of one-origin and unnamed-only on
those that say whose each claim is), without the first column, the article, and without
the last where that is the sentence (it is looked up in the text instead).
"""

Row = tuple[str, ...]

WP, GAZETTE, HERE = "The Washington Post", "The Harbour Gazette", "this article"
DOCS, SVR = "classified Pentagon documents", "Foreign Intelligence Service (SVR)"
SERVER, PRESSER = "small Discord server", "joint press conference with his German counterpart"
FAMILIAR = "Two people familiar with the inquiry"
TEENAGER = "teenager who used to belong to the server"
CLOSE = "person close to President Volodymyr Zelensky"
ADMIN = "senior administration official"
OFFICIAL = "senior official at the Regional Water Inspectorate"
SCIENTISTS = "scientists at the University of Aldmere"
STUDY = f"study by {SCIENTISTS}"
MAILS, LEDGER = "e-mails that the council had released", "The Yorkshire Ledger"
EMPLOYEE, MEMO = "person who still works at the company", "memo of August 2022"
LAWYERS, MONDAY = "lawyers for 340 households", "interview on Monday evening"
RELEASE, RETRACTED = "press release by the Fjordland Institute", "much-quoted study"
NOTICE = "retraction notice in the Northern Journal of Nutrition"
JOURNAL = "Northern Journal of Nutrition"
AGENCY = "spokeswoman for the country's food agency"
INSIDER = "person with knowledge of the review"
RESEARCHERS = "Several nutrition researchers"
FEBRUARY = "interview with CBS News on 19 February"
REPEATERS = ("Evening Courier", "The New York Times", "newspapers", RELEASE, HERE)

COURT, LEAK, RETRACTION = "court-filing", "pentagon-leak", "study-retraction"

ANSWERS: dict[tuple[str, str, tuple[tuple[str, str], ...]], list[Row]] = {
    # nothing was decided: they were annotated by hand
    ("why", COURT, ()): [
        ("gap", "court filing", "who published it is not named", "rule"),
        ("gap", "memo of August 2022", "who made it is not named", "rule"),
    ],
    ("why", LEAK, ()): [
        ("gap", "4chan", "who put it there is not said", "rule"),
        ("gap", DOCS, "who leaked it is not named", "rule"),
        ("gap", "intercept", "who intercepted it is not named", "rule"),
    ],
    ("why", RETRACTION, ()): [("gap", RETRACTED, "who published it is not named", "rule")],
    ("same-source", COURT, ()): [],
    ("same-source", LEAK, ()): [],
    ("same-source", RETRACTION, ()): [],
    ("one-origin", COURT, ()): [
        (
            "the company’s figures for lead were “too good to be true”",
            "court filing",
            "document",
            "1",
        ),
        ("samples had been taken from newly laid pipes only", "Daniel Osei", "person", "2"),
        ("it “has met every legal limit in every year”", "Northmoor Water", "organization", "2"),
        ("“I pressed the button and I kept the receipt,”", "Daniel Osei", "person", "3"),
        (
            "her colleagues had relied on reports supplied by the company",
            OFFICIAL,
            "unnamed",
            "1",
        ),
        ("lead above the legal limit in 61 of 90 homes", SCIENTISTS, "unnamed", "2"),
        ("The case", "council", "organization", "3"),
        (
            "council officers discussed the results with the company as early as 2021",
            "council",
            "organization",
            "3",
        ),
        ("the answers of the company had been “slippery”", "Graham Tully", "person", "2"),
        ("they had stopped drinking from the tap long ago", "Several residents", "unnamed", "1"),
    ],
    ("one-origin", LEAK, ()): [
        ("China agreed early this year to send arms to Russia", DOCS, "document", "2"),
        (
            "a Chinese military commission had agreed to deliveries in small steps",
            SVR,
            "organization",
            "3",
        ),
        ('"It is third-hand at best,"', "Ingrid Halvorsen", "person", "1"),
        ("the files had been uploaded by an older member", TEENAGER, "unnamed", "2"),
        (
            "Russia or its sympathisers were probably behind the leak",
            "three U.S. officials",
            "unnamed",
            "2",
        ),
        ("Kyiv had changed some of its military plans", CLOSE, "unnamed", "2"),
        ("much of what they contain is invented", "Mykhailo Podolyak", "person", "2"),
        ('"has seen no crate, no ship and no invoice"', ADMIN, "unnamed", "1"),
        ("Beijing was thinking about lethal support for Russia", "Antony Blinken", "person", "3"),
        ("his country would give weapons to neither side", "Qin Gang", "person", "2"),
        ("investigators are working through the logs of printers", FAMILIAR, "unnamed", "2"),
        ("to stop printing classified papers at weekends", "contractor", "unnamed", "3"),
    ],
    ("one-origin", RETRACTION, ()): [
        ('"no longer stand by the main result,"', "authors", "unnamed", "2"),
        ("schools were clearing sweets out of their canteens", RELEASE, "document", "3"),
        ("the claim", "Evening Courier", "news_outlet", "2"),
        ("one table could hold the same eleven numbers twice", "Marta Lindqvist", "person", "2"),
        ('"Nobody could tell me where the other 28 had gone,"', "Pieter de Boer", "person", "2"),
        (
            "a research assistant had filled gaps in the table by hand",
            "internal review",
            "document",
            "2",
        ),
        (
            "the institute had been warned about the table as early as last November",
            INSIDER,
            "unnamed",
            "1",
        ),
        ('"painful and right."', "Solveig Moe", "person", "2"),
        (
            '"on the strength of a single paper, which we should not have done,"',
            AGENCY,
            "unnamed",
            "2",
        ),
        (
            '"We said in January that it was nonsense,"',
            "European Colourings Association",
            "organization",
            "2",
        ),
        ("the effect had looked too large from the start", RESEARCHERS, "unnamed", "1"),
        (
            "two other papers by the same group are under review",
            JOURNAL,
            "news_outlet",
            "1",
        ),
    ],
    ("unnamed-only", COURT, ()): [
        ("her colleagues had relied on reports supplied by the company", OFFICIAL, OFFICIAL),
        ("lead above the legal limit in 61 of 90 homes", STUDY, SCIENTISTS),
        (
            "they had stopped drinking from the tap long ago",
            "Several residents",
            "Several residents",
        ),
    ],
    ("unnamed-only", LEAK, ()): [
        ("the files had been uploaded by an older member", WP, TEENAGER),
        (
            "Russia or its sympathisers were probably behind the leak",
            "Reuters",
            "three U.S. officials",
        ),
        ("Kyiv had changed some of its military plans", "CNN", CLOSE),
        ('"has seen no crate, no ship and no invoice"', ADMIN, ADMIN),
        ("investigators are working through the logs of printers", GAZETTE, FAMILIAR),
        ("to stop printing classified papers at weekends", GAZETTE, "contractor"),
    ],
    ("unnamed-only", RETRACTION, ()): [
        ('"no longer stand by the main result,"', NOTICE, "authors"),
        (
            "the institute had been warned about the table as early as last November",
            INSIDER,
            INSIDER,
        ),
        (
            '"on the strength of a single paper, which we should not have done,"',
            "Dagsposten",
            AGENCY,
        ),
        ("the effect had looked too large from the start", RESEARCHERS, RESEARCHERS),
    ],
    ("chains", COURT, ()): [
        ("3", f"Daniel Osei > {MONDAY} > Channel Nine News > {HERE}"),
        ("4", f"Daniel Osei > {MEMO} > {LAWYERS} > court filing > {HERE}"),
        ("2", f"Graham Tully > Twitter > {HERE}"),
        ("1", f"Helen Pryce > {HERE}"),
        ("2", f"Northmoor Water > statement > {HERE}"),
        ("1", f"Regional Water Inspectorate > {HERE}"),
        ("1", f"Samira Haddad > {HERE}"),
        ("1", f"Several residents > {HERE}"),
        ("1", f"company’s lawyers > {HERE}"),
        ("3", f"council > {MAILS} > {LEDGER} > {HERE}"),
        ("4", f"{EMPLOYEE} > {MEMO} > {LAWYERS} > court filing > {HERE}"),
        ("2", f"{SCIENTISTS} > {STUDY} > {HERE}"),
        ("1", f"{OFFICIAL} > {HERE}"),
    ],
    ("chains", LEAK, (("from", "svr"),)): [
        ("4", f"{SVR} > intercept > {DOCS} > {GAZETTE} > {HERE}"),
        ("4", f"{SVR} > intercept > {DOCS} > {WP} > {HERE}"),
    ],
    ("chains", LEAK, (("from", "Discord"), ("from", "4chan"), ("to", "gazette"))): [
        ("2", f"4chan > {DOCS} > {GAZETTE}"),
        ("2", f"{SERVER} > {DOCS} > {GAZETTE}"),
    ],
    ("chains", LEAK, (("from", "Kremlin"), ("to", "Reuters"))): [],
    ("chains", RETRACTION, (("from", "institute"), ("to", "New York Times"))): [
        ("3", f"Fjordland Institute > {RELEASE} > Evening Courier > The New York Times"),
        # The release carries the institute's name in its own.
        ("2", f"{RELEASE} > Evening Courier > The New York Times"),
    ],
    ("hops", COURT, (("from", "still works"),)): [
        (EMPLOYEE, MEMO, "derived_from", "asserted"),
        (MEMO, LAWYERS, "derived_from", "asserted"),
        (LAWYERS, "court filing", "reported_by", "asserted"),
        ("court filing", HERE, "derived_from", "asserted"),
    ],
    ("hops", LEAK, (("from", "SVR"), ("to", "Post"))): [
        (SVR, "intercept", "derived_from", "asserted"),
        ("intercept", DOCS, "derived_from", "asserted"),
        (DOCS, WP, "derived_from", "asserted"),
    ],
    ("hops", RETRACTION, (("to", "Courier"),)): [
        ("Fjordland Institute", RELEASE, "reported_by", "asserted"),
        ("Henrik Aas", RETRACTED, "reported_by", "asserted"),
        (RETRACTED, RELEASE, "derived_from", "asserted"),
        (RELEASE, "Evening Courier", "derived_from", "asserted"),
    ],
    ("denied", COURT, ()): [
        (
            "court filing",
            "Northmoor Water",
            "asserted",
            "Northmoor Water rejects the claims.",
            HERE,
        ),
        (
            "Helen Pryce",
            "Daniel Osei",
            "asserted",
            "Mr Osei, who left in 2023, disputes that.",
            HERE,
        ),
    ],
    ("denied", LEAK, ()): [
        *(
            (
                "three U.S. officials",
                "Kremlin",
                "asserted",
                "The Kremlin denied it.",
                repeater,
            )
            for repeater in ("Reuters", HERE)
        ),
        *(
            (DOCS, who, "asserted", words, repeater)
            for who, words in (
                (
                    "Defence Intelligence",
                    "Ukraine's Defence Intelligence calls the documents a forgery",
                ),
                (
                    "Mykhailo Podolyak",
                    "wrote on Telegram that much of what they contain is invented",
                ),
            )
            for repeater in (GAZETTE, WP, HERE)
        ),
        (
            WP,
            "spokeswoman for the Chinese embassy in London",
            "asserted",
            "dismissed the Post's report as groundless",
            HERE,
        ),
    ],
    ("denied", RETRACTION, ()): [
        *(
            (
                RETRACTED,
                "authors",
                "asserted",
                'The authors "no longer stand by the main result,"',
                repeater,
            )
            for repeater in REPEATERS
        ),
        (
            "he had known",
            "Henrik Aas",
            "asserted",
            "The lead author, Professor Henrik Aas, denied that he had known.",
            "",
        ),
        *(
            (
                "internal review",
                "Henrik Aas",
                "asserted",
                "He rejected the finding of the review that he had failed to check the data.",
                repeater,
            )
            for repeater in ("The Associated Press", HERE)
        ),
        *(
            (
                RETRACTED,
                "European Colourings Association",
                "asserted",
                '"We said in January that it was nonsense,"',
                repeater,
            )
            for repeater in REPEATERS
        ),
    ],
    ("custody", COURT, (("of", "memo"),)): [
        (MEMO, "2022-08", "creation", "", "", "", "asserted"),
        (MEMO, "2024-03", "leak", "agent", EMPLOYEE, "", "reported"),
        (MEMO, "2024-03", "leak", "recipient", LAWYERS, "", "reported"),
    ],
    ("custody", LEAK, (("of", "Pentagon"),)): [
        (DOCS, "2023-03", "posting", "channel", SERVER, "", "asserted"),
        (DOCS, "2023-04-06", "first_report", "agent", "The New York Times", "", "asserted"),
        (DOCS, "", "leak", "origin", "Pentagon", "", "asserted"),
        (DOCS, "", "discovery", "agent", "Bellingcat", "", "asserted"),
        (DOCS, "", "discovery", "channel", SERVER, "", "asserted"),
        (DOCS, "", "republication", "channel", "4chan", "", "reported"),
        (DOCS, "", "republication", "channel", "Telegram", "", "reported"),
        (DOCS, "", "posting", "agent", "older member", "", "reported"),
    ],
    ("custody", RETRACTION, ()): [
        ("internal review", "", "obtaining", "recipient", "The Associated Press", "", "asserted"),
        (RETRACTED, "", "publication", "", "", "", "asserted"),
        (RELEASE, "", "republication", "agent", "newspapers", "", "asserted"),
    ],
    ("only-through-others", COURT, ()): [
        ("Daniel Osei", "person", "Channel Nine News"),
        ("Daniel Osei", "person", LAWYERS),
    ],
    ("only-through-others", LEAK, ()): [
        ("Antony Blinken", "person", "CBS News"),
        (FAMILIAR, "unnamed", GAZETTE),
        ("William Burns", "person", "CBS News"),
        ("older member", "unnamed", GAZETTE),
        ("older member", "unnamed", WP),
        (CLOSE, "unnamed", "CNN"),
        (TEENAGER, "unnamed", WP),
        ("three U.S. officials", "unnamed", "Reuters"),
    ],
    ("only-through-others", RETRACTION, ()): [
        ("Pieter de Boer", "person", "The Associated Press"),
        (AGENCY, "unnamed", "Dagsposten"),
    ],
    ("first-where", COURT, ()): [],
    ("first-where", LEAK, ()): [
        (DOCS, SERVER, "2023-03", "posting"),
        (DOCS, "The New York Times", "2023-04-06", "first_report"),
        (DOCS, "4chan", "", "republication"),
        (DOCS, "Telegram", "", "republication"),
        ("internal memo", GAZETTE, "", "transfer"),
    ],
    ("first-where", RETRACTION, ()): [
        ("internal review", "The Associated Press", "", "obtaining"),
        (RELEASE, "newspapers", "", "republication"),
    ],
}

# Chains carry a claim, so those that a reader of the annotations cannot tell are no chains.
ANSWERS |= {
    ("chains", "court-filing", ()): [
        ("3", "Daniel Osei > interview on Monday evening > Channel Nine News > this article"),
        ("2", "Graham Tully > Twitter > this article"),
        ("1", "Helen Pryce > this article"),
        ("2", "Northmoor Water > statement > this article"),
        ("1", "Regional Water Inspectorate > this article"),
        ("1", "Samira Haddad > this article"),
        ("1", "Several residents > this article"),
        ("1", "The Yorkshire Ledger > this article"),
        ("1", "company’s lawyers > this article"),
        ("1", "court filing > this article"),
        (
            "2",
            "scientists at the University of Aldmere > study by "
            "scientists at the University of Aldmere > this article",
        ),
        ("1", "senior official at the Regional Water Inspectorate > this article"),
    ],
    ("chains", "pentagon-leak", (("from", "svr"),)): [],
    ("chains", "pentagon-leak", (("from", "Discord"), ("from", "4chan"), ("to", "gazette"))): [],
    ("chains", "study-retraction", (("from", "institute"), ("to", "New York Times"))): [],
    ("denied", "study-retraction", ()): [
        (
            "much-quoted study",
            "authors",
            "asserted",
            'The authors "no longer stand by the main result,"',
            "press release by the Fjordland Institute",
        ),
        (
            "he had known",
            "Henrik Aas",
            "asserted",
            "The lead author, Professor Henrik Aas, denied that he had known.",
            "",
        ),
        (
            "internal review",
            "Henrik Aas",
            "asserted",
            "He rejected the finding of the review that he had failed to check the data.",
            "The Associated Press",
        ),
        (
            "much-quoted study",
            "European Colourings Association",
            "asserted",
            '"We said in January that it was nonsense,"',
            "press release by the Fjordland Institute",
        ),
    ],
    ("claims", "court-filing", ()): [
        (
            "the company’s figures for lead were “too good to be true”",
            "yes",
            "1",
            "0",
            "1",
            "court filing",
        ),
        (
            "samples had been taken from newly laid pipes only",
            "no",
            "1",
            "0",
            "0",
            "Daniel Osei",
        ),
        ("it “has met every legal limit in every year”", "no", "1", "0", "0", "Northmoor Water"),
        ("that", "no", "0", "0", "1", ""),
        ("“I pressed the button and I kept the receipt,”", "no", "1", "0", "0", "Daniel Osei"),
        (
            "her colleagues had relied on reports supplied by the company",
            "no",
            "1",
            "0",
            "0",
            "senior official at the Regional Water Inspectorate",
        ),
        (
            "lead above the legal limit in 61 of 90 homes",
            "no",
            "1",
            "0",
            "1",
            "study by scientists at the University of Aldmere",
        ),
        ("The case", "no", "1", "0", "0", "The Yorkshire Ledger"),
        (
            "council officers discussed the results with the company as early as 2021",
            "no",
            "1",
            "0",
            "0",
            "e-mails that the council had released",
        ),
        ("the answers of the company had been “slippery”", "no", "1", "0", "0", "Graham Tully"),
        (
            "they had stopped drinking from the tap long ago",
            "no",
            "1",
            "0",
            "0",
            "Several residents",
        ),
    ],
    ("claims", "pentagon-leak", ()): [
        (
            "China agreed early this year to send arms to Russia",
            "no",
            "1",
            "0",
            "1",
            "The Washington Post",
        ),
        (
            "a Chinese military commission had agreed to deliveries in small steps",
            "no",
            "1",
            "0",
            "0",
            "Foreign Intelligence Service (SVR)",
        ),
        ('"It is third-hand at best,"', "no", "1", "0", "0", "Ingrid Halvorsen"),
        (
            "the files had been uploaded by an older member",
            "no",
            "1",
            "0",
            "0",
            "teenager who used to belong to the server",
        ),
        (
            "Russia or its sympathisers were probably behind the leak",
            "no",
            "1",
            "0",
            "1",
            "three U.S. officials",
        ),
        ("it", "no", "0", "0", "1", ""),
        ("Kyiv had changed some of its military plans", "no", "1", "0", "0", "CNN"),
        ("much of what they contain is invented", "no", "1", "0", "0", "Mykhailo Podolyak"),
        (
            '"has seen no crate, no ship and no invoice"',
            "no",
            "1",
            "0",
            "0",
            "senior administration official",
        ),
        (
            "Beijing was thinking about lethal support for Russia",
            "no",
            "1",
            "0",
            "0",
            "Antony Blinken",
        ),
        ("his country would give weapons to neither side", "no", "1", "0", "0", "Qin Gang"),
        (
            "investigators are working through the logs of printers",
            "no",
            "1",
            "0",
            "0",
            "Two people familiar with the inquiry",
        ),
        ("to stop printing classified papers at weekends", "no", "1", "0", "0", "internal memo"),
    ],
    ("claims", "study-retraction", ()): [
        (
            '"no longer stand by the main result,"',
            "no",
            "1",
            "0",
            "0",
            "retraction notice in the Northern Journal of Nutrition",
        ),
        (
            '"forgot one word in five,"',
            "no",
            "1",
            "0",
            "0",
            "press release by the Fjordland Institute",
        ),
        (
            "schools were clearing sweets out of their canteens",
            "no",
            "1",
            "0",
            "0",
            "Evening Courier",
        ),
        ("the claim", "no", "1", "0", "0", "The New York Times"),
        (
            "one table could hold the same eleven numbers twice",
            "no",
            "1",
            "0",
            "0",
            "Marta Lindqvist",
        ),
        (
            '"Nobody could tell me where the other 28 had gone,"',
            "no",
            "1",
            "0",
            "0",
            "Pieter de Boer",
        ),
        (
            "a research assistant had filled gaps in the table by hand",
            "no",
            "1",
            "0",
            "1",
            "internal review",
        ),
        (
            "the institute had been warned about the table as early as last November",
            "no",
            "1",
            "0",
            "0",
            "person with knowledge of the review",
        ),
        ("he had known", "no", "0", "0", "0", ""),
        ("he had failed to check the data", "no", "0", "0", "1", ""),
        ('"painful and right."', "no", "1", "0", "0", "Solveig Moe"),
        (
            '"on the strength of a single paper, which we should not have done,"',
            "no",
            "1",
            "0",
            "0",
            "spokeswoman for the country's food agency",
        ),
        (
            '"We said in January that it was nonsense,"',
            "no",
            "1",
            "0",
            "0",
            "European Colourings Association",
        ),
        (
            "the effect had looked too large from the start",
            "no",
            "1",
            "0",
            "0",
            "Several nutrition researchers",
        ),
        (
            "two other papers by the same group are under review",
            "no",
            "1",
            "0",
            "0",
            "Northern Journal of Nutrition",
        ),
    ],
    ("gaps", "court-filing", ()): [
        ("court filing", "before", "who published it is not named"),
        ("memo of August 2022", "before", "who made it is not named"),
    ],
    ("gaps", "pentagon-leak", ()): [
        ("4chan", "before", "who put it there is not said"),
        ("classified Pentagon documents", "before", "who leaked it is not named"),
        ("intercept", "before", "who intercepted it is not named"),
    ],
    ("gaps", "study-retraction", ()): [
        ("much-quoted study", "before", "who published it is not named")
    ],
}
