/*
description: The value of the latest event that fits; null or empty if none does.
*/
(x, fits) -> argMaxIf(x, (time, id, source), fits)
