/*
description: The value of the latest event - latest time, then greatest id, then greatest source.
*/
x -> argMax(x, (time, id, source))
