/*
description: Whole part and forty decimals by long division - what is equal as a fraction is equal here, and sorts as it does.
*/
f -> tuple(intDiv(f.1, f.2), intDiv((f.1 % f.2) * toInt256('100000000000000000000'), f.2), intDiv((((f.1 % f.2) * toInt256('100000000000000000000')) % f.2) * toInt256('100000000000000000000'), f.2))
