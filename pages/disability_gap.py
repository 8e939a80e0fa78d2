"""Is the gap closing? The population gap, its two rates, what moved, and the service gap apart."""

from dashboard import components as show
from dashboard.components.participants_gap import gap_between_participants, prevalence_reading

show.page_header("Is the disability employment gap closing?", show.gap_sentences(),
                 designation="Official statistics in development")
show.gap_figure()
show.rates_figure()
show.what_moved()
prevalence_reading()
show.indicator_breakdown("disability_employment_gap")
show.service_gap()
gap_between_participants()
show.declared_gaps("disability-gap")
