"""Stage 5 of 5: takes output pictures, gives them to a virtual camera, a recorder, a preview or nobody."""
