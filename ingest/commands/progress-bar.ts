import { statisticText } from '@hengjian/contract/statistic-text.ts';
import type { CommandContext } from '@hengjian/warehouse';
import { Presets, SingleBar } from 'cli-progress';

/** On a terminal only. @param size of the file in bytes; without it rows are counted whose number nobody knows yet */
export function progressBar({ stderr }: CommandContext, name: string, size?: number): SingleBar | undefined {
  if (!(stderr as { isTTY?: boolean }).isTTY) return undefined;
  const mebibytes = (bytes: number) => statisticText(bytes / 1024 / 1024, 1);
  const inBytes = size !== undefined;
  const bar = new SingleBar(
    {
      stream: stderr,
      format: inBytes
        ? `${name} {bar} {percentage} % · {value}/{total} MiB · {eta_formatted}`
        : `${name} · {value} rows`,
      formatValue: (value, _options, type) =>
        inBytes && (type === 'value' || type === 'total') ? mebibytes(value) : String(value),
      clearOnComplete: false,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(size ?? 0, 0);
  return bar;
}
