/*
description: A member that is a whole number; null if it is missing or of another form.
*/
(facts, name) -> if(JSONType(facts, name) IN ('Int64', 'UInt64'), toNullable(JSONExtractInt(facts, name)), NULL)
