/** A chart of a document drawn on the server: the same SVG in the PDF, as a picture in Word and Excel, and on the page. */
import type { TopLevelSpec } from 'vega-lite';
import { FONT, REGULAR } from './chart-font.ts';

export async function chartSvg(spec: TopLevelSpec): Promise<string> {
  const [{ parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

export interface Picture {
  png: Buffer;
  /** CSS pixels. */
  width: number;
  height: number;
}

/** Twice as many pixels as CSS pixels, for print. */
export async function chartPicture(spec: TopLevelSpec): Promise<Picture> {
  const svg = await chartSvg(spec);
  const { Resvg } = await import('@resvg/resvg-js');
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { fontFiles: [REGULAR], loadSystemFonts: false, defaultFontFamily: FONT },
  }).render();
  return { png: drawn.asPng(), width: drawn.width / 2, height: drawn.height / 2 };
}
