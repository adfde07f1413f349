"""Grading: from a folder of submitted notebooks to marks by question.

The way of a mark: intake finds and reads what was handed in; sandbox runs it; checker hands the values to a process of its own
(checking), where score marks them; gradebook keeps the marks, and those that a person gives; lms and feedback bring them to
students.  engine grades one submission, batch a class, and commands is what an instructor types.
"""
