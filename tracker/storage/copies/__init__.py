"""Copies of the programme file: verified backups, those made by themselves, putting one back, and getting out of a
damaged file what can be got out.
"""
