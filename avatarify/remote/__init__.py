"""A session on another computer's GPU: messages, the picture's code, and the runtime that uses it."""
