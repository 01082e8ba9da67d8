"""Stage 5 of 5: sends output pictures to a virtual camera, a recorder, or a web page."""
