-- When a batch was staged, and the earliest legal time in it: what a refresh staged but could not build (it failed, or
-- the process died) is still to be built by the next one.
ALTER TABLE staged_batches ADD COLUMN run UInt64, ADD COLUMN earliest DateTime64(6, 'Asia/Shanghai');
