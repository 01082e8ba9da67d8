"""The parts of the window, one file each; every widget reads and changes the state it is given."""
