/** A unit's row in a matrix units × items. */
export interface MatrixRow<Cell> {
  unit: string;
  name: string;
  /** One per column; null where the unit has no such duty. */
  cells: (Cell | null)[];
  /** False where the reader may not see the unit's figures. */
  open: boolean;
}
