-- What a key may do, besides the sources and units whose events it may send. Keys made before: one limited to a source
-- alone is a registry’s, which pushes; no limited key keeps the acts of the office.
ALTER TABLE ingest_key_changes
    ADD COLUMN sources Array(String) DEFAULT if(source = '', [], [source]),
    ADD COLUMN may Array(LowCardinality(String)) DEFAULT if(source != '' AND empty(units), ['registry'], []);
