"""The built-in model as it is executed: what training's modules compute, in few operations of kinds that are fast."""
