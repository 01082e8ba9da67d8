"""What works on this machine, what does not, and the remedy; used by the command line and the window."""
