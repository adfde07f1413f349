"""What an answer must satisfy, and its hints: one module for each exercise, 03_syria_2015.py for slug 03-syria-2015."""
