import { locale as createLocale, type LocaleFormatters, parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile } from 'vega-lite';
import type { Locale } from '../i18n/locale.ts';
import type { BuiltChart } from './built-chart.ts';
import { chartConfig } from './chart-config.ts';
import { vegaLocale } from './vega-locale.ts';

// Exported by vega, missing in its types.
declare module 'vega' {
  export function locale(number: object, time: object): LocaleFormatters;
}

/**
 * A vega view of a built chart. Expressions are interpreted from their syntax tree, never compiled with `Function`,
 * so that a content security policy without `unsafe-eval` holds.
 * Without `container` the view is headless (`toSVG()`), in the browser it draws SVG into the element.
 */
export function createView(chart: BuiltChart, locale: Locale, container?: HTMLElement): View {
  const { spec } = compile(chart.spec, {
    // Text is measured on a canvas, which does not know CSS variables.
    config: { ...chartConfig, font: container ? getComputedStyle(container).fontFamily : 'sans-serif' },
  });
  const { number, time } = vegaLocale(locale);
  const view = new View(parse(spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: container ? 'svg' : 'none',
    locale: createLocale(number, time),
    ...(container ? { container, hover: false } : {}),
  });
  view.data('points', chart.points);
  return view;
}
