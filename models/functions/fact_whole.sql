/*
description: A whole number of the facts; null if the event has none.
*/
(facts, name) -> if(JSONHas(facts, name), toNullable(JSONExtractInt(facts, name)), NULL)
