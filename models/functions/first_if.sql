/*
description: The value of the first event that fits; null or empty if none does.
*/
(x, fits) -> argMinIf(x, (time, id, source), fits)
