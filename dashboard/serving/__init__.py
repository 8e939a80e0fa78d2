"""What the web server does beside the pages: its log, what it takes from outside, and patterns of figures."""
