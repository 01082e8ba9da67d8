"""Stage 2 of 5: from a Frame to the Face in it (landmarks, pose, expression) and the square crops around it."""
