"""The First Order Motion Model's own training (Siarohin et al., NeurIPS 2019): from clips alone, unsupervised."""
