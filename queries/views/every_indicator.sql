-- What is known of every indicator, with a figure or without?
-- One row per indicator.
select * from indicator order by topic, title
