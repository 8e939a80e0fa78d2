"""What do these services add to the national outcomes?"""

from dashboard import components as show

show.page_header("What do these services add to the national outcomes?", show.national_sentences())
show.framework_status()
show.national_tables()
show.national_trend()
show.declared_gaps("national-performance")
