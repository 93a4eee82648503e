/*
description: Sum of an array of fractions (numerator, denominator), not reduced.
*/
fractions -> arrayFold((total, one) -> tuple(total.1 * one.2 + one.1 * total.2, total.2 * one.2), fractions, tuple(toInt256(0), toInt256(1)))
