/** Which public random value of which time a draw uses: announced with the commitment, so that nobody chooses it afterwards. */
import { DrawError } from '../draw-error.ts';
import { sha256 } from '../sha256.ts';
import { momentOfRound, QUICKNET, roundFrom } from './quicknet.ts';
import { verifyDrandRound } from './verify-drand-round.ts';

export type PlannedBeacon =
  | { kind: 'drand'; chain: string; round: number; at: string }
  /** A lottery, a closing index: its name, and when it comes out (RFC 3339). */
  | { kind: 'text'; name: string; at: string };

/** What came out, as it is kept beside the draw: enough for anybody to check the beacon itself. */
export interface BeaconEvidence {
  kind: PlannedBeacon['kind'];
  /** drand: the signature; text: the text `name/time/value`. */
  value: string;
}

/**
 * @param at when the beacon comes out, ms since 1970
 * @throws DrawError for a moment that is not ahead
 */
export function planBeacon(kind: PlannedBeacon['kind'], at: number, name: string, now = Date.now()): PlannedBeacon {
  if (!(at > now))
    throw new DrawError(
      'The beacon must come out after the commitment; announce one whose time is still ahead, so that nobody can know it yet.',
      { reason: 'beacon_past', values: {} },
    );
  if (kind === 'drand') {
    const round = roundFrom(at);
    return { kind, chain: QUICKNET.chain, round, at: new Date(momentOfRound(round)).toISOString() };
  }
  if (name === '' || name.includes('/'))
    throw new DrawError(`The beacon’s name “${name}” must say which public value it is, without “/”.`, {
      reason: 'beacon_name',
      values: {},
    });
  return { kind, name, at: new Date(at).toISOString() };
}

/**
 * The beacon’s bytes from what came out.
 *
 * @param value drand: the signature of the round, or the round as JSON; text: the value
 * @throws DrawError before its time, for another round, and for a signature that is not the network’s
 */
export function beaconBytes(
  planned: PlannedBeacon,
  value: string,
  now = Date.now(),
): { beacon: Buffer; evidence: BeaconEvidence } {
  if (now < Date.parse(planned.at))
    throw new DrawError(`The announced beacon comes out at ${planned.at}; draw after that.`, {
      reason: 'beacon_early',
      values: { at: planned.at },
    });
  if (planned.kind === 'drand') {
    const signature = signatureOf(value.trim(), planned.round);
    return { beacon: verifyDrandRound(planned.round, signature), evidence: { kind: 'drand', value: signature } };
  }
  const written = value.trim();
  if (written === '')
    throw new DrawError(`Enter what came out as ${planned.name}.`, {
      reason: 'beacon_empty',
      values: { name: planned.name },
    });
  const text = `${planned.name}/${planned.at}/${written}`;
  return { beacon: sha256(Buffer.from(text)), evidence: { kind: 'text', value: text } };
}

function signatureOf(text: string, round: number): string {
  if (!text.startsWith('{')) return text.toLowerCase();
  let read: { round?: unknown; signature?: unknown };
  try {
    read = JSON.parse(text);
  } catch {
    throw new DrawError('The round is no JSON; paste it as the drand server shows it, or its signature alone.', {
      reason: 'beacon_json',
      values: {},
    });
  }
  if (read.round !== round)
    throw new DrawError(`That is round ${String(read.round)}; the commitment announced round ${round}.`, {
      reason: 'beacon_round',
      values: { given: String(read.round), round },
    });
  return String(read.signature ?? '').toLowerCase();
}

/** Why a beacon is not the announced one, as anybody can check from what was kept; undefined where it is. */
export function beaconProblem(
  planned: PlannedBeacon,
  evidence: BeaconEvidence | undefined,
  beacon: string,
): string | undefined {
  if (!evidence) return 'the plan announced a beacon, and nothing was kept of it';
  const value =
    planned.kind === 'drand' ? evidence.value : evidence.value.replace(`${planned.name}/${planned.at}/`, '');
  try {
    const { beacon: bytes, evidence: right } = beaconBytes(planned, value, Date.parse(planned.at));
    if (right.value !== evidence.value) return `it is of ${evidence.value}, and another one was announced`;
    return bytes.toString('hex') === beacon ? undefined : 'what came out gives another value';
  } catch (error) {
    if (error instanceof DrawError) return error.message;
    throw error;
  }
}

/** The announced beacon of a plan; undefined where none was announced. */
export function plannedBeaconOf(plan: Record<string, unknown>): PlannedBeacon | undefined {
  return plan.beacon as PlannedBeacon | undefined;
}
