"""The First Order Motion Model of the paper (Siarohin et al., NeurIPS 2019)."""
