{
    "name": "Basic Public Health: Elderly People",
    "summary": "Red, yellow, green: everyone of 65 and over graded by the county's own rules, with the reasons",
    "version": "19.0.1.0.0",
    "category": "Healthcare",
    "license": "AGPL-3",
    "author": "Jiceng",
    "website": "https://jiceng.example",
    "depends": ["bphs_resident"],
}
