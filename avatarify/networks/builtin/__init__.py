"""The small model that is bundled with Avatarify: 81 named key points."""
