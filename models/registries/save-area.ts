import { renameSync, writeFileSync } from 'node:fs';
import { csv } from '@hengjian/contract/csv-text.ts';
import type { Area } from './area.ts';
import { AREA_MEMBERS, areasFile, readAreasFile } from './read-areas.ts';

/** Writes an area into the file of the office, in the place of the one with its code. @throws AreasError where the file is wrong */
export function saveArea(dataDir: string, area: Area): void {
  const before = readAreasFile(dataDir);
  const known = before.some(({ code }) => code === area.code);
  write(dataDir, known ? before.map((one) => (one.code === area.code ? area : one)) : [...before, area]);
}

/** @returns false where the file names none of that code @throws AreasError where the file is wrong */
export function removeArea(dataDir: string, code: string): boolean {
  const before = readAreasFile(dataDir);
  const left = before.filter((one) => one.code !== code);
  if (left.length === before.length) return false;
  write(dataDir, left);
  return true;
}

/** Whole or not at all: other processes read it at any moment. */
function write(dataDir: string, areas: readonly Area[]): void {
  const file = areasFile(dataDir);
  const aside = `${file}.${process.pid}.new`;
  writeFileSync(aside, csv([[...AREA_MEMBERS], ...areas.map((area) => AREA_MEMBERS.map((name) => area[name]))]));
  renameSync(aside, file);
}
