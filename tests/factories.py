"""Programmes that tests share, made through the services with a fixed clock."""
