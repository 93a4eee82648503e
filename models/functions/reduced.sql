/*
description: A fraction in lowest terms. gcd of ClickHouse refuses a zero; 0/d is reduced by d.
*/
f -> tuple(intDiv(f.1, gcd(if(f.1 = 0, f.2, f.1), f.2)), intDiv(f.2, gcd(if(f.1 = 0, f.2, f.1), f.2)))
