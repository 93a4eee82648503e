export interface UnitName {
  id: string;
  name: string;
}

/** The name of a unit or department; one that is not named goes by its id. */
export function unitName(units: readonly UnitName[], id: string): string {
  return units.find((unit) => unit.id === id)?.name ?? id;
}
