"""Commands that make papers and files of them."""
