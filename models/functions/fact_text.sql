/*
description: A member that is text; null if it is missing or of another form.
*/
(facts, name) -> if(JSONType(facts, name) = 'String', toNullable(JSONExtractString(facts, name)), NULL)
