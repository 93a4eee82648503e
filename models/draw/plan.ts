import canonicalize from 'canonicalize';
import type Fraction from 'fraction.js';
import { DrawError } from './draw-error.ts';
import { duplicateName } from './duplicate-name.ts';
import { isChangedNumber } from './is-changed-number.ts';
import { parseProbability } from './probability.ts';
import { sha256 } from './sha256.ts';

/** The plan of a draw (draw.md §2), read. */
export interface Plan {
  /** The JSON as it came; unknown members are kept and hashed with the rest. */
  document: Record<string, unknown>;
  tiers: Map<string, Fraction>;
  /** The exact number to draw; absent: each tier by its own probability. */
  n: number | undefined;
  strata: string[];
  /** SHA-256 of the RFC 8785 form, in hex. */
  hash: string;
}

/** @throws DrawError if the text is no JSON object or not a plan. */
export function parsePlanText(text: string): Plan {
  let document: unknown;
  try {
    document = JSON.parse(text, exactly);
  } catch (error) {
    if (error instanceof DrawError) throw error;
    throw new DrawError(`The plan is not JSON (${(error as Error).message}); correct it and try again.`);
  }
  const twice = duplicateName(text);
  if (twice !== undefined)
    throw new DrawError(`The plan names ${JSON.stringify(twice)} twice in one object; name it once.`);
  return parsePlan(document);
}

/** Keeps a member. @throws DrawError where another program could read another value */
function exactly(name: string, value: unknown, { source }: { source?: string } = {}): unknown {
  if (isChangedNumber(value, source))
    throw new DrawError(
      `The plan’s ${name} is a number beyond 2^53 that programs read differently; write it as a string.`,
    );
  return value;
}

/** @throws DrawError that names the member and what it must be. */
export function parsePlan(document: unknown): Plan {
  if (!isObject(document)) throw new DrawError('The plan must be a JSON object with the members method and tiers.');
  if (document.method !== 'tier-srs-v1')
    throw new DrawError(
      `The plan's method is ${JSON.stringify(document.method) ?? 'missing'}; this program draws by "tier-srs-v1".`,
    );
  if (!isObject(document.tiers) || Object.keys(document.tiers).length === 0)
    throw new DrawError('The plan’s tiers must be an object with a probability a tier, for example {"A":"1/100"}.');
  const tiers = new Map(
    Object.entries(document.tiers).map(([tier, text]) => [tier, parseProbability(tier, text)] as const),
  );
  return { document, tiers, n: sizeOf(document), strata: strataOf(document), hash: hashOf(document) };
}

function sizeOf({ n }: Record<string, unknown>): number | undefined {
  if (n === undefined) return undefined;
  if (!Number.isSafeInteger(n) || (n as number) < 1)
    throw new DrawError(
      `The plan’s n is ${JSON.stringify(n)} and must be a whole number of at least 1, or be left out.`,
    );
  return n as number;
}

function strataOf({ strata }: Record<string, unknown>): string[] {
  if (strata === undefined) return [];
  if (!Array.isArray(strata) || strata.some((name) => typeof name !== 'string'))
    throw new DrawError('The plan’s strata must be a list of column names, for example ["district"].');
  const names = strata as string[];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new DrawError(`The plan names the stratum ${twice} twice; name it once.`);
  // Cells are split by tier anyway; and the public record prints its strata, where neither a tier nor a salt may stand.
  const secret = names.find((name) => name === 'tier' || name === 'salt');
  if (secret) throw new DrawError(`The plan names ${secret} as a stratum, which would become public; leave it out.`);
  return names;
}

/** @throws DrawError where it has no canonical form */
function hashOf(document: Record<string, unknown>): string {
  try {
    return sha256(Buffer.from(canonicalize(document)!)).toString('hex');
  } catch (error) {
    throw new DrawError(`The plan has no canonical JSON form (RFC 8785): ${(error as Error).message}.`);
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
