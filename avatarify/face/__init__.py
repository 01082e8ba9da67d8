"""Stage 2 of 5: takes a Frame, gives the Face in it (landmarks, pose, expression) and the square crops around it."""
