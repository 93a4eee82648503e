/*
description: A text of the facts; null if the event has none.
*/
(facts, name) -> if(JSONHas(facts, name), toNullable(JSONExtractString(facts, name)), NULL)
