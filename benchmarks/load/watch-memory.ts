import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { alignedTable } from '../aligned-table.ts';
import { median } from '../figure.ts';
import { familyOf } from './process-family.ts';

export interface ProcessMemory {
  /** what the process is: a part of `up`, `engine`, `broker` */
  process: string;
  samples: number;
  /** medians of the memory of its own in the first, second and last quarter of the time, MB */
  firstMb: number;
  secondMb: number;
  lastMb: number;
  peakMb: number;
  /** Theil–Sen slope over the last three quarters (the first is warming up), MB/min */
  slopeMbPerMinute: number;
}

interface Sample {
  /** ms */
  at: number;
  mb: number;
}

export interface MemoryWatch {
  stop(): ProcessMemory[];
}

/**
 * Memory of their own (`RssAnon`) of the processes and of all that they started, sampled from now on. Pages of programs
 * and libraries, which come in as they are first used and which the system may drop at any time, are not counted.
 */
export function watchMemory(roots: readonly number[], everyMs = 2000): MemoryWatch {
  const seen = new Map<number, { process: string; samples: Sample[] }>();
  const look = (): void => {
    const at = performance.now();
    for (const pid of familyOf(roots)) {
      const mb = ownMb(pid);
      if (mb === undefined) continue;
      const known = seen.get(pid) ?? { process: nameOf(pid), samples: [] };
      known.samples.push({ at, mb });
      seen.set(pid, known);
    }
  };
  look();
  const timer = setInterval(look, everyMs);
  return {
    stop() {
      clearInterval(timer);
      return [...seen.values()].filter(({ samples }) => samples.length >= 4).map(summary);
    },
  };
}

function summary({ process, samples }: { process: string; samples: Sample[] }): ProcessMemory {
  const quarter = (n: number): number =>
    median(
      samples
        .slice(Math.floor((samples.length * n) / 4), Math.ceil((samples.length * (n + 1)) / 4))
        .map(({ mb }) => mb),
    );
  return {
    process,
    samples: samples.length,
    firstMb: quarter(0),
    secondMb: quarter(1),
    lastMb: quarter(3),
    peakMb: Math.max(...samples.map(({ mb }) => mb)),
    slopeMbPerMinute: slope(samples.slice(Math.floor(samples.length / 4))) * 60_000,
  };
}

/** Median of the slopes of all pairs (Sen 1968), MB/ms: a few outliers, such as a collection, do not move it. */
export function slope(samples: readonly Sample[]): number {
  const slopes: number[] = [];
  for (let i = 0; i < samples.length; i++)
    for (let j = i + 1; j < samples.length; j++)
      slopes.push((samples[j]!.mb - samples[i]!.mb) / (samples[j]!.at - samples[i]!.at));
  return slopes.length > 0 ? median(slopes) : 0;
}

function ownMb(pid: number): number | undefined {
  try {
    const kb = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? undefined : Number(kb) / 1000;
  } catch {
    return undefined;
  }
}

/** What a process of the product is called; its pid where it has ended. */
export function nameOf(pid: number): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    const part = words.findIndex((word) => word.endsWith('run-part.ts'));
    if (part >= 0) return words[part + 1] ?? 'part';
    if (words.some((word) => word.startsWith('kafka.'))) return 'broker';
    const script = words.find((word) => word.endsWith('.ts'));
    if (script?.endsWith('hengjian.ts')) return words.at(words.indexOf(script) + 1) ?? 'hengjian';
    if (script?.includes('/engine/')) return 'engine';
    return basename(script ?? words[0] ?? String(pid));
  } catch {
    return String(pid);
  }
}

/**
 * Whether the memory stayed flat: the last quarter is above the higher of the first two by at most the larger of both
 * limits. Of both, because a collector lets memory swing.
 */
export function isFlat(memory: ProcessMemory, limit: { growthShare: number; growthMb: number }): boolean {
  const before = Math.max(memory.firstMb, memory.secondMb);
  return memory.lastMb - before <= Math.max(limit.growthMb, before * limit.growthShare);
}

/** An aligned table for a terminal: one process a line. */
export function memoryTable(memories: readonly ProcessMemory[]): string {
  const head = ['process', 'quarter 1', '2', '4', 'peak', 'MB/min', 'samples'];
  const rows = memories.map((one) => [
    one.process,
    one.firstMb.toFixed(0),
    one.secondMb.toFixed(0),
    one.lastMb.toFixed(0),
    one.peakMb.toFixed(0),
    one.slopeMbPerMinute.toFixed(2),
    String(one.samples),
  ]);
  return alignedTable([head, ...rows]);
}
