/*
description: The value of the first event - earliest time, then least id, then least source.
*/
x -> argMin(x, (time, id, source))
