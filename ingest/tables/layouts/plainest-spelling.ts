import type { Spelling } from './layout.ts';

/** A header that means the column, for people to read. */
export function plainestSpelling({ literals, containing, patterns }: Spelling): string | undefined {
  return [...literals][0] ?? containing[0]?.text ?? (patterns[0] && plainest(patterns[0].source));
}

/** Of alternatives the first, nothing of what may be left out. @param source of a pattern of a whole header */
function plainest(source: string): string {
  let text = source.replace(/^\^\(\?:(.*)\)\$$/u, '$1');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/\([^()]*\)\?/u, '').replace(/\((?:\?:)?([^()|]*)(?:\|[^()]*)?\)(?!\?)/u, '$1');
  }
  return text
    .replace(/\|.*$/u, '')
    .replace(/\[([^\]])[^\]]*\]/gu, '$1')
    .replace(/\.\*|.\?/gu, '');
}
