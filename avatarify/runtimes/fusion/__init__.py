"""Small operations of a flat graph joined into few CUDA kernels, compiled by NVRTC, which comes with torch."""
