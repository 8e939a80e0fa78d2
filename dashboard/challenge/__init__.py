"""Challenge: lines of enquiry, and what partnerships and the group make of them."""
