"""The sandbox: students' code runs in it, and only values come out."""
