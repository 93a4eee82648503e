import { statisticText } from '@hengjian/contract/statistic-text.ts';
import { firstStartLink } from '@hengjian/dashboard';
import type { Warehouse } from '@hengjian/warehouse';
import type { PartLog } from './part-log.ts';

export interface Announcement {
  warehouse: Warehouse;
  /** Where it listens. */
  dashboard: string | undefined;
  publicUrl: string | undefined;
  ingest: string | undefined;
  demo: boolean;
  seconds: number;
  log: PartLog;
  print: (line: string) => void;
}

/** Says where everything is, and what to do first. */
export async function announce({
  warehouse,
  dashboard,
  publicUrl,
  ingest,
  demo,
  seconds,
  log,
  print,
}: Announcement): Promise<void> {
  print('');
  print(`衡鉴 Hengjian is ready (${statisticText(seconds, 1)} s)${demo ? ' — demo district, invented data' : ''}`);
  if (dashboard) {
    print(`  Dashboard 看板   ${publicUrl ? `${publicUrl}   (behind a proxy, from ${dashboard})` : dashboard}`);
    const link = await firstStartLink(warehouse, publicUrl ?? dashboard);
    print(
      link
        ? `  Sign in 登录     ${link}   (works once; another: npm run --silent hengjian -- user link office)`
        : '  Sign in 登录     with your account; a new link: npm run --silent hengjian -- user link NAME',
    );
  }
  if (ingest) print(`  Ingest 接入      ${ingest}/v1/events   (keys: npm run --silent hengjian -- key add NAME)`);
  if (log.file) print(`  Log 日志         ${log.file}`);
  // Edges and workers of many machines are not where somebody looks for a first step, and an edge may begin without it.
  const [row] = dashboard ? await warehouse.query<{ n: number }>('SELECT count() AS n FROM events') : [];
  if (row?.n === 0) {
    print('');
    print('  The warehouse is empty. Load events:  npm run --silent hengjian -- import FILE.ndjson[.gz]');
    print('  or look at a realistic demo district: npm start -- --demo');
  }
  print('');
  print('  Ctrl-C stops everything.');
}
