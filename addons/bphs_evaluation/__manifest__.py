{
    "name": "Basic Public Health: Performance Evaluation",
    "summary": "Rounds of evaluation scored, ranked and sampled by a county's own scheme",
    "version": "19.0.1.0.0",
    "category": "Healthcare",
    "license": "AGPL-3",
    "author": "Jiceng",
    "website": "https://jiceng.example",
    "depends": ["bphs_fund", "bphs_rectification"],
}
