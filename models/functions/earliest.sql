/*
description: The earlier of two moments, either of which may be missing.
*/
(a, b) -> multiIf(a IS NULL, b, b IS NULL, a, a < b, a, b)
