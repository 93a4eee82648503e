/*
description: A reduced fraction as text; whole numbers without denominator.
*/
f -> concat(toString(f.1), if(f.2 = 1, '', concat('/', toString(f.2))))
