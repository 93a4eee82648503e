-- What the stream page asks of all events (arrivals per minute by type, last event per source), kept with each part:
-- tens of milliseconds at any number of events, for a cost at insertion too small to measure.
ALTER TABLE events ADD PROJECTION IF NOT EXISTS arrivals
(
    SELECT toStartOfMinute(recorded_at) AS minute, source, type, count(), max(recorded_at), max(time)
    GROUP BY minute, source, type
);

ALTER TABLE events MATERIALIZE PROJECTION arrivals;
