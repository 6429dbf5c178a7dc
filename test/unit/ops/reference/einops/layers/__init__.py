"""The layers of einops."""
