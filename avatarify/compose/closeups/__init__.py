"""Eyes and mouth at the output's resolution, mostly from the portrait's own pixels."""
