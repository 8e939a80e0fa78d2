-- Add the mark u to published estimates of a survey whose own interval says little: a coefficient of variation over 20%.
-- The coefficient is the standard error, a 95% interval's width over 2 times 1.96, over the estimate. Figures stay as published.
update observation
set obs_status = concat_ws(' ', 'u', obs_status)
where
    data_class = 'published' and value > 0 and lower_ci is not null and upper_ci is not null
    and (upper_ci - lower_ci) / (2 * 1.959964) > 0.20 * value
    and coalesce(obs_status, '') not in ('c', 'x', 'z') and not list_contains(string_split(coalesce(obs_status, ''), ' '), 'u')
