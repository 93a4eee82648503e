/** The parts of which `up` is made; each runs in a process of its own and can be started alone by `up --only`. */
export const PARTS = ['ingest', 'worker', 'scheduler', 'dashboard'] as const;
export type PartName = (typeof PARTS)[number];

/** Which variable names the port that a part listens on, and where the environment has it. */
export const PART_PORTS = {
  ingest: { variable: 'INGEST_PORT', setting: 'ingestPort' },
  worker: { variable: 'WORKER_PORT', setting: 'workerPort' },
  scheduler: { variable: 'SCHEDULER_PORT', setting: 'schedulerPort' },
  dashboard: { variable: 'DASHBOARD_PORT', setting: 'dashboardPort' },
} as const satisfies Record<PartName, { variable: string; setting: string }>;

/** What a part's room hands back once it serves. */
export interface RunningPart {
  url?: string;
  stop(): Promise<void>;
}

/** Messages from a part's process to `up`. */
export type PartMessage =
  | { kind: 'ready'; url?: string }
  | { kind: 'failed'; message: string; exitCode?: number }
  | { kind: 'alive' };

/** @throws Error naming the wrong part and the possible ones. */
export function parseParts(text: string): PartName[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!(PARTS as readonly string[]).includes(name))
      throw new Error(`--only takes ${PARTS.join(', ')} (comma-separated), not "${name}"`);
  }
  return PARTS.filter((part) => names.includes(part));
}
