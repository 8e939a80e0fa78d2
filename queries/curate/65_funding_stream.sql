-- Which programmes each funding stream pays for; the stream of a programme paid for nationally is never returned.
-- One row a stream and programme.
insert into funding_stream by name
select funding_stream, programme, note
from funding_streams;
