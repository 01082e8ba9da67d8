"""Names of the laboratory's models in the metadata of their files."""

FOMM, MONKEY_NET, X2FACE = "fomm", "monkey-net", "x2face"
KINDS = (FOMM, MONKEY_NET, X2FACE)
ABLATION = "fomm-ablation"  # a First Order Motion Model without one of its parts
