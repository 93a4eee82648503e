/*
description: Whether something happened by the end of the day it was due; null without a deadline.
*/
(happened, due) -> if(due IS NULL, NULL, toUInt8(ifNull(toDate32(happened) <= due, 0)))
