/*
description: Millionths of a decimal with at most six places, as a whole number.
*/
x -> toInt256(x * 1000000)
