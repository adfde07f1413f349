"""A whole folder of data, as small as it can be: what a test breaks one thing in."""

from pathlib import Path

SOURCES = """@online{wire1989,
  author = {{A News Agency}},
  title = {{Forces land}},
  date = {1989-12-20},
  url = {https://example.org/landing}
}

@book{smith1995,
  author = {Smith, Ann and Jones, Bob},
  title = {{The Landing and After}},
  publisher = {A Press},
  date = {1995}
}
"""

CASES = """- id: panama
  title: Panama
  question: What did the landing change?
  day0: panama-1989-landing
  summary: A case made for tests.
"""

EVENTS = """id,date,short,title,text,actors,themes,known,sources,confidence,disputed
panama-1989-landing,1989-12-20,Forces land,"Forces land at night","They came by air.
They came by sea.",United States;Panama,military,,wire1989,high,
panama-1989-plan,1989-10/1989-12,The plan,A plan is made,It was made in secret.,United States,military;diplomatic,1995,smith1995,medium,Who ordered it is disputed.
panama-1990-aid,1990~/..,Aid,Aid begins,Money came.,United States,economic,,smith1995,low,
"""

ERAS = """id,date,title,kind,cases,sources
era-bush,1989-01-20/1993-01-20,Presidency of George H. W. Bush,presidency,panama,smith1995
"""

CLAIMS = """id,article,paragraph,speaker,claim,kinds,hedges,cases,evidence,verdict,judged_as_of,why,arguable,sources,treated
F01,frolov,0,author,It will be like Panama.,prediction;analogy,may,panama,It was not.,did not,2026-03-31,Nothing followed.,,wire1989,03-panama
L01,lake,10,an official,It is small.,fact,,panama,It was.,held up,2026-03-31,Counted.,Small is a matter of taste.,smith1995,03-panama
"""

FEATURES = """case,dimension,type,value,low,high,unit,as_of,coded_by,sources,confidence,note
panama,distance,number,3000,2900,3100,km,1989,ours,smith1995,high,
panama,election,yesno,unknown,,,,,source,smith1995,low,
panama,strength,range,20000 to 30000,20000,30000,persons,1989-12,source,smith1995,medium,
"""

INVOCATIONS = """id,date,speaker,office,document,about,paraphrase,use,names_doctrine,sources,confidence,note
MI01,1989-12-20,A President,President,Address,Panama,He did not name it.,intervene,no,wire1989,high,
"""

AID = """country,iso3,year,million_usd,sources
Panama,PAN,1989,1.5,wire1989
Panama,PAN,1990,420,wire1989
"""

CODEBOOK = """# Codebook

## features.csv
The cases compared.

- `type`: what kind of value
- `as_of`: when

| dimension | asks |
|---|---|
| `distance` | How far? |
| `election` | Was there one? |
| `strength` | How many? |
| `withdrawal` | When did they leave? |

## aid
- unit: million current US dollars
- source: wire1989
- version: none
- licence: facts, no licence needed
- covers: Panama, 1989-1990
- columns: country; iso3 (ISO 3166); year; million_usd; sources
- traps: promises are not
  payments

Some more words.
"""

FILES = {
    "sources.bib": SOURCES,
    "cases.yaml": CASES,
    "events/panama.csv": EVENTS,
    "eras.csv": ERAS,
    "claims.csv": CLAIMS,
    "features.csv": FEATURES,
    "monroe_invocations.csv": INVOCATIONS,
    "series/aid.csv": AID,
    "CODEBOOK.md": CODEBOOK,
}


def write_kit(folder: Path, **changed: str | bytes | None) -> Path:
    """The folder with every file; `changed` gives other contents by file name (`claims_csv=...`), None leaves it out."""
    names = {name.replace("/", "_").replace(".", "_"): name for name in FILES}
    contents = dict(FILES) | {names[key]: value for key, value in changed.items()}
    for name, content in contents.items():
        if content is not None:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def as_the_kit(monkeypatch, folder: Path, **changed: str | bytes | None):
    """Lets the small folder stand for the kit's own data; gives its Facts."""
    from analogies.facts import load

    facts = load.load(write_kit(folder, **changed))
    monkeypatch.setattr(load, "_load_kit", lambda: facts)
    return facts
