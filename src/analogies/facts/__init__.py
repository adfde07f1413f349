"""The facts: cases, events, claims and sources, read from data/ and checked. Imports nothing of ours outside this folder."""
