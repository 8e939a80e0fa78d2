"""What the web server does beside the pages: its log, and what it takes from outside."""
