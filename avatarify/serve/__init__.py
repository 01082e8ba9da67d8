"""A host that draws portraits for many users; the app's side is the package ``remote``."""
