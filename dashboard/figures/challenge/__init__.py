"""What should we ask? Lines of enquiry by published rules, and what was promised."""
