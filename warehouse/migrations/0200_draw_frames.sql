-- Frames of draws: the rows as they were when they were frozen, so that a record can be verified for ever. Rows are only
-- added; the draw sorts by the bytes of the id, which is this order.
CREATE TABLE IF NOT EXISTS draw_frames
(
    frame_id String,
    id String,
    -- Strata values, then the tier.
    cell Array(LowCardinality(String)),
    -- What follows seed ‖ 0x00 in the key of the row: id, or id ‖ 0x1f ‖ salt.
    key_bytes String,
    -- The canonical line, without LF.
    line String
)
ENGINE = MergeTree
ORDER BY (frame_id, id);
